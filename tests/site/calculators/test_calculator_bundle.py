"""What a calculator loads: the package's own files, byte for byte, and little of them."""

import ast
import gzip
import json

import pytest

from sitebuild import assets
from sitebuild.calculators.bundle import ROOT, bundle, sources

SCRIPTS = ROOT / "sitebuild/theme/assets"
PAGE = "sitebuild.calculators.in_page"
KNOWN_TO_MICROPYTHON = {"json", "sys"}
MOST_BYTES = 300_000


def test_files_are_those_of_the_package_byte_for_byte() -> None:
    """The page runs what is tested; a changed letter shows."""
    shipped = json.loads(bundle())
    assert len(shipped) > 30
    for path, text in shipped.items():
        assert text.encode() == (ROOT / path).read_bytes(), path


def test_only_what_is_used_is_shipped() -> None:
    """Neither the front doors of the package, nor its command line, nor what needs a live torch."""
    package = {path for path in sources() if path.startswith("reference_impl/")}
    assert {"convolution.py", "inverse.py", "explanation.py"} <= {path.rpartition("/")[2] for path in package}
    unused = ("/__init__.py", "/__main__.py", "/cli.py", "/from_torch.py")
    assert [path for path in package if path.endswith(unused) or "/cli/" in path] == []


def test_imports_are_shipped_or_known_to_micropython() -> None:
    """Nothing is imported that the page does not have: the names of modules lead to shipped files."""
    files = sources()
    shipped = {path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in files}
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                assert {name.name for name in node.names} <= KNOWN_TO_MICROPYTHON, path
            if (
                isinstance(node, ast.ImportFrom) and node.module != "typing"
            ):  # which is for type checkers alone
                names = {f"{node.module}.{name.name}" for name in node.names}
                assert node.module in shipped and (node.module != PAGE or names <= shipped), path


def test_everything_together_stays_below_300_000_bytes_compressed() -> None:
    """MicroPython, the package and all scripts, compressed as a host does."""
    scripts = [*SCRIPTS.glob("javascripts/calculators/*.js"), SCRIPTS / "javascripts/calculators.js"]
    files = [*scripts, *assets.interpreter_files().values()]
    sizes = [len(gzip.compress(path.read_bytes(), 6)) for path in files]
    assert len(files) == 9
    assert sum(sizes) + len(gzip.compress(bundle().encode(), 6)) < MOST_BYTES


def test_missing_interpreter_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """Without the npm package the error names the remedy."""
    monkeypatch.setattr(assets, "MODULES", tmp_path)
    with pytest.raises(assets.MissingPartError, match=r"micropython.* is missing.*npm ci"):
        assets.interpreter_files()
