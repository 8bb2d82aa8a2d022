"""Pooling: against torch, by hand, to second order, where numbers are extreme, and the words of its errors."""

import numpy as np
import pytest
import torch
from agreement import Comparison, second_gradients
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES, for_each_axes, poolings

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_pooling_agrees_with_torch(kind, agreement, precision):
    name = f"{kind}_pool{{}}d"
    with for_each_axes(
        agreement, f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision
    ) as all_axes:

        @given(seed=seeds, axes=st.sampled_from(AXES), data=st.data())
        def drawn(seed, axes, data):
            found = data.draw(poolings(axes, dilated=kind == "max"))
            settings = found["settings"]
            if kind == "avg" and axes > 1:
                settings = settings | {"divisor_override": data.draw(st.sampled_from([None, None, None, 3]))}

            def run(library, x):
                return getattr(library.F, name.format(axes))(x, **settings)

            all_axes[axes](run, values(seed, found["shape"]), sums=True)

        drawn()


@pytest.mark.parametrize("kind", ["max", "avg"])
def test_adaptive_pooling_agrees_with_torch(kind, agreement, precision):
    name = f"adaptive_{kind}_pool{{}}d"
    with for_each_axes(
        agreement, f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision
    ) as all_axes:

        @given(
            seed=seeds,
            axes=st.sampled_from(AXES),
            samples=st.sampled_from([(), (1,), (2,)]),
            channels=st.integers(1, 3),
            data=st.data(),
        )
        def drawn(seed, axes, samples, channels, data):
            size = data.draw(st.tuples(*[st.integers(1, 7 - axes)] * axes))
            numbers = st.integers(1, 6 - axes)
            wanted = data.draw(numbers if axes == 1 else numbers | st.tuples(*[st.none() | numbers] * axes))

            def run(library, x):
                return getattr(library.F, name.format(axes))(x, wanted)

            all_axes[axes](run, values(seed, (*samples, channels, *size)), sums=True)

        drawn()


CASES = {
    "max_pool2d": {"kernel_size": (3, 2), "stride": 1, "padding": 1, "dilation": (1, 2)},
    "avg_pool2d": {"kernel_size": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False},
    "adaptive_max_pool2d": {"output_size": (2, 3)},
    "adaptive_avg_pool2d": {"output_size": (3, 1)},
}


@pytest.mark.parametrize("name", CASES)
def test_second_gradients_agree_with_torch(name):
    x = values(1, (2, 2, 5, 4)) + 0.01 * np.arange(80.0).reshape(2, 2, 5, 4)

    def run(library, tensor):
        return getattr(library.F, name)(tensor, **CASES[name]) ** 3

    with Comparison("float64", None) as compare:
        compare.arrays("gradient", lambda library, *xs: second_gradients(library, run, *xs), x)
    check_gradients(lambda tensor: getattr(F, name)(tensor, **CASES[name]) ** 2, x[:1, :1], order=2)


def test_the_gradient_goes_to_the_first_of_those_that_tie():
    x = Tensor(np.asarray([[2.0, 2.0, 2.0, 1.0, 2.0, 2.0]]), requires_grad=True)
    F.max_pool1d(x, 3).backward(np.asarray([[5.0, 7.0]]))
    assert x.grad.tolist() == [[5.0, 0.0, 0.0, 0.0, 7.0, 0.0]]


def test_the_padding_counts_unless_asked_not_to_and_what_lies_beyond_it_never():
    x = np.asarray([[6.0, 2.0, 4.0, 8.0]])
    assert F.avg_pool1d(x, 3, stride=3, padding=1).tolist() == [[8 / 3, 4.0]]
    assert F.avg_pool1d(x, 3, stride=3, padding=1, count_include_pad=False).tolist() == [[4.0, 6.0]]
    assert F.avg_pool1d(x, 3, ceil_mode=True).tolist() == [[4.0, 8.0]]


