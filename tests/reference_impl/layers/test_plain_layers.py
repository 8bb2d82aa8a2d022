"""Layers without parameters against torch's, and the words of their errors."""

import math

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.layers import Flatten


@pytest.mark.parametrize("name", ["ReLU", "Sigmoid", "Tanh"])
def test_activation_layers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @given(seed=seeds, shape=shapes(), scale=scales)
        def drawn(seed, shape, scale):
            compare(lambda library, x: getattr(library.layers, name)()(x), values(seed, shape, scale))

        drawn()


def test_flatten_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Flatten", "torch.nn.Flatten", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1), data=st.data())
        def drawn(seed, shape, data):
            start = data.draw(st.integers(0, len(shape) - 1))
            end = data.draw(st.integers(start, len(shape) - 1)) - data.draw(st.sampled_from([0, len(shape)]))
            compare(lambda library, x: library.layers.Flatten(start, end)(x), values(seed, shape))

        drawn()


def test_flatten_keeps_the_samples_by_default():
    assert Flatten()(np.ones((2, 3, 4, 5))).shape == (2, math.prod((3, 4, 5)))
    assert Flatten()(np.ones((0, 3, 4))).shape == tuple(torch.nn.Flatten()(torch.ones(0, 3, 4)).shape)


def test_axes_that_cannot_be_flattened_are_named():
    with pytest.raises(
        RuntimeError, match=r"start_dim cannot come after end_dim, but `start_dim` \(=2\) is after"
    ):
        Flatten(2, 1)(np.ones((2, 3, 4)))
    with pytest.raises(IndexError, match=r"`start_dim` \(=1\) is out of range: the input has 1 axes"):
        Flatten()(np.ones(2))
