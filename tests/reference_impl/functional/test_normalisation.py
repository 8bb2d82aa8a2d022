"""Normalisation: against torch, running averages, to second order, where numbers are extreme, the words of errors."""

import numpy as np
import pytest
import torch
from agreement import Comparison, second_gradients
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import functional as F
from reference_impl.autograd import check_gradients

small_numbers = st.sampled_from([1e-3, 0.1, 0.5])
places = st.lists(st.integers(1, 3), max_size=2).map(tuple)


def affine(seed, shape, affine_parts):
    """Draw scales and shifts, or either of them, or neither."""
    return {
        name: values(seed + at, shape) for at, name in enumerate(["weight", "bias"]) if name in affine_parts
    }


parts = st.sampled_from([(), ("weight",), ("bias",), ("weight", "bias")])


def compare_normalisation(compare, normalise, x, named):
    """Compare a normalisation whose scales and shifts are inputs as well."""

    def run(library, x, *tensors):
        return normalise(library, x, **dict(zip(named, tensors, strict=True)))

    compare(run, x, *named.values(), sums=True)


@pytest.mark.parametrize("name", ["batch_norm", "instance_norm"])
def test_normalisation_of_channels_agrees_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @given(
            seed=seeds,
            samples=st.integers(2, 4),
            channels=st.integers(1, 3),
            size=places,
            training=st.booleans(),
            named=parts,
            eps=small_numbers,
            momentum=st.sampled_from([0.1, 0.75, 1.0]),
            kept=st.booleans(),
        )
        def drawn(seed, samples, channels, size, training, named, eps, momentum, kept):
            size = (2, *size) if name == "instance_norm" else size
            x = values(seed, (samples, channels, *size)) + 0.25
            before = [values(seed + 1, (channels,)), 0.5 + abs(values(seed + 2, (channels,)))]
            before = [array.astype(precision) for array in before]
            running = before if kept or not training else None

            def normalise(library, x, **affine):
                averages = [None, None] if running is None else list(map(library.array, running))
                flag = {"training" if name == "batch_norm" else "use_input_stats": training}
                result = getattr(library.F, name)(x, *averages, **affine, **flag, momentum=momentum, eps=eps)
                normalise.after = averages
                return result

            compare_normalisation(compare, normalise, x, affine(seed + 3, (channels,), named))

            def averages_after(library, x):
                normalise(library, x)
                return normalise.after

            if running is not None:
                compare.arrays("running averages", averages_after, x)

        drawn()


@pytest.mark.parametrize("name", ["layer_norm", "rms_norm"])
def test_normalisation_of_features_agrees_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @given(
            seed=seeds,
            before=places,
            features=st.lists(st.integers(1, 4), min_size=1, max_size=2).map(tuple),
            named=parts,
            eps=small_numbers,
        )
        def drawn(seed, before, features, named, eps):
            named = [one for one in named if name == "layer_norm" or one == "weight"]
            number = None if name == "rms_norm" and eps == 1e-3 else eps

            def normalise(library, x, **affine):
                return getattr(library.F, name)(x, features, **affine, eps=number)

            x = values(seed, (*before, *features)) + 0.25
            compare_normalisation(compare, normalise, x, affine(seed + 1, features, named))

        drawn()


def test_group_norm_agrees_with_torch(agreement, precision):
    oracle = "torch.nn.functional.group_norm"
    with agreement("reference_impl.functional.group_norm", oracle, precision) as compare:

        @given(
            seed=seeds,
            samples=st.integers(2, 3),
            groups=st.integers(1, 3),
            each=st.integers(1, 3),
            size=places,
            named=st.sampled_from(
                [(), ("weight",), ("weight", "bias")]
            ),  # torch 2.13 fails with a bias alone
            eps=small_numbers,
        )
        def drawn(seed, samples, groups, each, size, named, eps):
            def normalise(library, x, **affine):
                return library.F.group_norm(x, groups, **affine, eps=eps)

            x = values(seed, (samples, groups * each, *size)) + 0.25
            compare_normalisation(compare, normalise, x, affine(seed + 1, (groups * each,), named))

        drawn()


X, WEIGHT, BIAS = values(1, (3, 4, 2)) + 0.25, values(2, (4,)), values(3, (4,))
CASES = {
    "batch_norm": lambda library, x, w, b: library.F.batch_norm(x, None, None, w, b, True, eps=0.1),
    "instance_norm": lambda library, x, w, b: library.F.instance_norm(x, None, None, w, b, eps=0.1),
    "group_norm": lambda library, x, w, b: library.F.group_norm(x, 2, w, b, eps=0.1),
    "layer_norm": lambda library, x, w, b: library.F.layer_norm(x[:, :, 0], (4,), w, b, eps=0.1),
    "rms_norm": lambda library, x, w, b: library.F.rms_norm(x[:, :, 0], (4,), w, eps=0.1) * b,
}
each_case = pytest.mark.parametrize("run", CASES.values(), ids=CASES)


