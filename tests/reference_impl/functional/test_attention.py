"""Attention against torch: masks of both kinds, causality, heads, and queries that may look nowhere."""

import math

import numpy as np
import pytest
import torch
from draws import seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import check_gradients

kinds = st.sampled_from(["none", "boolean", "additive", "causal"])


def drawn_mask(kind, seed, shape, precision):
    """Draw a mask that hides some keys, but from no query all of them."""
    rng = np.random.default_rng(seed)
    allowed = rng.random(shape) < 0.6
    allowed[..., 0] = True
    return {
        "boolean": allowed,
        "additive": np.where(allowed, rng.standard_normal(shape), -np.inf).astype(precision),
    }.get(kind)


def test_attention_agrees_with_torch(agreement, precision):
    name = "functional.scaled_dot_product_attention"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            before=shapes(least=1, most=2),
            queries=sizes,
            keys=sizes,
            features=sizes,
            outputs=sizes,
            kind=kinds,
            scale=st.none() | st.floats(0.1, 3.0),
        )
        def drawn(seed, before, queries, keys, features, outputs, kind, scale):
            mask = drawn_mask(kind, seed, (queries, keys), precision)

            def run(library, q, k, v):
                options = {"is_causal": kind == "causal", "scale": scale}
                if mask is not None:
                    options["attn_mask"] = library.array(mask)
                return library.F.scaled_dot_product_attention(q, k, v, **options)

            arrays = [(queries, features), (keys, features), (keys, outputs)]
            compare(run, *(values(seed + n, (*before, *shape)) for n, shape in enumerate(arrays)), sums=True)

        drawn()


def test_a_mask_may_be_learned(agreement, precision):
    name = "functional.scaled_dot_product_attention"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:
        arrays = [
            values(number, shape) for number, shape in enumerate([(2, 3, 4), (2, 5, 4), (2, 5, 2), (3, 5)])
        ]
        compare(lambda library, *xs: library.F.scaled_dot_product_attention(*xs), *arrays, sums=True)


def test_heads_agree_with_torch(agreement, precision):
    oracle = "torch.nn.functional.scaled_dot_product_attention"
    with agreement("reference_impl.functional.multi_head_attention", oracle, precision) as compare:

        @some
        @given(seed=seeds, samples=sizes, queries=sizes, keys=sizes, heads=sizes, width=sizes, kind=kinds)
        def drawn(seed, samples, queries, keys, heads, width, kind):
            mask = drawn_mask(kind, seed, (samples, 1, queries, keys), precision)

            def run(library, q, k, v):
                masked = None if mask is None else library.array(mask)
                if library is ORACLE:
                    cut = [x.unflatten(2, (heads, width)).transpose(1, 2) for x in (q, k, v)]
                    result = library.F.scaled_dot_product_attention(*cut, attn_mask=masked)
                    return result.transpose(1, 2).flatten(2)
                return library.F.multi_head_attention(q, k, v, heads, masked)[0]

            lengths = (queries, keys, keys)
            arrays = [values(seed + n, (samples, length, heads * width)) for n, length in enumerate(lengths)]
            compare(run, *arrays, sums=True)

        drawn()


@pytest.mark.parametrize("nothing", ["boolean", "additive"])
def test_a_query_that_may_look_nowhere_gets_zero_as_in_torch(nothing, library):
    allowed = np.asarray([[False, False], [True, False]])
    mask = allowed if nothing == "boolean" else np.where(allowed, 0.0, -np.inf)
    arrays = [values(number, (2, 2)) for number in range(3)]
    ours = F.scaled_dot_product_attention(*map(library.array, arrays), library.array(mask))
    theirs = torch.nn.functional.scaled_dot_product_attention(*map(torch.tensor, arrays), torch.tensor(mask))
    np.testing.assert_allclose(library.values(ours), theirs, rtol=1e-14)
    assert library.values(ours)[0].tolist() == [0.0, 0.0]


def test_gradients_stay_finite_where_a_query_may_look_nowhere():
    allowed = np.asarray([[False, False], [True, True]])
    arrays = [values(number, (2, 2)) for number in range(3)]
    check_gradients(lambda *xs: F.scaled_dot_product_attention(*xs, allowed), *arrays, order=2)


@given(seed=seeds)
def test_causal_attention_ignores_what_comes_later(seed):
    q, k, v = (values(seed + number, (5, 3)) for number in range(3))
    whole = F.scaled_dot_product_attention(q, k, v, is_causal=True).data
    start = F.scaled_dot_product_attention(q[:3], k[:3], v[:3], is_causal=True).data
    np.testing.assert_allclose(whole[:3], start, rtol=1e-13)


def test_dropout_of_weights_keeps_their_mean():
    rng = np.random.default_rng(0)
    q, k, v = np.zeros((1, 2)), np.zeros((400, 2)), np.ones((400, 1))
    dropped = [F.scaled_dot_product_attention(q, k, v, dropout_p=0.25, rng=rng).item() for _ in range(50)]
    assert np.mean(dropped) == pytest.approx(1.0, abs=0.02)
    kept = np.asarray(dropped) * 400 * 0.75
    np.testing.assert_allclose(kept, np.round(kept), rtol=1e-12)
    assert len(set(dropped)) > 10


def test_weights_of_heads_add_up_to_one():
    x = values(0, (2, 3, 4))
    result, weights = F.multi_head_attention(x, x, x, 2)
    assert result.shape == (2, 3, 4)
    assert weights.shape == (2, 2, 3, 3)
    np.testing.assert_allclose(weights.data.sum(axis=-1), 1.0, rtol=1e-14)


def test_infinite_scores_give_what_torch_gives():
    q, k, v = np.asarray([[math.inf]]), np.asarray([[1.0], [-1.0]]), np.asarray([[3.0], [5.0]])
    with np.errstate(all="ignore"):
        ours = F.scaled_dot_product_attention(q, k, v)
    theirs = torch.nn.functional.scaled_dot_product_attention(*map(torch.tensor, (q, k, v)))
    np.testing.assert_array_equal(ours.data, theirs)


def test_what_does_not_fit_is_named():
    x = np.ones((1, 2, 4))
    with pytest.raises(
        RuntimeError, match="Explicit attn_mask should not be set when is_causal=True; pass one"
    ):
        F.scaled_dot_product_attention(x, x, x, np.ones((2, 2), dtype=bool), is_causal=True)
    with pytest.raises(
        ValueError, match=r"`num_heads` \(=3\) must divide the 4 features of `query`; change one of them"
    ):
        F.multi_head_attention(x, x, x, 3)
    with pytest.raises(
        TypeError, match="arrays of one library, but found numpy float64 on cpu and torch bool"
    ):
        F.scaled_dot_product_attention(x, x, x, torch.ones(2, 2, dtype=torch.bool))
