"""Sizes that torch has no function for, counted one by one."""

import torch
import torch.nn.functional as F
from drawing import draws, spatial

from reference_impl import shapes


def windows_of_pooling(size, kernel, stride, pair, dilation, ceil):
    """Count whole windows, and with `ceil` one more if it starts before the right padding."""
    span, padded, count = dilation * (kernel - 1) + 1, size + sum(pair), 0
    while count * stride + span <= padded:
        count += 1
    left_over = padded > (count - 1) * stride + span if count else span < padded + stride
    return count + (ceil and left_over and count * stride < size + pair[0])


def test_pooling_with_pairs_has_as_many_windows_as_can_be_counted():
    refused = 0
    for draw in draws(seed=1, share=0.05):
        kernel, stride, dilation = (draw.rng.randint(1, most) for most in (4, 4, 2))
        pairs, ceil = draw.pairs(kernel // 2), draw.rng.random() < 0.5
        counts = tuple(
            windows_of_pooling(size, kernel, stride, pair, dilation, ceil)
            for size, pair in zip(draw.size, pairs, strict=True)
        )
        try:
            found = shapes.pool_output_size(draw.size, kernel, stride, pairs, dilation, ceil_mode=ceil)
            assert found == counts, (draw, kernel, stride, dilation, ceil)
        except ValueError:
            assert 0 in counts, (draw, kernel, stride, dilation, ceil)
            refused += 1
    assert refused > 20


def test_pooling_same_keeps_the_size():
    for draw in draws(seed=2, share=0.01):
        kernel, dilation = draw.given("kernel_size", 1, 6), draw.given("dilation", 1, 3)
        assert shapes.pool_output_size(draw.size, kernel, 1, "same", dilation) == draw.size


def test_adaptive_windows_are_what_each_output_depends_on():
    for draw in draws(seed=3, share=0.02):
        size, count = draw.rng.randint(1, 20), draw.rng.randint(1, 24)
        line = torch.zeros(1, size, requires_grad=True)
        outputs = F.adaptive_avg_pool1d(line, count)[0]
        windows = shapes.adaptive_pool_windows(size, count)
        assert len(windows) == count
        at = draw.rng.randrange(count)
        (gradient,) = torch.autograd.grad(outputs[at], line)
        seen = gradient[0].nonzero().flatten().tolist()
        assert list(range(*windows[at])) == seen


def test_unfolding_one_and_three_dimensions_counts_as_convolution_does():
    for draw in draws(seed=4, share=0.01):
        kernel, stride = draw.given("kernel_size", 1, 2), draw.given("stride", 1, 3)
        draw.size = tuple(size + 1 for size in draw.size)
        windows = draw.layer("conv")(draw.input(), draw.weight(), None, stride).numel()
        taps = draw.weight().numel()
        assert shapes.unfold_output_shape(5, draw.size, kernel, stride) == (5 * taps, windows)


def test_upsampling_to_a_size_gives_that_size():
    for draw in draws(seed=5, share=0.01):
        wanted = draw.given("output_size", 1, 9)
        theirs = F.interpolate(draw.input(), size=wanted)
        assert shapes.upsample_output_size(draw.size, output_size=wanted) == spatial(theirs)


def test_frames_are_those_of_unfold_and_of_stft():
    for draw in draws(seed=6, share=0.01):
        duration, window, hop = draw.rng.randint(30, 900), draw.rng.randint(2, 14), draw.rng.randint(1, 29)
        line = torch.zeros(duration)
        windows = line.unfold(0, 2 * window, hop)
        assert shapes.frame_count(duration, window_ms=2 * window, hop_ms=hop) == len(windows)
        centred = torch.stft(line, 2 * window, hop, window=torch.ones(2 * window), return_complex=True)
        assert shapes.frame_count(duration, hop_ms=hop, center=True) == centred.shape[1]
