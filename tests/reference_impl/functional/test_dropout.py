"""Dropout and noise: the formula with the same draws, their statistics, and the words of errors.

No other library draws the same numbers. The oracle is the formula in torch, with a mask drawn here by the generator's
documented stream; how often something is dropped is held to bounds that a right one leaves once in a billion runs.
"""

import math

import numpy as np
import pytest
import torch
from draws import seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st
from spatial import AXES

from reference_impl import functional as F
from reference_impl.autograd import Tensor

DROPPED = {"dropout": 0, "dropout1d": 1, "dropout2d": 2, "dropout3d": 3}
ORACLE = "the formula in torch, with the same draws"


@pytest.mark.parametrize(("name", "axes"), DROPPED.items())
def test_dropout_follows_its_formula(name, axes, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", ORACLE, precision) as compare:

        @given(
            seed=seeds,
            shape=shapes() if not axes else shapes(axes + 1, axes + 2),
            p=st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]),
            training=st.booleans(),
        )
        def drawn(seed, shape, p, training):
            channels = shape[: len(shape) - axes] if axes else shape
            keep = np.random.default_rng(seed).random(channels) >= p
            keep = keep.reshape((*channels, *(1,) * axes)) if axes else keep

            def run(library, x):
                if library.name != "the oracle":
                    return getattr(library.F, name)(x, p, training, rng=np.random.default_rng(seed))
                if not training:
                    return x * 1.0
                return x * library.array(keep.astype(precision)) / (1 - p if p < 1 else 1.0)

            compare(run, values(seed, shape))

        drawn()


def test_noise_follows_its_formula(agreement, precision):
    with agreement("reference_impl.functional.gaussian_noise", ORACLE, precision) as compare:

        @given(seed=seeds, shape=shapes(), std=st.sampled_from([0.0, 0.1, 2.5]), training=st.booleans())
        def drawn(seed, shape, std, training):
            noise = np.random.default_rng(seed).standard_normal(shape)

            def run(library, x):
                if library.name != "the oracle":
                    return library.F.gaussian_noise(x, std, training, rng=np.random.default_rng(seed))
                return x + library.array(np.asarray(std * noise * training, precision))

            compare(run, values(seed, shape), sums=True)

        drawn()


@pytest.mark.parametrize(("name", "axes"), DROPPED.items())
@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_as_many_are_dropped_as_the_binomial_allows(name, axes, p):
    count = 100_000
    shape = (100, count // 100, *(2,) * axes)
    result = getattr(F, name)(np.ones(shape), p, rng=np.random.default_rng(7)).data.reshape(count, -1)
    assert set(np.unique(result)) == {0.0, 1 / (1 - p)}
    assert (result == result[:, :1]).all(), "a channel is dropped as a whole"
    dropped = int((result[:, 0] == 0).sum())
    # Hoeffding: P(|dropped - p n| >= t) <= 2 exp(-2 t² / n), which is 1e-9 for this t
    assert abs(dropped - p * count) <= math.sqrt(count * math.log(2e9) / 2)


def test_noise_has_the_mean_and_deviation_that_were_asked_for():
    noise = F.gaussian_noise(np.zeros(100_000), 3.0, rng=np.random.default_rng(5)).data
    assert abs(noise.mean()) <= 6 * 3.0 / math.sqrt(100_000)
    assert abs(noise.std() - 3.0) <= 6 * 3.0 / math.sqrt(2 * 100_000)


def test_the_gradient_passes_where_the_entry_passed():
    x = Tensor(np.ones(1000), requires_grad=True)
    result = F.dropout(x, 0.25, rng=np.random.default_rng(0))
    result.sum().backward()
    assert np.array_equal(x.grad, result.data)


def test_every_library_and_device_drops_the_same(library):
    x = library.tensor(np.ones((5, 6)))
    found = library.values(F.dropout(x, 0.5, rng=np.random.default_rng(3)))
    assert np.array_equal(found, 2.0 * (np.random.default_rng(3).random((5, 6)) >= 0.5))


def test_two_calls_draw_differently():
    rng = np.random.default_rng(0)
    first, second = (F.dropout(np.ones(100), 0.5, rng=rng).tolist() for _ in range(2))
    assert first != second


def test_infinities_that_are_dropped_are_nan_as_in_torch():
    with np.errstate(invalid="ignore"):
        assert np.isnan(F.dropout(np.asarray([np.inf]), 1.0, rng=np.random.default_rng(0)).data).all()


def test_three_axes_are_an_image_here_and_sequences_in_torch():
    """Torch announces that they will be an image; the documentation of `dropout2d` says so."""
    ours = F.dropout2d(np.ones((50, 3, 4)), 0.5, rng=np.random.default_rng(0)).data
    assert len(np.unique(ours.reshape(50, 12), axis=0)) == 2, "a channel is dropped as a whole"
    with pytest.warns(
        UserWarning, match=r"interpreted as shape \(N, C, L\)[^.]+\. This behavior will change"
    ):
        theirs = torch.nn.functional.dropout2d(torch.ones(50, 3, 4), 0.5).numpy()
    assert len(np.unique(theirs.reshape(50, 12), axis=0)) > 2, "of a sequence, some channels are dropped"
    assert (theirs == theirs[:, :, :1]).all()


@pytest.mark.parametrize("axes", AXES)
def test_bad_arguments_are_named(axes):
    rng, name = np.random.default_rng(0), f"dropout{axes}d"
    with pytest.raises(ValueError, match=r"`p` \(=1.5\) must be from 0 to 1; pass e.g. p=0.5"):
        getattr(F, name)(np.ones((2,) * (axes + 1)), 1.5, rng=rng)
    with pytest.raises(TypeError, match=r"`rng` \(=0\) must be a numpy.random.Generator"):
        F.dropout(np.ones(3), 0.5, rng=0)
    with pytest.raises(RuntimeError, match=rf"batched\) input to {name}, but got input of size: \[2\]"):
        getattr(F, name)(np.ones(2), 0.5, rng=rng)
    with pytest.raises(ValueError, match=r"`std` \(=-1\) must be at least 0; pass e.g. std=0.1"):
        F.gaussian_noise(np.ones(2), -1, rng=rng)
