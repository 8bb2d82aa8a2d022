"""The inverse is complete: everything that torch maps to a size is found, in the documented order, and nothing else."""

import itertools

import pytest
import torch
import torch.nn.functional as F
from drawing import draws

from reference_impl.shapes import conv_output_size, inputs_for, solve_conv, solve_conv_transpose, solve_pool

LIMITS = {"kernel_size": 4, "stride": 3, "padding": 2, "dilation": 2}


def brute_force(layer, size, grid):
    """Run a layer of torch over a grid, and list for each size the arguments that give it, in the grid's order."""
    found = {}
    for cell in itertools.product(*grid.values()):
        arguments = dict(zip(grid, cell, strict=True))
        try:
            result = layer(size, **arguments).shape[2]
        except (RuntimeError, ValueError):
            continue
        found.setdefault(result, []).append(arguments)
    return found


def check(solve, layer, grid, limits):
    for size in (1, 4, 7, 10):
        found = brute_force(layer, size, grid)
        for wanted in (1, 3, 4, 7, 12, 40):
            solution = solve(size, wanted, limits=limits)
            assert solution.options == found.get(wanted, [])
            if wanted in found:
                assert solution.nearest == []
            else:
                least = min(abs(wanted - reached) for reached in found)
                assert solution.nearest == sorted(r for r in found if abs(wanted - r) == least)


def test_convolutions():
    def layer(size, kernel_size, **arguments):
        return F.conv1d(torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size), **arguments)

    grid = {"dilation": (1, 2), "kernel_size": (1, 2, 3, 4), "stride": (1, 2, 3), "padding": (0, 1, 2)}
    check(solve_conv, layer, grid, LIMITS)


def test_transposed_convolutions():
    def layer(size, kernel_size, **arguments):
        result = F.conv_transpose1d(torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size), **arguments)
        if not result.numel():
            raise RuntimeError("Output size is too small")
        return result

    grid = {
        "dilation": (1, 2),
        "output_padding": (0, 1),
        "kernel_size": (1, 2, 3),
        "stride": (1, 2, 3),
        "padding": (0, 1, 2),
    }
    check(solve_conv_transpose, layer, grid, LIMITS | {"kernel_size": 3, "output_padding": 1})


def test_poolings():
    def layer(size, **arguments):
        return F.max_pool1d(torch.zeros(1, 1, size), **arguments)

    grid = {
        "dilation": (1, 2),
        "ceil_mode": (False, True),
        "kernel_size": (1, 2, 3, 4),
        "stride": (1, 2, 3),
        "padding": (0, 1, 2),
    }
    check(solve_pool, layer, grid, LIMITS)


def test_what_is_given_is_kept():
    for fixed in (
        {"kernel_size": 4},
        {"stride": 2, "padding": 1},
        {"padding": "same"},
        {"dilation": 2, "padding": ((1, 2),)},
    ):
        free, given = solve_conv(8, 4), solve_conv(8, 4, **fixed)
        assert all(option | fixed == option for option in given.options)
        if not isinstance(fixed.get("padding"), (str, tuple)):
            assert given.options == [option for option in free.options if option | fixed == option]
        assert {name: given.searched[name] for name in fixed} == fixed
    assert solve_conv(8, 4).searched == {
        "kernel_size": (1, 7),
        "stride": (1, 4),
        "padding": (0, 3),
        "dilation": (1, 2),
    }
    assert solve_pool(8, 4, ceil_mode=True).searched["ceil_mode"] is True


def test_several_dimensions_share_what_is_searched():
    found = solve_conv((32, 64), (16, 16), stride=(2, 4))
    assert {"kernel_size": 4, "stride": (2, 4), "padding": 1, "dilation": 1} in found.options
    assert all(conv_output_size((32, 64), **option) == (16, 16) for option in found.options)
    assert solve_conv((32, 32), [16, 16]).options == solve_conv(32, 16).options
    alone = {"kernel_size": 1, "padding": 0, "dilation": 1}
    assert solve_conv((8, 8), (8, 3), **alone).nearest == [(3, 3), (4, 4), (8, 8)]


def test_inputs_for_are_all_inputs_and_lead_back():
    for draw in draws(seed=1, share=0.01):
        kernel, stride, padding, dilation = (draw.rng.randint(least, 3) for least in (1, 1, 0, 1))
        maps = {}
        for size in range(1, 30):
            try:
                maps.setdefault(conv_output_size(size, kernel, stride, padding, dilation), []).append(size)
            except ValueError:
                continue
        for wanted in range(1, 5):
            found = inputs_for(wanted, kernel, stride, padding, dilation)
            assert [size for size, _ in found] == maps.get(wanted, [])
            for size, extra in found:
                back = F.conv_transpose1d(
                    torch.zeros(1, 1, wanted),
                    torch.zeros(1, 1, kernel),
                    None,
                    stride,
                    padding,
                    extra,
                    1,
                    dilation,
                )
                assert back.shape[2] == size


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda: solve_conv(8, (4, 4)),
            ValueError,
            "`output_size` (=(4, 4)) must have the form of input_size (8)",
        ),
        (lambda: solve_conv(8, 4, kernel_size=0), ValueError, "`kernel_size` (=0) must be at least 1"),
        (lambda: solve_conv(8, 4, padding="all"), ValueError, "`padding` (='all') is unknown"),
        (
            lambda: solve_conv(8, 4, limits={"kernel": 9}),
            ValueError,
            "`limits` (='kernel') names no argument",
        ),
        (lambda: solve_conv(8, 4, limits=9), TypeError, "`limits` (=9) must be a dict"),
        (lambda: solve_conv(8, 4, limits={"kernel_size": 10**6}), ValueError, "more than 200000 cells"),
        (lambda: solve_conv_transpose(8, 4, padding="same"), ValueError, "has no meaning"),
        (
            lambda: solve_conv_transpose(8, 4, output_padding=-1),
            ValueError,
            "`output_padding` (=-1) must be at least 0",
        ),
        (lambda: inputs_for(4, 3, 10**6), ValueError, "more than 100000 inputs"),
        (lambda: inputs_for(4.0, 3), TypeError, "`output_size` (=4.0) must be an int"),
    ],
)
def test_errors_name_argument_value_rule_and_fix(call, error, words):
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)
