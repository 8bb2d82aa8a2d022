"""Layers that torch lacks: against their formulas in torch's functions, by hand, and the words of errors."""

import math

import numpy as np
import pytest
import torch
from draws import seeds, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import call, make, some

from reference_impl import functional as F
from reference_impl.layers import (
    HypercomplexLinear,
    LearnedPositionalEncoding,
    Linear,
    Maxout,
    ReLU,
    Residual,
    SinusoidalPositionalEncoding,
)


def test_hypercomplex_layers_agree_with_kronecker_products_of_torch(agreement, precision):
    with agreement("reference_impl.layers.HypercomplexLinear", "torch.kron", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, n=st.integers(1, 4), rows=sizes, columns=sizes, bias=st.booleans())
        def drawn(seed, batch, n, rows, columns, bias):
            names = ["algebra", "weight", "bias"][: 2 + bias]
            shapes = [(n, n, n), (n, rows, columns), (n * rows,)][: 2 + bias]

            def run(library, x, *tensors):
                if library is ORACLE:
                    matrix = sum(torch.kron(a, s) for a, s in zip(*tensors[:2], strict=True))
                    return library.F.linear(x, matrix, *tensors[2:])
                layer = make(
                    library, "HypercomplexLinear", n * columns, n * rows, n, dtype=precision, bias=bias
                )
                return call(layer, dict(zip(names, tensors, strict=True)), x)

            arrays = [values(seed + number, shape) for number, shape in enumerate(shapes)]
            compare(run, values(seed, (batch, n * columns)), *arrays, sums=True)

        drawn()


def test_maxout_layers_agree_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Maxout", "torch.nn.Linear and torch.amax", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, n=sizes, m=sizes, pieces=st.integers(1, 4))
        def drawn(seed, batch, n, m, pieces):
            def run(library, x, w, b):
                if library is ORACLE:
                    return torch.amax(library.F.linear(x, w, b).unflatten(1, (m, pieces)), 2)
                layer = make(library, "Maxout", n, m, pieces, dtype=precision)
                return call(layer, {"linear.weight": w, "linear.bias": b}, x)

            rng = np.random.default_rng(seed)
            shapes = [(batch, n), (m * pieces, n), (m * pieces,)]
            compare(run, *(rng.standard_normal(shape) for shape in shapes), sums=True)

        drawn()


def test_residual_connections_agree_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Residual", "torch: x + f(x)", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, n=sizes)
        def drawn(seed, batch, n):
            def run(library, x, w, b):
                if library is ORACLE:
                    return x + library.F.linear(x, w, b)
                inner = make(library, "Linear", n, n, dtype=precision)
                return call(Residual(inner), {"module.weight": w, "module.bias": b}, x)

            shapes = [(batch, n), (n, n), (n,)]
            compare(run, *(values(seed + k, shape) for k, shape in enumerate(shapes)), sums=True)

        drawn()


def test_learned_positions_agree_with_torchs_embedding(agreement, precision):
    name = "reference_impl.layers.LearnedPositionalEncoding"
    with agreement(name, "torch.nn.functional.embedding", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, length=sizes, more=st.integers(0, 3), d=sizes)
        def drawn(seed, batch, length, more, d):
            def run(library, x, w):
                if library is ORACLE:
                    return x + library.F.embedding(torch.arange(length), w)
                layer = make(library, "LearnedPositionalEncoding", length + more, d, dtype=precision)
                return call(layer, {"weight": w}, x)

            compare(run, values(seed, (batch, length, d)), values(seed + 1, (length + more, d)), sums=True)

        drawn()


def test_sinusoidal_positions_agree_with_the_formula_in_torch(agreement, precision):
    oracle = "the formula of the paper with torch, in float64"
    with agreement("reference_impl.layers.SinusoidalPositionalEncoding", oracle, precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, length=sizes, d=sizes, base=st.sampled_from([4.0, 10000.0]))
        def drawn(seed, batch, length, d, base):
            def run(library, x):
                if library is not ORACLE:
                    return SinusoidalPositionalEncoding(d, base)(x)
                feature = torch.arange(d, dtype=torch.float64)
                angles = torch.arange(length, dtype=torch.float64)[:, None] / base ** (
                    (feature - feature % 2) / d
                )
                return x + torch.where(feature % 2 == 1, torch.cos(angles), torch.sin(angles)).to(x.dtype)

            compare(run, values(seed, (batch, length, d)), sums=True)

        drawn()


def test_a_hypercomplex_layer_has_one_nth_of_the_parameters():
    for n in (1, 2, 4, 8):
        layer = HypercomplexLinear(64, 128, n, rng=np.random.default_rng(0))
        assert sum(math.prod(p.shape) for p in layer.parameters()) == n**3 + 64 * 128 // n + 128


def test_a_hypercomplex_layer_starts_with_the_spread_of_a_linear_one():
    rng = np.random.default_rng(0)
    x = rng.standard_normal((500, 64)).astype("float32")
    layers = {
        "hypercomplex": [HypercomplexLinear(64, 64, 4, bias=False, rng=rng) for _ in range(20)],
        "linear": [Linear(64, 64, bias=False, rng=rng) for _ in range(20)],
    }
    spreads = [np.mean([layer(x).data.var() for layer in group]) for group in layers.values()]
    assert spreads[0] == pytest.approx(spreads[1], rel=0.1)


def test_positions_are_no_parameters():
    assert list(SinusoidalPositionalEncoding(4).parameters()) == []
    layer = LearnedPositionalEncoding(500, 40, rng=np.random.default_rng(0))
    assert layer.weight.data.std() == pytest.approx(0.02, rel=0.02)
    assert repr(layer) == "LearnedPositionalEncoding(500, 40)"


def test_what_does_not_fit_is_named():
    rng = np.random.default_rng(0)
    with pytest.raises(
        ValueError, match=r"`out_features` \(=6\) must be divisible by `n` \(=4\); choose a multiple"
    ):
        HypercomplexLinear(8, 6, 4, rng=rng)
    with pytest.raises(
        TypeError, match=r"`module` \(=<function relu at .*\) must be a Module; pass e.g. Residual"
    ):
        Residual(F.relu)
    with pytest.raises(
        ValueError, match=r"`module` must keep the shape of `input`, and made \(2, 4\) of \(2, 3\)"
    ):
        Residual(Linear(3, 4, rng=rng))(np.ones((2, 3), dtype=np.float32))
    with pytest.raises(ValueError, match=r"`max_len` \(=2\) must be at least the length of `input`, 3; cut"):
        LearnedPositionalEncoding(2, 4, rng=rng)(np.ones((3, 4), dtype=np.float32))
    with pytest.raises(ValueError, match=r"`d_model` \(=4\) must be the 3 features of `input`; change one"):
        SinusoidalPositionalEncoding(4)(np.ones((2, 3)))
    with pytest.raises(ValueError, match=r"`num_pieces` \(=0\) must be at least 1"):
        Maxout(2, 2, 0, rng=rng)
    assert Residual(ReLU())(np.asarray([-1.0, 2.0])).tolist() == [-1.0, 4.0]
