"""pytest plugin: one test item for each snippet and device.

`pytest --device cpu --device sim` runs the project's tests and every snippet of its pages, docstrings, notebooks and
README on both devices. `--receipts DIR` writes a receipt for each device. Snippets run in processes that have never
computed (see `doccheck.run.worker`), so it doesn't matter what the tests beside them did.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from doccheck.bundle import Bundle, make_bundle
from doccheck.errors import DoccheckError, Problem
from doccheck.extract import extract
from doccheck.receipt.receipt import make_receipt
from doccheck.run import outcome
from doccheck.run.bundle import Result, unit_of
from doccheck.run.devices import NAMES, Device, environment
from doccheck.run.execute import Unit
from doccheck.run.isolation import KINDS, Runner, default_isolation
from doccheck.run.outcome import Outcome
from doccheck.run.shown import write_shown
from doccheck.settings import Settings
from doccheck.snippet import Snippet

_PROPERTY = "doccheck"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    group = parser.getgroup("doccheck", "snippets of the documentation")
    group.addoption(
        "--device", action="append", default=[], choices=NAMES, help="run every snippet on this device"
    )
    group.addoption(
        "--isolation", choices=KINDS, default=default_isolation(), help="how snippets are kept apart"
    )
    group.addoption(
        "--receipts", type=Path, metavar="DIR", help="write receipts and the bundle into this folder"
    )
    group.addoption("--shown", type=Path, metavar="DIR", help="write what snippets showed into this folder")


def pytest_configure(config: pytest.Config) -> None:
    """Look for snippets where the project keeps them, unless the command line names files."""
    if not config.getoption("--device"):
        return
    session = _Session(config)
    config.pluginmanager.register(session, "doccheck-session")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        settings = session.settings
        config.args += [settings.docs, *settings.packages, *settings.readme]


class _Session:
    """The snippets of the project, the processes that run them, and what came of it."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.settings = Settings.read(config.rootpath)
        found = extract(self.settings)
        self.problems: list[Problem] = found.problems
        self.bundle: Bundle = make_bundle(found.snippets, found.inert, self.settings)
        self.results: dict[str, list[Result]] = {}
        self._runners: dict[str, Runner] = {}
        self._cells: dict[tuple[str, str], list[Outcome]] = {}

    @pytest.hookimpl
    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Collect a source file that holds snippets or problems."""
        if not file_path.is_relative_to(self.settings.root):
            return None
        file = file_path.relative_to(self.settings.root).as_posix()
        sources = {s.file for s in self.bundle.snippets} | {p.file for p in self.problems}
        if file in sources:
            return _SnippetFile.from_parent(parent, path=file_path, session_of=self, file=file)
        return None

    def run(self, snippet: Snippet, device: str) -> Outcome:
        """Run a snippet; the cells of a notebook run once, together."""
        if snippet.kind != "notebook":
            return self._run(unit_of([snippet], self.bundle), device)[0]
        cells = [s for s in self.bundle.snippets if s.kind == "notebook" and s.file == snippet.file]
        if (snippet.file, device) not in self._cells:
            self._cells[snippet.file, device] = self._run(unit_of(cells, self.bundle), device)
        return self._cells[snippet.file, device][cells.index(snippet)]

    def _run(self, unit: Unit, device: str) -> list[Outcome]:
        if device not in self._runners:
            runner = Runner(device, self.config.getoption("--isolation"))
            self._runners[device] = runner.__enter__()
        return self._runners[device].run(unit)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect outcomes, also those of xdist's workers."""
        for name, value in report.user_properties:
            if name == _PROPERTY and report.when == "call":
                assert isinstance(value, dict)
                pair = (self.bundle.snippets[value["index"]], Outcome(**value["outcome"]))
                self.results.setdefault(value["device"], []).append(pair)

    def pytest_sessionfinish(self) -> None:
        """End the processes and write the receipts."""
        for runner in self._runners.values():
            runner.__exit__(None, None, None)
        folder, shown = self.config.getoption("--receipts"), self.config.getoption("--shown")
        if hasattr(self.config, "workerinput"):
            return
        for device, results in self.results.items():
            results.sort(key=lambda result: self.bundle.snippets.index(result[0]))
            if folder:
                named = Device(device)
                named.prepare()
                receipt = make_receipt(results, self.bundle, device, named.hardware(), environment())
                receipt.write(folder / f"{device}.json")
        if folder and self.results:
            self.bundle.write(folder.parent / "bundle.json")
        if shown and "cpu" in self.results:
            write_shown(self.results["cpu"], shown)


class _SnippetFile(pytest.File):
    """A source file with snippets."""

    def __init__(self, *, session_of: _Session, file: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.session_of, self.file = session_of, file

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each snippet and device; a mistake in the file is an error of its collection."""
        mistakes = [str(problem) for problem in self.session_of.problems if problem.file == self.file]
        if mistakes:
            raise self.CollectError("\n".join(mistakes))
        for index, snippet in enumerate(self.session_of.bundle.snippets):
            if snippet.file == self.file:
                for device in self.config.getoption("--device"):
                    name = f"{snippet.name or f'line-{snippet.line}'}[{device}]"
                    yield _SnippetItem.from_parent(
                        self, name=name, index=index, snippet=snippet, device=device
                    )


class _SnippetItem(pytest.Item):
    """A snippet on a device."""

    parent: _SnippetFile

    def __init__(self, *, index: int, snippet: Snippet, device: str, **rest: Any) -> None:
        super().__init__(**rest)
        self.index, self.snippet, self.device = index, snippet, device

    def runtest(self) -> None:
        """Run it; an excuse is a skip that shows its reason."""
        found = self.parent.session_of.run(self.snippet, self.device)
        about = {"index": self.index, "device": self.device, "outcome": found.to_json()}
        self.user_properties.append((_PROPERTY, about))
        if found.outcome == outcome.FAILED:
            raise _SnippetFailed(found.detail)
        if found.outcome != outcome.PASSED:
            pytest.skip(found.detail)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what the snippet did, not how the runner works."""
        if isinstance(excinfo.value, _SnippetFailed | DoccheckError):
            return f"{self.snippet.where} on {self.device}:\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the snippet stands."""
        return self.path, self.snippet.line - 1, f"{self.snippet.where} on {self.device}"


class _SnippetFailed(Exception):
    """A snippet failed; the text says how."""