@each_case
def test_second_gradients_agree_with_torch(run):
    with Comparison("float64", None) as compare:
        compare.arrays("gradient", lambda library, *xs: second_gradients(library, run, *xs), X, WEIGHT, BIAS)


def test_gradients_are_right_to_second_order():
    check_gradients(lambda x: F.layer_norm(x, 3, eps=0.1), values(1, (2, 3)), order=2)
    check_gradients(lambda x: F.rms_norm(x, 3, eps=0.1), values(1, (2, 3)), order=2)


def test_the_running_variance_is_the_unbiased_one_and_the_normalisation_is_not():
    mean, var = np.zeros(1), np.zeros(1)
    result = F.batch_norm(np.asarray([[0.0], [2.0]]), mean, var, training=True, momentum=1.0, eps=0.0)
    assert result.tolist() == [[-1.0], [1.0]]
    assert (mean.tolist(), var.tolist()) == ([1.0], [2.0])


def test_a_batch_does_not_change_what_is_passed_as_constants():
    x = values(1, (4, 3))
    mean, var = np.zeros(3), np.ones(3)
    F.batch_norm(x, mean, var)
    assert mean.tolist() == [0.0] * 3
    assert var.tolist() == [1.0] * 3


@pytest.mark.parametrize("numbers", [[np.nan, 1, 2, 3], [np.inf, 1, 2, 3], [1e-320, 0, 0, 0]])
@pytest.mark.parametrize("name", ["layer_norm", "rms_norm"])
def test_extreme_values_give_what_torch_gives(name, numbers):
    x = np.asarray([numbers], float)
    with np.errstate(all="ignore"):
        found = getattr(F, name)(x, (4,)).data
    wanted = getattr(torch.nn.functional, name)(torch.tensor(x), (4,)).numpy()
    assert np.allclose(found, wanted, rtol=1e-12, atol=0, equal_nan=True)


def test_features_whose_squares_overflow_become_zero():
    x = np.asarray([[1e200, -1e200, 1.0, 2.0]])
    with np.errstate(over="ignore"):
        assert abs(F.layer_norm(x, 4).data).tolist() == abs(F.rms_norm(x, 4).data).tolist() == [[0.0] * 4]
    assert torch.nn.functional.layer_norm(torch.tensor(x), (4,)).isnan().all(), (
        "the documented difference is gone"
    )


ONES = np.ones((2, 3))
ERRORS = {
    "one value": (
        lambda: F.batch_norm(np.ones((1, 3)), None, None, training=True),
        ValueError,
        r"Expected more than 1 value per channel when training, got input size \[1, 3\]; give the batch more samples",
    ),
    "one place": (
        lambda: F.instance_norm(np.ones((2, 3, 1))),
        ValueError,
        r"Expected more than 1 spatial element when training, got input size \[2, 3, 1\]; normalise before",
    ),
    "no averages": (
        lambda: F.batch_norm(ONES, None, None),
        ValueError,
        "Expected running_mean and running_var to be defined when training=False; pass both",
    ),
    "averages": (
        lambda: F.batch_norm(ONES, np.ones(2), np.ones(3)),
        RuntimeError,
        r"`running_mean` \(=\(2,\)\) must have shape \(3,\); one entry for each channel of `input`",
    ),
    "axes": (
        lambda: F.instance_norm(ONES),
        RuntimeError,
        r"`input` \(=\(2, 3\)\) must have at least 3 axes: samples, channels, places",
    ),
    "features": (
        lambda: F.layer_norm(ONES, (4,)),
        RuntimeError,
        r"Given normalized_shape=\[4\], expected input with shape \[\*, 4\], but got input of size\[2, 3\]",
    ),
    "scales": (
        lambda: F.rms_norm(ONES, 3, np.ones(2)),
        RuntimeError,
        r"`weight` \(=\(2,\)\) must have shape \(3,\); reshape it",
    ),
    "groups": (
        lambda: F.group_norm(ONES, 2),
        RuntimeError,
        r"Expected number of channels in input to be divisible by num_groups, but got input of shape \[2, 3\] and "
        "num_groups=2",
    ),
    "one in a group": (
        lambda: F.group_norm(np.ones((1, 3)), 3),
        ValueError,
        r"Expected more than 1 value per channel when training, got input size \[1, 3\] in 3 groups; pass fewer",
    ),
}


@pytest.mark.parametrize(("call", "error", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
