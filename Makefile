# Works with GNU make 3.81 and newer (the one of macOS included) and any POSIX shell.
PYTHON ?= python3
PORT ?= 8000
DEVICE ?= cpu

FOUND = command -v "$(PYTHON)" >/dev/null 2>&1 || \
	{ echo "error: there is no \`$(PYTHON)\` here: install Python 3.11 or newer, or name one with PYTHON=" >&2; exit 1; }
SETUP = @$(FOUND); "$(PYTHON)" -m tools.bootstrap
RUN = MATPLOTLIBRC="$(CURDIR)/sitebuild/matplotlibrc" PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve site test draft verify bench nightly lint constraints setup clean

help: ## list these targets
	@echo "make TARGET, where TARGET is one of"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile
	@echo "Settings: PYTHON=python3.12  PORT=8001  TORCH_INDEX=address of a package index for torch  TORCH_VERSION=newest"

serve: ## set up, run every snippet, build, stamp and gate the site, serve it on PORT (8000)
	$(SETUP) --check
	@"$(PYTHON)" -m sitebuild.serve --check --port "$(PORT)"
	@SITE_URL="$${SITE_URL:-http://127.0.0.1:$(PORT)/}" $(MAKE) --no-print-directory site
	@$(RUN) -m sitebuild.serve --port "$(PORT)"

site: ## the same without serving: the site is in site/
	$(SETUP) --with front-end
	$(RUN) -m doccheck extract -o build/bundle.json
	$(RUN) -m doccheck run build/bundle.json --device cpu --shown build -o build/receipts/cpu.json
	$(RUN) -m doccheck run build/bundle.json --device sim -o build/receipts/sim.json
	$(RUN) -m sitebuild build

test: ## every check: format, lint, types, unit and oracle tests, snippets, site, links, browser
	$(SETUP) --with front-end
	@$(RUN) -m tools.check all

lint: ## format, lint and types only
	$(SETUP)
	@$(RUN) -m tools.check lint

draft: ## serve the pages while you write, rebuilt on save, marked as unverified
	$(SETUP) --check
	@"$(PYTHON)" -m sitebuild.serve --check --port "$(PORT)"
	$(SETUP) --with front-end
	@PORT="$(PORT)" $(RUN) -m sitebuild draft

verify: ## run every snippet on DEVICE (cpu, sim, cuda) and write its receipt
	$(SETUP)
	@$(RUN) -m tools.verify --device "$(DEVICE)"

bench: ## measure beside other libraries; pages of the site show the results
	$(SETUP)
	$(RUN) -m benchmarks
	$(RUN) -m benchmarks.gate

nightly: ## large fuzz volumes, the mutation score, long studies (hours)
	$(SETUP) --with front-end
	$(RUN) -m tools.check nightly

constraints: ## renew constraints.txt: the newest versions that pyproject.toml admits
	@$(FOUND); "$(PYTHON)" -m tools.renew_constraints

setup: ## only set up: .venv and the front-end parts
	$(SETUP) --with front-end

clean: ## remove what was built; .venv and node_modules stay
	rm -rf build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
