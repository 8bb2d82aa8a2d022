"""Primitives at zero, at huge, tiny and infinite values, at NaN and at ties: as torch has it."""

import math

import numpy as np
import pytest
import torch
from libraries import ORACLE, OURS

BEYOND_NUMBERS = [np.nan, np.inf, -np.inf]
EXTREMES = np.asarray(
    [*BEYOND_NUMBERS, 1e200, -1e200, 800.0, 0.0, -0.0, 1e-310, -1e-310, 1e-30, 1.0, -1.0, 0.5, 30.0]
)
ONE = {
    **{
        name: lambda xp, x, name=name: getattr(xp, name)(x)
        for name in [
            "exp",
            "expm1",
            "log",
            "log1p",
            "log2",
            "log10",
            "sqrt",
            "square",
            "sin",
            "cos",
            "tanh",
            "erf",
        ]
    },
    "abs": lambda xp, x: xp.abs(x[1:]),
    "sign": lambda xp, x: xp.sign(x[1:]) * x[1:],
    "clip": lambda xp, x: xp.clip(x, -1.0, 30.0),
    "pow of three": lambda xp, x: x**3,
    "pow of minus two": lambda xp, x: x**-2,
    "pow of one half": lambda xp, x: xp.abs(x[1:] + 0.0) ** 0.5,
    "reciprocal": lambda xp, x: 1.0 / x,
    "max": lambda xp, x: xp.max(x[1:]),
    "min": lambda xp, x: xp.min(x[1:]),
    "logsumexp": lambda xp, x: xp.logsumexp(x[3:], axis=0),
    "logsumexp with infinities": lambda xp, x: xp.logsumexp(x[1:], axis=0),
    "logsumexp of nothing": lambda xp, x: xp.logsumexp(x[2:3], axis=0),
    "logsumexp beside nothing": lambda xp, x: xp.logsumexp(x[2:], axis=0),
    "cumulative_sum": lambda xp, x: xp.cumulative_sum(x, axis=0),
    "sort": lambda xp, x: xp.sort(x),
    "sort from above": lambda xp, x: xp.sort(x, descending=True),
    "isfinite": lambda xp, x: xp.where(xp.isfinite(x), x, 2.0 * x),
    "isnan": lambda xp, x: xp.where(xp.isnan(x), 3.0, x),
}
TWO = {
    "maximum": lambda xp, x, y: xp.maximum(x, y),
    "minimum": lambda xp, x, y: xp.minimum(x, y),
    "logaddexp": lambda xp, x, y: xp.logaddexp(x, y),
    "multiply": lambda xp, x, y: x * y,
    "divide": lambda xp, x, y: x / y,
    "where": lambda xp, x, y: xp.where(x > y, x, y),
}


def as_torch(run, library, *inputs):
    """Compare values and first gradients, infinities and NaN included."""
    found = []
    for one in (library, ORACLE):
        tensors = [one.tensor(values, requires_grad=True) for values in inputs]
        with np.errstate(all="ignore"):
            result = run(one.xp, *tensors)
            result.backward(one.array(np.ones(tuple(result.shape))))
        found.append([one.values(result.detach()), *(one.values(tensor.grad) for tensor in tensors)])
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=0)


@pytest.mark.parametrize("run", ONE.values(), ids=ONE)
def test_functions_of_one_array(run, library):
    as_torch(run, library, EXTREMES)


@pytest.mark.parametrize("run", TWO.values(), ids=TWO)
def test_functions_of_two_arrays(run, library):
    x, y = np.meshgrid(EXTREMES, EXTREMES)
    as_torch(run, library, x, y)


@pytest.mark.parametrize("name", ["var", "std"])
@pytest.mark.parametrize("column", [[2.0, 2.0], [1e200, -1e200], [np.inf, 1.0], [np.nan, 1.0], [1e-200, 0.0]])
def test_spreads(name, column, library):
    as_torch(lambda xp, x: getattr(xp, name)(x, axis=0), library, np.asarray(column))


@pytest.mark.parametrize("name", ["var", "std"])
def test_a_sample_of_one_has_no_variance(name):
    with np.errstate(all="ignore"):
        result = getattr(OURS[0].xp, name)(OURS[0].tensor(np.asarray([3.0])), correction=1)
    with pytest.warns(UserWarning, match="degrees of freedom is <= 0"):
        theirs = getattr(torch, name)(torch.tensor([3.0]), correction=1)
    assert math.isnan(result.item()) and math.isnan(theirs.item())


def test_the_error_function_has_sixteen_digits(library):
    inputs = np.concatenate(
        [np.linspace(-7, 7, 2801), np.logspace(-300, 0, 301), [0.46875, np.nextafter(0.46875, 0)]]
    )
    found = library.values(library.xp.erf(library.tensor(inputs)))
    wanted = np.asarray([math.erf(number) for number in inputs])
    np.testing.assert_allclose(found, wanted, rtol=5e-16, atol=0)
    single = library.values(library.xp.erf(library.tensor(inputs.astype("float32"))))
    np.testing.assert_allclose(single[wanted > 1e-30], wanted[wanted > 1e-30], rtol=5e-7, atol=0)


def test_a_clipped_entry_on_the_bound_keeps_its_gradient():
    as_torch(lambda xp, x: xp.clip(x, -1.0, 2.0), OURS[0], np.asarray([-1.5, -1.0, 0.0, 2.0, 2.5]))


def test_the_slope_of_an_absolute_value_is_unknown_at_nan():
    x = OURS[0].tensor(np.asarray([np.nan, 0.0]), requires_grad=True)
    abs(x).sum().backward()
    np.testing.assert_array_equal(x.grad, [np.nan, 0.0])


def test_a_last_piece_may_be_smaller():
    xp, x = OURS[0].xp, OURS[0].tensor(np.zeros((5, 1)))
    assert [piece.shape for piece in xp.split(x, 2)] == [(2, 1), (2, 1), (1, 1)]


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        (0, r"`sizes` \(=0\) must be at least 1"),
        ([2, 2], r"`sizes` \(=\[2, 2\]\) must add up to the 5 entries of axis 0; change one of them"),
    ],
)
def test_pieces_must_fill_the_axis(sizes, words):
    with pytest.raises(ValueError, match=words):
        OURS[0].xp.split(OURS[0].tensor(np.zeros((5, 1))), sizes)


@pytest.mark.parametrize("width", [-1, ((1, 1),), ((1, 1), (0, -2))])
def test_paddings_that_fit_no_axes_are_refused(width):
    words = r"`pad_width` \(=.*\) must hold one pair of whole numbers from 0 for each of the 2 axes; cut with a slice"
    with pytest.raises(ValueError, match=words):
        OURS[0].xp.pad(OURS[0].tensor(np.zeros((5, 1))), width)


def test_the_slope_of_a_root_below_zero_is_that_of_the_power():
    entries = np.asarray([-0.0, -np.inf])
    x = OURS[0].tensor(entries, requires_grad=True)
    theirs = torch.tensor(entries, requires_grad=True)
    with np.errstate(all="ignore"):
        (x**0.5).backward(np.ones(2))
    (theirs**0.5).backward(torch.ones(2, dtype=torch.float64))
    np.testing.assert_array_equal(x.grad, [np.inf, 0.0])
    np.testing.assert_array_equal(theirs.grad, [-np.inf, np.nan])
