"""Code that the page copies: executed against torch for drawn arguments, it asserts the page's own answer."""

from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.shapes.network.ready import READY
from sitebuild.calculators.fields import first_values
from sitebuild.calculators.in_page.answer import answered

LAYERS = {
    "convolution": ("in_channels", "out_channels", "groups"),
    "transposed-convolution": ("in_channels", "out_channels", "groups"),
    "pooling": ("channels",),
}


def run(code: str) -> dict[str, Any]:
    """Execute code as pasted into an empty file, and leave torch's default device as it was."""
    namespace: dict[str, Any] = {}
    try:
        exec(compile(code, "copied", "exec"), namespace)
    finally:
        torch.set_default_device("cpu")
    return namespace


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Draw a layer of one to three dimensions and its fields, each as one number or one for each dimension."""
    name = draw(st.sampled_from(sorted(LAYERS)))
    count = draw(st.integers(1, 3))

    def numbers(least: int, most: int) -> str:
        many = count if draw(st.booleans()) else 1
        return "x".join(str(draw(st.integers(least, most))) for _ in range(many))

    def padding() -> str:
        if draw(st.booleans()):
            return numbers(0, 2)
        pairs = "x".join(f"{draw(st.integers(0, 2))},{draw(st.integers(0, 2))}" for _ in range(count))
        return draw(st.sampled_from([pairs, "valid", "same"]))

    groups = draw(st.integers(1, 3))
    given_values = {
        "size": "x".join(str(draw(st.integers(1, 12))) for _ in range(count)),
        "kernel_size": numbers(1, 5),
        "stride": draw(st.sampled_from(["", numbers(1, 4)])),
        "padding": padding(),
        "dilation": numbers(1, 3),
        "output_padding": numbers(0, 2),
        "channels": str(draw(st.integers(1, 3))),
        "in_channels": str(groups * draw(st.integers(1, 2))),
        "out_channels": str(groups * draw(st.integers(1, 2))),
        "groups": str(groups),
        "bias": draw(st.sampled_from(["yes", "no"])),
        "ceil_mode": draw(st.sampled_from(["yes", "no"])),
    }
    fields = first_values(name)
    return name, fields | {key: text for key, text in given_values.items() if key in fields}


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@given(requests())
def test_code_of_a_layer_proves_the_answer(request: tuple[str, dict[str, str]]) -> None:
    """The asserted shape is the answer's, torch agrees with it, and a wrong one would fail."""
    name, values = request
    found = answered(name, values)
    if "code" not in found:
        assert "error" in found or ("," in values["padding"] and values["ceil_mode"] == "yes")
        return
    shown = run(found["code"])["output"].shape
    assert found["status"].split(",")[0] == "Output " + "×".join(str(number) for number in shown[1:])
    wrong = found["code"].replace(f"== {tuple(shown)}", f"== {(*shown[:-1], shown[-1] + 1)}")
    with pytest.raises(AssertionError):
        run(wrong)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@given(requests())
def test_code_of_an_option_of_the_way_back(request: tuple[str, dict[str, str]]) -> None:
    """The simplest option leads to the size that was asked for, in torch."""
    name, values = request
    count = len(values["size"].split("x"))
    layer = {"convolution": "conv", "transposed-convolution": "conv-transpose", "pooling": "pool"}[name]
    fields = first_values("inverse") | {
        "layer": layer,
        "input_size": values["size"],
        "output_size": "x".join(["4"] * count),
        "kernel_size": values["kernel_size"],
        "limits": "stride=3 padding=2 dilation=1",
    }
    found = answered("inverse", fields)
    if "code" in found:
        assert tuple(run(found["code"])["output"].shape[2:]) == (4,) * count
    else:
        assert "Nothing leads there" in found["status"]


@pytest.mark.parametrize("size", ["100000x100000", "4096x4096"])
def test_large_layers_are_proved_by_sizes_alone(size: str) -> None:
    """No memory is taken for them."""
    code = answered("convolution", first_values("convolution") | {"size": size, "in_channels": "512"})["code"]
    assert run(code)["output"].device.type == "meta"


@pytest.mark.parametrize("name", sorted(READY))
def test_code_of_a_ready_network(name: str) -> None:
    """It asserts output shape and parameters."""
    code = answered("network", first_values("network") | {"network": name})["code"]
    assert code.count("\nassert ") == 2
    run(code)


def test_code_of_your_own_network() -> None:
    """Indices go into an embedding; a padding that torch's pooling lacks is refused with its words."""
    text = "input 7\nembedding 30 8\nattention 2\nlayer_norm\nlinear 5"
    run(answered("network", first_values("network") | {"text": text})["code"])
    refused = answered("network", first_values("network") | {"text": "input 3x9\nmax_pool 3 padding=1,0"})
    assert "is none that torch's pooling has" in refused["no_code"]
