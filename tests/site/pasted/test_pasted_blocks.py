"""Every Python block of the built site, pasted as copied, runs where only the site's wheel and torch are installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from environment import ROOT, packages_for, python_of_reader

from doccheck.bundle import Bundle
from doccheck.canonical import canonical, identity
from doccheck.gate.pages import read_page
from doccheck.snippet import Snippet

SITE = Path(os.environ.get("SITE_DIR", ROOT / "site"))
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def reader() -> Path:
    """The reader's interpreter."""
    return python_of_reader(next((SITE / "wheels").glob("*.whl")))


@pytest.fixture(scope="module")
def copied() -> list[tuple[Snippet, str]]:
    """Each Python block of the site with the text that its copy button gives."""
    bundle = Bundle.read(SITE / "verification" / "bundle.json")
    known = {s.identity: s for s in bundle.snippets if s.language != "console" and s.kind != "notebook"}
    found = {}
    for path in sorted(SITE.rglob("*.html")):
        for block in read_page(path.read_text("utf-8")).blocks:
            hashed = identity(block.text)
            if block.role == "snippet" and hashed in known:
                text = canonical(block.text) if block.copied is None else block.copied
                found[hashed] = (known[hashed], text)
    assert len(found) > 50
    return list(found.values())


def paste(python: Path, texts: list[str], packages: Path | None = None) -> list[str]:
    """Run texts as programs; the error of each, or nothing."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"} | (
        {"PYTHONPATH": str(packages)} if packages else {}
    )

    def run(part: list[str]) -> list[str]:
        done = subprocess.run(
            [str(python), str(HERE / "paste.py")],
            input=json.dumps(part),
            capture_output=True,
            text=True,
            env=environment,
            cwd=HERE,
        )
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    halves = [texts[0::2], texts[1::2]]
    with ThreadPoolExecutor(2) as pool:
        errors: list[str] = [""] * len(texts)
        errors[0::2], errors[1::2] = pool.map(run, halves)
    return errors


def test_the_environment_is_a_strangers(reader: Path) -> None:
    code = """
import importlib.util, reference_impl
print(reference_impl.__file__)
print([name for name in ("doccheck", "markdown", "pytest", "sklearn") if importlib.util.find_spec(name)])
"""
    done = subprocess.run([str(reader), "-c", code], capture_output=True, text=True, check=True, cwd="/")
    file, others = done.stdout.splitlines()
    assert Path(file).is_relative_to(reader.parents[1])
    assert others == "[]"


def test_blocks_that_need_nothing_else(reader: Path, copied: list[tuple[Snippet, str]]) -> None:
    blocks = [(s, text) for s, text in copied if not s.options.needs]
    errors = paste(reader, [text for _, text in blocks])
    assert {s.where: e for (s, _), e in zip(blocks, errors, strict=True) if e} == {}


def test_blocks_with_what_they_say_they_need(reader: Path, copied: list[tuple[Snippet, str]]) -> None:
    blocks = [(s, text) for s, text in copied if s.options.needs]
    packages = packages_for(reader, {need for s, _ in blocks for need in s.options.needs})
    errors = paste(reader, [text for _, text in blocks], packages)
    assert {s.where: e for (s, _), e in zip(blocks, errors, strict=True) if e} == {}


def test_the_code_of_a_whole_page_runs(reader: Path) -> None:
    files = sorted(SITE.rglob("*.py"))
    assert files
    packages = packages_for(reader, {"matplotlib", "scikit-learn"})
    errors = paste(reader, [path.read_text("utf-8") for path in files], packages)
    assert {str(path.relative_to(SITE)): e for path, e in zip(files, errors, strict=True) if e} == {}
