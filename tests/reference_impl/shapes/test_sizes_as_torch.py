"""Sizes and refusals of the calculators beside torch's, over drawn arguments."""

import pytest
import torch
import torch.nn.functional as F
from drawing import agree_always, draws, not_empty, spatial

from reference_impl import shapes


def convolution(draw):
    kernel, dilation = draw.given("kernel_size", 1, 4), draw.given("dilation", 1, 3)
    stride = draw.given("stride", 1, 3) if draw.rng.random() < 0.8 else 1
    padding = draw.given("padding", 0, 3)
    if draw.rng.random() < 0.3:
        padding = draw.keep("padding", draw.rng.choice(["same", "valid"]))
    return (
        lambda: shapes.conv_output_size(draw.size, kernel, stride, padding, dilation),
        lambda: spatial(draw.layer("conv")(draw.input(), draw.weight(), None, stride, padding, dilation)),
    )


def convolution_with_pairs(draw):
    kernel, dilation = draw.given("kernel_size", 1, 4), draw.given("dilation", 1, 3)
    stride, pairs = draw.given("stride", 1, 3), draw.pairs(3)
    image = draw.input(padding=pairs)
    return (
        lambda: shapes.conv_output_size(draw.size, kernel, stride, pairs, dilation),
        lambda: spatial(draw.layer("conv")(image, draw.weight(), None, stride, 0, dilation)),
    )


def transposed_convolution(draw):
    kernel, dilation = draw.given("kernel_size", 1, 4), draw.given("dilation", 1, 3)
    stride, padding = draw.given("stride", 1, 3), draw.given("padding", 0, 3)
    extra, layer = draw.given("extra", 0, 2), draw.layer("conv_transpose")
    numbers = draw.size, kernel, stride, padding, dilation
    return (
        lambda: shapes.conv_transpose_output_size(*numbers, output_padding=extra),
        lambda: not_empty(
            spatial(layer(draw.input(), draw.weight(), None, stride, padding, extra, 1, dilation))
        ),
    )


def transposed_convolution_with_pairs(draw):
    kernel, pairs = draw.given("kernel_size", 1, 4), draw.pairs(2)

    def cut():
        whole = draw.layer("conv_transpose")(draw.input(), draw.weight(), None, 2, 0, 1)
        pads = [-amount for pair in reversed(pairs) for amount in pair]
        return not_empty(spatial(F.pad(whole, pads)))

    return lambda: shapes.conv_transpose_output_size(draw.size, kernel, 2, pairs, output_padding=1), cut


def max_pooling(draw):
    kernel, dilation = draw.given("kernel_size", 1, 4), draw.given("dilation", 1, 3)
    stride = draw.given("stride", 1, 4) if draw.rng.random() < 0.8 else None
    padding, ceil = draw.given("padding", 0, 2), draw.keep("ceil_mode", draw.rng.random() < 0.5)
    numbers = kernel, stride, padding, dilation
    return (
        lambda: shapes.pool_output_size(draw.size, *numbers, ceil_mode=ceil),
        lambda: spatial(draw.layer("max_pool")(draw.input(), *numbers, ceil)),
    )


def average_pooling(draw):
    if draw.dimensions == 3:  # avg_pool3d alone refuses a kernel larger than the input without its padding
        draw.size = tuple(size + 3 for size in draw.size)
    kernel, padding = draw.given("kernel_size", 1, 4), draw.given("padding", 0, 2)
    stride = draw.given("stride", 1, 4) if draw.rng.random() < 0.8 else None
    ceil = draw.keep("ceil_mode", draw.rng.random() < 0.5)
    return (
        lambda: shapes.pool_output_size(draw.size, kernel, stride, padding, ceil_mode=ceil),
        lambda: spatial(draw.layer("avg_pool")(draw.input(), kernel, stride, padding, ceil)),
    )


