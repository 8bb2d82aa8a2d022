"""Receptive fields beside the gradients that torch sends back through the same network."""

from math import prod

import pytest
import torch
from drawing import draws
from torch import nn

from reference_impl.shapes import Network, ready_network, receptive_field

LONG = 600


def drawn_layer(rng):
    """Draw the text of a layer, and the same layer of torch with weights of 1."""
    kernel, stride, dilation, padding = (
        rng.randint(least, most) for least, most in ((1, 4), (1, 2), (1, 2), (0, 2))
    )
    kind = rng.choice(["conv", "conv", "same", "pool", "transpose", "upsample", "relu"])
    if kind == "conv":
        text = f"conv 1 {kernel} stride={stride} dilation={dilation} padding={padding}"
        return text, nn.Conv1d(1, 1, kernel, stride, padding, dilation)
    if kind == "same":
        return f"conv 1 {kernel} dilation={dilation} padding=same", nn.Conv1d(
            1, 1, kernel, 1, "same", dilation
        )
    if kind == "pool":
        padding = min(padding, kernel // 2)
        return f"avg_pool {kernel} stride={stride} padding={padding}", nn.AvgPool1d(kernel, stride, padding)
    if kind == "transpose":
        kernel = max(kernel, stride)
        text = f"conv_transpose 1 {kernel} stride={stride} padding={padding}"
        return text, nn.ConvTranspose1d(1, 1, kernel, stride, padding)
    if kind == "upsample":
        return f"upsample scale_factor={stride}", nn.Upsample(scale_factor=stride)
    return "relu", nn.ReLU()


def seen_by(model, output, length=LONG):
    """Give the first and the last input with a gradient; all weights are 1, so none can cancel."""
    line = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    for parameter in model.parameters():
        nn.init.ones_(parameter)
    model.double()(line)[0, 0, output].backward()
    places = line.grad[0, 0].nonzero().flatten().tolist()
    return places[0], places[-1]


@pytest.mark.filterwarnings("ignore:Using padding='same'")
def test_chains_as_the_gradient_has_them():
    compared = 0
    for draw in draws(seed=1, share=0.01):
        layers = [drawn_layer(draw.rng) for _ in range(draw.rng.randint(1, 5))]
        field = receptive_field("; ".join(text for text, _ in layers))
        model = nn.Sequential(*(layer for _, layer in layers))
        period = prod(
            int(getattr(layer, "scale_factor", 0) or layer.stride[0])
            for layer in model
            if isinstance(layer, nn.ConvTranspose1d | nn.Upsample)
        )
        start = round(LONG / 4 / field.jump / period) * period
        spans = [seen_by(model, start + at) for at in range(period + 1)]
        assert max(last - first + 1 for first, last in spans) == field.size, layers
        assert spans[period][0] - spans[0][0] == period * field.jump, layers
        assert spans[0][0] == start * field.jump + field.offset, layers
        compared += 1
    assert compared >= 200


class Branches(nn.Module):
    """Two branches that are added."""

    def __init__(self, one, other):
        super().__init__()
        self.one, self.other = one, other

    def forward(self, x):
        """Add both, as far as the shorter one reaches."""
        one, other = self.one(x), self.other(x)
        return one[..., :50] + other[..., :50]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        (
            "a: conv 1 3 dilation=4 from=input; conv 1 5 from=input; add a",
            nn.Conv1d(1, 1, 3, dilation=4),
            nn.Conv1d(1, 1, 5),
        ),
        (
            "a: conv 1 3 padding=1; b: conv 1 7 from=input; add a",
            nn.Conv1d(1, 1, 3, padding=1),
            nn.Conv1d(1, 1, 7),
        ),
        (
            "a: conv 1 2 stride=2; b: max_pool 3 stride=2 padding=1 from=input; concat a",
            nn.Conv1d(1, 1, 2, 2),
            nn.AvgPool1d(3, 2, 1),
        ),
        ("conv 1 3; relu; add input", nn.Conv1d(1, 1, 3), nn.Identity()),
    ],
)
def test_branches_as_the_gradient_has_them(text, one, other):
    field = receptive_field(text)
    first, last = seen_by(Branches(one, other), 20, length=120)
    assert last - first + 1 == field.size
    assert first == 20 * field.jump + field.offset


def test_dimensions_dilation_and_known_networks():
    field = receptive_field("conv 1 3x5 stride=1x2 padding=1; max_pool 2", dimensions=2)
    assert (field.size, field.jump, field.offset) == ((4, 7), (2, 4), (-1, -1))
    alphago = Network((48, 19, 19), ready_network("alphago").layers[:-2])
    assert receptive_field(alphago, dimensions=2).size == (27, 27)
    resnet = Network((3, 224, 224), ready_network("resnet50").layers[:-3])
    assert receptive_field(resnet).size == 427
    assert receptive_field("upsample scale_factor=2; conv 1 3").jump == 0.5
    for count in (1, 2, 3):
        assert receptive_field("; ".join(["conv 1 3"] * count)).size == 2 * count + 1
    assert repr(receptive_field("conv 1 3")) == "ReceptiveField(size=3, jump=1, offset=0)"
    assert receptive_field([]).size == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("conv 1 3; flatten", "`layers` (='flatten2') (flatten) sees everything"),
        ("upsample scale_factor=1.5", "depends on the size; end before it"),
        ("adaptive_pool 1", "(adaptive_pool) sees everything"),
        ("conv_transpose 1 1 stride=2 padding=1", "leave output 0 without any input"),
        ("; ".join(["upsample scale_factor=10"] * 4), "outputs repeat only after more than 4096"),
        ("conv 1 3x3", "`kernel_size` (=(3, 3)) must be one int or a tuple of 1"),
    ],
)
def test_errors_name_argument_value_rule_and_fix(text, words):
    with pytest.raises(ValueError, match="; ") as caught:
        receptive_field(text)
    assert words in str(caught.value)
