"""The affine layer: against torch's, its first values, and the words of its errors."""

import array_api_strict
import numpy as np
import pytest
import torch
from draws import seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.layers import Linear


def test_linear_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Linear", "torch.nn.Linear", precision) as compare:

        @given(seed=seeds, before=shapes(most=3), n=sizes, m=sizes, bias=st.booleans())
        def drawn(seed, before, n, m, bias):
            weight = values(seed, (m, n)).astype(precision)
            state = {"weight": weight} | ({"bias": values(seed + 1, (m,)).astype(precision)} if bias else {})

            def run(library, x):
                layer = library.layers.Linear(n, m, bias=bias, dtype=precision)
                layer.load_state_dict({name: library.array(array) for name, array in state.items()})
                return layer(x)

            compare(run, values(seed + 2, (*before, n)), sums=True)

        drawn()


def test_first_values_are_uniform_as_in_torch():
    layer = Linear(16, 5000, rng=np.random.default_rng(0))
    theirs = torch.nn.Linear(16, 5000)
    for ours, wanted in ((layer.weight, theirs.weight), (layer.bias, theirs.bias)):
        assert abs(ours.data).max() <= 0.25
        assert abs(ours.data).max() == pytest.approx(0.25, rel=1e-3)
        assert ours.data.std() == pytest.approx(0.25 / 3**0.5, rel=0.03)
        assert float(wanted.detach().std()) == pytest.approx(0.25 / 3**0.5, rel=0.03)


def test_every_library_and_device_sees_the_same_first_values(library):
    like = library.empty(library.dtypes.float32)
    layer = Linear(3, 2, rng=np.random.default_rng(5), like=like)
    wanted = Linear(3, 2, rng=np.random.default_rng(5))
    assert np.array_equal(library.values(layer.weight), wanted.weight.data)
    assert np.array_equal(library.values(layer.bias), wanted.bias.data)


def test_without_an_example_the_parameters_are_float32_as_in_torch():
    layer = Linear(3, 2, rng=np.random.default_rng(0))
    assert layer.weight.dtype == layer.bias.dtype == np.float32
    assert layer.weight.shape == (2, 3)
    assert layer.bias.shape == (2,)
    assert layer.weight.requires_grad
    assert layer.bias.requires_grad


def test_dtype_takes_the_place_of_the_examples():
    like = array_api_strict.empty(0, dtype=array_api_strict.float32)
    layer = Linear(3, 2, rng=np.random.default_rng(0), like=like, dtype=array_api_strict.float64)
    assert layer.weight.dtype == array_api_strict.float64


def test_it_prints_as_in_torch():
    layer = Linear(3, 2, bias=False, rng=np.random.default_rng(0))
    assert repr(layer) == repr(torch.nn.Linear(3, 2, bias=False))


def test_bad_arguments_are_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"`in_features` \(=0\) must be at least 1; pass e.g. in_features=3"):
        Linear(0, 2, rng=rng)
    with pytest.raises(TypeError, match=r"`out_features` \(=2.5\) must be an int; pass e.g. out_features=3"):
        Linear(3, 2.5, rng=rng)
    with pytest.raises(
        TypeError, match=r"`rng` \(=0\) must be a numpy.random.Generator; pass e.g. rng=numpy.random"
    ):
        Linear(3, 2, rng=0)