def unpooling(draw):
    kernel, stride = draw.given("kernel_size", 1, 4), draw.given("stride", 1, 3)
    padding, wanted = draw.given("padding", 0, 2), draw.given("output_size", 1, 20)
    if draw.rng.random() < 0.5:
        wanted = draw.keep("output_size", None)
    asked = None if wanted is None else draw.each("output_size")
    values = draw.input()
    return (
        lambda: shapes.unpool_output_size(draw.size, kernel, stride, padding, output_size=wanted),
        lambda: spatial(draw.layer("max_unpool")(values, values.long(), kernel, stride, padding, asked)),
    )


def upsampling(draw):
    factor = draw.rng.choice([draw.rng.uniform(0.05, 3), draw.rng.randint(1, 4), 0.1, 1.1, 0.7])
    if draw.rng.random() < 0.5:
        factor = tuple(draw.rng.uniform(0.05, 3) for _ in draw.size)
    draw.keep("scale_factor", factor)
    return (
        lambda: shapes.upsample_output_size(draw.size, scale_factor=factor),
        lambda: spatial(F.interpolate(draw.input(), scale_factor=factor)),
    )


def unfolding(draw):
    draw.dimensions, draw.size = 2, (draw.rng.randint(1, 9), draw.rng.randint(1, 9))
    kernel, stride = draw.given("kernel_size", 1, 4), draw.given("stride", 1, 3)
    padding, dilation = draw.given("padding", 0, 2), draw.given("dilation", 1, 3)
    channels = draw.rng.randint(1, 3)
    return (
        lambda: shapes.unfold_output_shape(channels, draw.size, kernel, stride, padding, dilation),
        lambda: tuple(F.unfold(draw.input(channels), kernel, dilation, padding, stride).shape[1:]),
    )


def folding(draw):
    kernel, stride = draw.rng.randint(1, 2), draw.rng.randint(1, 2)
    padding, size = draw.rng.randint(0, 1), (draw.rng.randint(2, 5), draw.rng.randint(2, 5))
    rows, columns = F.unfold(torch.zeros(1, 2, *size), kernel, 1, padding, stride).shape[1:]
    shape = rows + draw.rng.choice([0, 0, 1]), columns + draw.rng.choice([0, 0, 1])
    draw.keep("arguments", (shape, size, kernel, stride, padding))
    return (
        lambda: shapes.fold_output_shape(*draw.arguments),
        lambda: tuple(F.fold(torch.zeros(1, *shape), size, kernel, 1, padding, stride).shape[1:]),
    )


CASES = [
    (convolution, 0.25),
    (convolution_with_pairs, 0.05),
    (transposed_convolution, 0.2),
    (transposed_convolution_with_pairs, 0.02),
    (max_pooling, 0.2),
    (average_pooling, 0.1),
    (unpooling, 0.04),
    (upsampling, 0.05),
    (unfolding, 0.05),
    (folding, 0.02),
]


@pytest.mark.filterwarnings("ignore:Using padding='same'")
@pytest.mark.parametrize(("case", "share"), CASES, ids=[case.__name__ for case, _ in CASES])
def test_the_size_is_torchs_or_both_refuse(case, share):
    agree_always(case, seed=1, share=share)


def test_large_sizes_agree_on_meta():
    for draw in draws(seed=2, share=0.02):
        size = draw.rng.choice([2**16 + 1, 44_100, 1_000_003])
        kernel, stride = draw.rng.randint(1, 400), draw.rng.randint(1, 300)
        padding, dilation = draw.rng.randint(0, 200), draw.rng.randint(1, 40)
        line, weight = torch.zeros(1, 1, size, device="meta"), torch.zeros(1, 1, kernel, device="meta")
        numbers = size, kernel, stride, padding, dilation
        theirs = F.conv1d(line, weight, None, stride, padding, dilation)
        assert shapes.conv_output_size(*numbers) == theirs.shape[2]
        extra = draw.rng.randint(0, max(stride, dilation) - 1)
        theirs = F.conv_transpose1d(line, weight, None, stride, padding, extra, 1, dilation)
        assert shapes.conv_transpose_output_size(*numbers, output_padding=extra) == theirs.shape[2]
