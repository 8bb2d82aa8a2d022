"""Costs beside torch's FlopCounterMode, over drawn arguments."""

import pytest
import torch
from drawing import agree_always
from torch.utils.flop_counter import FlopCounterMode

from reference_impl import shapes


def flops(layer, *inputs):
    """Count the operations of a layer, and refuse an empty output."""
    with FlopCounterMode(display=False) as counter:
        output = layer(*inputs)
    first = output[0] if isinstance(output, tuple) else output
    if not first.numel():
        raise RuntimeError("Output size is too small")
    return counter.get_total_flops()


def convolution(draw, transposed=""):
    groups = draw.keep("groups", draw.rng.choice([1, 2]))
    channels, filters = draw.keep(
        "channels", (groups * draw.rng.randint(1, 3), groups * draw.rng.randint(1, 3))
    )
    kernel, dilation = draw.given("kernel_size", 1, 3), draw.given("dilation", 1, 2)
    stride, padding = draw.given("stride", 1, 3), draw.given("padding", 0, 2)
    extra = {"output_padding": draw.given("output_padding", 0, 1)} if transposed else {}
    if not transposed and draw.rng.random() < 0.3:
        stride, padding = 1, draw.keep("padding", "same")
    numbers = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups} | extra
    ours = shapes.conv_transpose_cost if transposed else shapes.conv_cost
    layer = getattr(torch.nn, f"Conv{transposed}{draw.dimensions}d")
    return (
        lambda: ours(draw.size, kernel, in_channels=channels, out_channels=filters, unit="flop", **numbers),
        lambda: flops(layer(channels, filters, kernel, **numbers), draw.input(channels)),
    )


def transposed_convolution(draw):
    return convolution(draw, "Transpose")


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize("case", [convolution, transposed_convolution])
def test_the_cost_is_torchs_or_both_refuse(case):
    agree_always(case, seed=1, share=0.01)


@pytest.mark.parametrize(("length", "source", "width", "heads"), [(5, 3, 8, 2), (4, 4, 6, 1), (1, 7, 12, 3)])
def test_attention(length, source, width, heads):
    layer = torch.nn.MultiheadAttention(width, heads)
    inputs = torch.zeros(length, 2, width), torch.zeros(source, 2, width), torch.zeros(source, 2, width)
    assert 2 * shapes.attention_cost(length, width, source_length=source, unit="flop") == flops(
        layer, *inputs
    )


def test_dense_layers_and_units():
    counted = flops(torch.nn.Linear(6, 5), torch.zeros(2, 7, 6))
    assert shapes.linear_cost(6, 5, positions=14, unit="flop") == counted
    assert shapes.linear_cost(6, 5, positions=14) == counted // 2
    assert shapes.linear_cost(6, 5, unit="flop", count_bias=True) == 2 * 30 + 5
    assert shapes.conv_cost(4, 3, in_channels=2, out_channels=3, count_bias=True) == 3 * 2 * 2 * 3 + 3 * 2


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (
            lambda: shapes.linear_cost(3, 4, unit="flops"),
            "`unit` (='flops') is unknown; choose 'mac' or 'flop'",
        ),
        (lambda: shapes.linear_cost(3, 4, positions=0), "`positions` (=0) must be at least 1"),
        (
            lambda: shapes.conv_cost(9, 3, in_channels=3, out_channels=4, groups=2),
            "must be divisible by groups (2)",
        ),
        (lambda: shapes.attention_cost(0, 4), "`length` (=0) must be at least 1"),
    ],
)
def test_errors_name_argument_value_rule_and_fix(call, words):
    with pytest.raises(ValueError, match="; ") as caught:
        call()
    assert words in str(caught.value)


def test_derivations_of_costs():
    found = shapes.derive(shapes.conv_cost, (224, 224), 7, 2, 3, in_channels=3, out_channels=64, unit="flop")
    assert found.text.split("\n")[-2:] == ["64·3/1·112·112·7·7 = 118013952", "2·118013952 + 0 = 236027904"]