def test_windows_that_overlap_add_their_gradients():
    x = Tensor(np.asarray([[1.0, 9.0, 2.0, 3.0]]), requires_grad=True)
    F.max_pool1d(x, 2, stride=1).backward(np.asarray([[5.0, 7.0, 11.0]]))
    assert x.grad.tolist() == [[0.0, 12.0, 0.0, 11.0]]


INFINITY = float("inf")
EXTREME = [
    [float("nan"), 1.0, float("nan"), 2.0, INFINITY, -INFINITY],
    [-INFINITY] * 6,
    [INFINITY, INFINITY, 1e308, 1e308, 5e-324, -0.0],
]


@pytest.mark.parametrize("numbers", EXTREME)
@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("max_pool1d", {"kernel_size": 3, "padding": 1, "stride": 2}),
        ("avg_pool1d", {"kernel_size": 3, "padding": 1, "stride": 2}),
        ("adaptive_max_pool1d", {"output_size": 4}),
        ("adaptive_avg_pool1d", {"output_size": 4}),
    ],
)
def test_extreme_values_give_what_torch_gives(name, settings, numbers):
    x, theirs = (
        Tensor(np.asarray([numbers]), requires_grad=True),
        torch.tensor(np.asarray([numbers]), requires_grad=True),
    )
    with np.errstate(all="ignore"):
        found = getattr(F, name)(x, **settings)
    wanted = getattr(torch.nn.functional, name)(theirs, **settings)
    assert np.array_equal(found.data, wanted.detach().numpy(), equal_nan=True)
    direction = np.arange(2.0, 2.0 + found.data.size).reshape(found.shape)
    found.backward(direction)
    wanted.backward(torch.tensor(direction))
    assert np.allclose(x.grad, theirs.grad.numpy(), rtol=1e-15)


def test_a_window_larger_than_128_taps_finds_its_entry():
    x = np.arange(400.0).reshape(1, 1, 20, 20)
    leaf = Tensor(x, requires_grad=True)
    F.max_pool2d(leaf, 20).sum().backward()
    assert leaf.grad.sum() == leaf.grad[0, 0, 19, 19] == 1


def test_one_adaptive_window_is_global_pooling():
    x = values(1, (2, 3, 4, 5))
    assert np.allclose(F.adaptive_avg_pool2d(x, 1).data[..., 0, 0], x.mean((2, 3)), rtol=1e-14)
    assert np.array_equal(F.adaptive_max_pool2d(x, 1).data[..., 0, 0], x.max((2, 3)))


ERRORS = {
    "padding": (
        lambda: F.max_pool1d(np.ones((1, 5)), 3, padding=2),
        ValueError,
        r"`padding` \(=2\) must be at most half of kernel_size \(3\); pass at most 1",
    ),
    "kernel": (
        lambda: F.avg_pool2d(np.ones((1, 5, 2)), 3),
        ValueError,
        r"`kernel_size` \(=3\) with dilation 1 spans 3 inputs, but the padded input has only 2",
    ),
    "axes": (
        lambda: F.avg_pool2d(np.ones((5, 2)), 3),
        RuntimeError,
        r"Expected 3D \(unbatched\) or 4D \(batched\) input to avg_pool2d",
    ),
    "integers": (
        lambda: F.max_pool1d(np.ones((1, 5), np.int64), 2),
        TypeError,
        r"`input` \(='numpy int64 on cpu'\) must be floating-point; convert it first",
    ),
    "divisor": (
        lambda: F.avg_pool2d(np.ones((1, 5, 5)), 2, divisor_override=0),
        ValueError,
        r"`divisor_override` \(=0\) must be at least 1",
    ),
    "strings": (
        lambda: F.max_pool1d(np.ones((1, 5)), 3, stride=1, padding="same"),
        TypeError,
        r"`padding` \(='same'\) must be an int",
    ),
    "windows": (
        lambda: F.adaptive_avg_pool2d(np.ones((1, 5, 5)), (1, 2, 3)),
        ValueError,
        r"`output_size` \(=\(1, 2, 3\)\) must be one int or a tuple of 2, one for each axis",
    ),
}


@pytest.mark.parametrize(("call", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
