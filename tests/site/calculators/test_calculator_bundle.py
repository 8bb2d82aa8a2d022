"""What a calculator loads: the package's own files, byte for byte, and little of them."""

import ast
import gzip
import json

import pytest

from sitebuild import assets
from sitebuild.calculators.bundle import LEFT_OUT, ROOT, bundle, sources

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


def test_the_whole_package_is_there_but_for_the_command_line() -> None:
    """A new file of the package is shipped without being listed."""
    package = {path.relative_to(ROOT).as_posix() for path in (ROOT / "reference_impl/shapes").rglob("*.py")}
    missing = {path.rpartition("/")[2] for path in package - set(sources())}
    assert missing == set(LEFT_OUT)


@pytest.mark.parametrize("path", sorted(sources()))
def test_imports_are_shipped_or_known_to_micropython(path: str) -> None:
    """Nothing is imported that the page does not have: the names of modules lead to shipped files."""
    shipped = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in sources()}
    for node in ast.walk(ast.parse(sources()[path])):
        if isinstance(node, ast.Import):
            assert {name.name for name in node.names} <= KNOWN_TO_MICROPYTHON
        if isinstance(node, ast.ImportFrom) and node.module not in KNOWN_TO_MICROPYTHON | {"typing"}:
            names = {f"{node.module}.{name.name}" for name in node.names}
            assert node.module in shipped and (node.module != PAGE or names <= shipped), node.module


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
