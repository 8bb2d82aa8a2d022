"""What may import what in reference_impl, and how little an import of it loads."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "reference_impl"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAY_IMPORT = {
    "_checks": set(),
    "shapes": set(),
    "_array": set(),
    "autograd": {"_checks", "_array"},
    "functional": {"_checks", "_array", "shapes", "autograd"},
    "init": {"_checks", "_array", "autograd"},
    "layers": {"_checks", "_array", "shapes", "autograd", "functional", "init"},
    "optim": {"_checks", "_array"},
    "landscape": {"_checks", "_array", "autograd"},
    "shift": {"_checks", "_array"},
}
ALLOWED = {"_array.py": {"array_api_compat", "array_api_extra"}, "landscape/drawing.py": {"matplotlib"}}
"""A picture is drawn by matplotlib, which is imported in the one function that draws, when it is called."""
HEAVY = ["torch", "scipy", "sklearn", "matplotlib", "array_api_strict", "jax"]


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def loaded_by(statement: str) -> list[str]:
    """List the modules that are loaded in a new interpreter after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_one_way(path):
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    inside = {name.split(".")[1] for name in imported(path) if name.startswith("reference_impl.")}
    if part != "__init__":
        assert part in MAY_IMPORT, f"reference_impl/{part} is new: say in MAY_IMPORT what it may import"
        assert inside - {part} <= MAY_IMPORT[part]
    else:
        assert list(imported(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_one_file_knows_array_libraries(path):
    libraries = {name.split(".")[0] for name in imported(path)} & {
        "array_api_compat",
        "array_api_extra",
        *HEAVY,
    }
    assert libraries <= ALLOWED.get(path.relative_to(PACKAGE).as_posix(), set())


def test_the_engine_names_no_operation():
    from reference_impl import functional
    from reference_impl.autograd import primitives

    tree = ast.parse((PACKAGE / "autograd" / "engine.py").read_text("utf-8"))
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    named |= {
        ast.unparse(node).removeprefix("xp.") for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    assert {"propagate", "tensor.edges"} <= named
    assert named & {*primitives.__all__, *functional.__all__} == set()


def test_the_package_itself_loads_nothing():
    loaded = set(loaded_by("import reference_impl")) - set(loaded_by(""))
    assert loaded == {"reference_impl"}


@pytest.mark.parametrize("part", ["shapes", "autograd", "functional", "init", "layers", "optim", "landscape"])
def test_no_part_loads_anything_heavy(part):
    loaded = loaded_by(f"import reference_impl.{part}")
    assert f"reference_impl.{part}" in loaded
    assert set(loaded) & set(HEAVY) == set()


def test_optim_loads_no_autograd():
    assert not [name for name in loaded_by("import reference_impl.optim") if "autograd" in name]


def test_shapes_load_only_the_standard_library():
    loaded = set(loaded_by("from reference_impl.shapes import *")) - set(loaded_by(""))
    assert {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names) == {"reference_impl"}
    assert "reference_impl.shapes.network.to_torch" in loaded


def test_an_import_of_shapes_loads_next_to_nothing():
    """Modules are what an import costs; a clock on a busy machine could not say so."""
    loaded = set(loaded_by("import reference_impl.shapes")) - set(loaded_by(""))
    assert loaded == {"reference_impl", "reference_impl.shapes", "reference_impl.shapes.annotations"}


def test_shapecalc_loads_its_arguments_and_what_the_command_needs():
    line = ["conv", "3x9x9", "--out", "4", "--kernel", "3"]
    loaded = set(loaded_by(f"from reference_impl.shapes.cli import main; main({line})"))
    beyond = loaded - set(loaded_by("import argparse"))
    assert {name for name in beyond if name.startswith("reference_impl.shapes.")} <= {
        f"reference_impl.shapes.{name}"
        for name in (
            *("annotations", "arguments", "convolution", "costs", "derivation", "parameters", "terms"),
            *("cli", "cli.answers", "cli.layers", "cli.networks", "cli.parser", "cli.words"),
        )
    }
    assert not {name for name in beyond if "." not in name} & {
        "json",
        "typing",
        "dataclasses",
        "enum",
        "inspect",
    }


def test_every_name_of_shapes_is_where_it_is_said_to_be():
    from reference_impl import shapes

    names = [name for home in shapes.HOMES.values() for name in home.split()]
    assert sorted(names) == sorted(shapes.__all__) == sorted(dir(shapes))
    for home, named in shapes.HOMES.items():
        for name in named.split():
            assert getattr(shapes, name).__module__ == f"reference_impl.shapes.{home}"
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = shapes.nothing
