"""Layers that draw, against the formula with the same draws: dropout and noise."""

import numpy as np
import pytest
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from spatial_twins import fewer

from reference_impl import layers
from reference_impl.layers import Dropout, Dropout2d, GaussianNoise

ORACLE = "the formula in torch, with the same draws"


@pytest.mark.parametrize(
    ("name", "axes"), [("Dropout", 0), ("Dropout1d", 1), ("Dropout2d", 2), ("Dropout3d", 3)]
)
def test_dropout_follows_its_formula(name, axes, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", ORACLE, precision) as compare:

        @fewer
        @given(
            seed=seeds, p=st.sampled_from([0.0, 0.25, 0.9]), training=st.booleans(), samples=st.integers(1, 3)
        )
        def drawn(seed, p, training, samples):
            keep = np.random.default_rng(seed).random((samples, 4, *(1,) * axes)) >= p

            def run(library, x):
                if library.name != "the oracle":
                    layer = getattr(layers, name)(p, rng=np.random.default_rng(seed))
                    return layer.train(training)(x)
                return x * (library.array(keep.astype(precision)) / (1 - p) if training else 1.0)

            compare(run, values(seed, (samples, 4, *(2,) * axes)))

        drawn()


def test_noise_follows_its_formula(agreement, precision):
    with agreement("reference_impl.layers.GaussianNoise", ORACLE, precision) as compare:

        @fewer
        @given(seed=seeds, std=st.sampled_from([0.0, 0.25, 3.0]), training=st.booleans())
        def drawn(seed, std, training):
            noise = np.random.default_rng(seed).standard_normal((3, 2))

            def run(library, x):
                if library.name != "the oracle":
                    return GaussianNoise(std, rng=np.random.default_rng(seed)).train(training)(x)
                return x + library.array((std * noise * training).astype(precision))

            compare(run, values(seed, (3, 2)), sums=True)

        drawn()


def test_a_layer_draws_anew_in_every_call():
    layer, x = Dropout(0.5, rng=np.random.default_rng(0)), np.ones(100)
    assert layer(x).tolist() != layer(x).tolist()


def test_they_say_what_they_do():
    rng = np.random.default_rng(0)
    assert repr(Dropout2d(0.3, rng=rng)) == "Dropout2d(p=0.3)"
    assert repr(GaussianNoise(0.1, rng=rng)) == "GaussianNoise(std=0.1)"


def test_bad_arguments_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"`p` \(=-0.1\) must be from 0 to 1"):
        Dropout(-0.1, rng=rng)
    with pytest.raises(TypeError, match=r"`p` \(='half'\) must be a number"):
        Dropout("half", rng=rng)
    with pytest.raises(TypeError, match=r"`rng` \(=None\) must be a numpy.random.Generator"):
        Dropout2d(0.5, rng=None)
    with pytest.raises(ValueError, match=r"`std` \(=-1.0\) must be at least 0"):
        GaussianNoise(-1.0, rng=rng)
