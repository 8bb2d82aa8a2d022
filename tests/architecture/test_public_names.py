"""Every public name is documented in full, and compared with an oracle."""

import importlib
import inspect
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ["shapes", "autograd", "functional", "init", "layers", "optim", "landscape", "shift"]
PUBLIC = {
    f"reference_impl.{part}.{name}": getattr(importlib.import_module(f"reference_impl.{part}"), name)
    for part in PARTS
    for name in importlib.import_module(f"reference_impl.{part}").__all__
}
MEASURED = json.loads((ROOT / "receipts" / "measured" / "agreement.json").read_text("utf-8"))
ORDER = ["Args", "Returns", "Attributes", "Raises", "Shape", "Examples", "Source"]
WITH_SHAPE = re.compile(r"reference_impl\.(functional\.|layers\.(?!Module)|optim\.\w+_update|landscape\.)")
WITHOUT_FORMULA = {
    f"reference_impl.{name}" for name in ("autograd.no_grad", "layers.Sequential", "shift.clone")
}
COLUMN = 73
"""The characters that a line of code has on a reference page, with room to spare; a longer one scrolls sideways."""
DRAWN = {"reference_impl.landscape.draw_paths"}
WITHOUT_FLOATS = {
    f"reference_impl.shift.{name}"
    for name in ("ADWIN", "CrossValidation", "DDM", "PageHinkley", "ShiftWarning", "WeightReport", "clone")
}
"""Detectors answer with whole numbers, which their tests ask to be those of a literal implementation."""
COMPARED = [
    name
    for name in PUBLIC
    if not name.startswith("reference_impl.shapes.") and name not in DRAWN | WITHOUT_FLOATS
]
"""What computes with floats. Shapes are whole numbers: their oracle tests ask for equality, and keep no difference."""
VERDICT_ONLY = {"reference_impl.autograd.check_gradients"}
PYTHON_FLOATS = re.compile(r"reference_impl\.optim\.\w+_(schedule|warmup)")
"""What computes with Python's floats, which have one precision."""

each_name = pytest.mark.parametrize(("name", "value"), PUBLIC.items(), ids=PUBLIC)


def sections(value: object) -> dict[str, str]:
    """Split a docstring into its sections, in their order; what comes first is called Summary."""
    parts = re.split(r"^(\w+):\n(?=    )", inspect.getdoc(value) or "", flags=re.M)
    return {"Summary": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


@each_name
def test_no_module_is_named_like_it(name, value):
    """The reference would show the module in its place, with all its functions a second time."""
    place = ROOT / name.replace(".", "/")
    assert not place.with_suffix(".py").exists() and not place.is_dir()


@each_name
def test_docstrings_are_complete(name, value):
    found = sections(value)
    assert found["Summary"].strip()
    parameters = [
        ("*" * (parameter.kind == parameter.VAR_POSITIONAL)) + parameter.name
        for parameter in inspect.signature(value).parameters.values()
    ]
    documented = re.findall(r"^    ([*\w]+): ", found.get("Args", ""), flags=re.M)
    assert documented == parameters
    if inspect.isfunction(value) and inspect.signature(value).return_annotation is not None:
        assert "Returns" in found
    if WITH_SHAPE.match(name):
        assert "Shape" in found
    if name not in WITHOUT_FORMULA:
        assert "$" in "".join(found.values())
    titles = [title for title in found if title != "Summary"]
    assert titles == sorted(titles, key=ORDER.index)


@each_name
def test_examples_compute_with_torch_and_show_a_result(name, value):
    blocks = [block for block in sections(value)["Examples"].split("\n\n") if ">>>" in block]
    assert blocks
    for block in blocks:
        assert ">>> import torch" in block, (
            "inputs are made with torch, so that the example runs on every device"
        )
        assert re.search(r"^    (?!>>>|\.\.\.)\S", block, flags=re.M), "an example compares what it prints"


@pytest.mark.parametrize("name", [name for name in PUBLIC if name.startswith("reference_impl.shift.")])
def test_examples_fit_the_column(name):
    blocks = [block for block in sections(PUBLIC[name])["Examples"].split("\n\n") if ">>>" in block]
    lines = [line.removeprefix("    ") for block in blocks for line in block.splitlines()]
    assert [line for line in lines if len(line) > COLUMN] == []


@each_name
def test_methods_are_documented(name, value):
    if not inspect.isclass(value):
        return
    for method, function in inspect.getmembers(value):
        if not method.startswith("_") and (inspect.isfunction(function) or isinstance(function, property)):
            assert inspect.getdoc(function), f"{name}.{method} has no docstring"


@pytest.mark.parametrize("name", COMPARED)
def test_every_public_name_agrees_with_an_oracle(name):
    entry = MEASURED[name]
    assert entry["oracle"]
    assert set(entry["made"]) == {"date", "python", "torch", "numpy"}
    one = name in VERDICT_ONLY or PYTHON_FLOATS.match(name)
    for precision in ("float64",) if one else ("float64", "float32"):
        assert entry[precision]["configurations"] >= 100
        assert set(entry[precision]) - {"configurations"}


def test_nothing_is_measured_that_is_gone():
    assert set(MEASURED) == set(COMPARED)
