"""Multi-head attention against torch's layer: masks, padding, causality, weights, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from twins import compare_layer, some

from reference_impl.layers import MultiheadAttention, copy_state

small = st.integers(1, 3)


def hidden(seed, shape, kind, precision):
    """Draw a mask that hides no key from all queries; the first key is always seen."""
    rng = np.random.default_rng(seed)
    mask = rng.random(shape) < 0.4
    mask[..., 0] = False
    if kind == "boolean":
        return mask
    return np.where(mask, -np.inf, rng.standard_normal(shape)).astype(precision)


def test_attention_agrees_with_torch(agreement, precision):
    name = "MultiheadAttention"
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            lengths=st.tuples(small, small, small, small, small),
            sizes=st.none() | st.tuples(small, small),
            bias=st.booleans(),
            batch_first=st.booleans(),
            alone=st.booleans(),
            mask=st.sampled_from([None, "boolean", "additive", "of heads"]),
            padded=st.booleans(),
            weights=st.sampled_from([None, True, False]),
        )
        def drawn(seed, lengths, sizes, bias, batch_first, alone, mask, padded, weights):
            samples, length, keys, heads, width = lengths
            samples = 1 if alone else samples
            features = heads * width
            kdim, vdim = sizes or (None, None)
            kind = "boolean" if mask in (None, "boolean") else "additive"  # torch warns where kinds differ
            inputs = []
            for number, (count, size) in enumerate(
                ((length, features), (keys, kdim or features), (keys, vdim or features))
            ):
                shape = (
                    (count, size)
                    if alone
                    else (samples, count, size)
                    if batch_first
                    else (count, samples, size)
                )
                inputs.append(values(seed + number, shape))
            masks = {"need_weights": weights is not None}
            if weights is not None:
                masks["average_attn_weights"] = weights
            if mask is not None:
                before = (samples * heads,) if mask == "of heads" else ()
                masks["attn_mask"] = hidden(seed, (*before, length, keys), kind, precision)
            if padded:
                masks["key_padding_mask"] = hidden(
                    seed + 1, (keys,) if alone else (samples, keys), kind, precision
                )

            def call_options(library):
                return {
                    key: library.array(value) if isinstance(value, np.ndarray) else value
                    for key, value in masks.items()
                }

            for part in (0,) if weights is None else (0, 1):
                compare_layer(
                    compare,
                    name,
                    features,
                    heads,
                    inputs=inputs,
                    seed=seed,
                    output=lambda result, part=part: result[part],
                    call_options=call_options,
                    bias=bias,
                    batch_first=batch_first,
                    kdim=kdim,
                    vdim=vdim,
                )

        drawn()


def twins(**options):
    ours = MultiheadAttention(4, 2, **options, rng=np.random.default_rng(0), like=np.ones(1))
    theirs = torch.nn.MultiheadAttention(4, 2, **options, dtype=torch.float64)
    copy_state(ours, theirs)
    return ours, theirs


def test_causality_is_torchs_causal_mask():
    ours, theirs = twins()
    x = values(0, (5, 2, 4))
    mask = torch.nn.Transformer.generate_square_subsequent_mask(5, dtype=torch.float64)
    wanted, shown = theirs(*[torch.tensor(x)] * 3, attn_mask=mask, is_causal=True)
    for options in ({"is_causal": True}, {"is_causal": True, "attn_mask": mask.numpy()}):
        result, weights = ours(x, x, x, **options)
        np.testing.assert_allclose(result.data, wanted.detach(), rtol=1e-12)
        np.testing.assert_allclose(weights.data, shown.detach(), rtol=1e-12)


def test_true_hides_as_in_torch_where_the_function_takes_true_to_show():
    ours, theirs = twins(batch_first=True)
    x, mask = values(0, (1, 2, 4)), np.asarray([[False, True], [False, False]])
    wanted = theirs(*[torch.tensor(x)] * 3, attn_mask=torch.tensor(mask))[1]
    weights = ours(x, x, x, attn_mask=mask)[1]
    np.testing.assert_allclose(weights.data, wanted.detach(), rtol=1e-12)
    assert weights.tolist()[0][0] == [1.0, 0.0]


def test_a_query_that_may_look_nowhere_gets_the_last_bias():
    ours, theirs = twins(batch_first=True)
    x, mask = values(0, (1, 2, 4)), np.asarray([[True, True], [False, False]])
    result, weights = ours(x, x, x, attn_mask=mask)
    assert weights.data[0, 0].tolist() == [0.0, 0.0]
    np.testing.assert_allclose(result.data[0, 0], ours.out_proj.bias.data)
    assert theirs(*[torch.tensor(x)] * 3, attn_mask=torch.tensor(mask))[1].isnan().any()


def test_first_values_are_drawn_as_in_torch():
    ours = MultiheadAttention(48, 4, rng=np.random.default_rng(0))
    theirs = torch.nn.MultiheadAttention(48, 4)
    bounds = {"in_proj_weight": (6 / (4 * 48)) ** 0.5, "out_proj.weight": 48**-0.5}
    for name, parameter in theirs.named_parameters():
        for entries in (ours.state_dict()[name], parameter.detach().numpy()):
            bound = bounds.get(name, 0.0)
            assert abs(entries).max() <= bound * (1 + 1e-6)
            assert abs(entries).max() == pytest.approx(bound, rel=0.01)
            assert entries.std() == pytest.approx(bound / 3**0.5, rel=0.05)


def test_dropout_falls_on_weights_in_training_only():
    layer = MultiheadAttention(4, 2, dropout=0.5, rng=np.random.default_rng(0), like=np.ones(1))
    x = values(0, (20, 1, 4))
    shown = layer(x, x, x, average_attn_weights=False)[1].data
    assert 0.4 < (shown == 0).mean() < 0.6
    layer.eval()
    np.testing.assert_allclose(layer(x, x, x)[1].data.sum(axis=-1), 1.0)


def test_what_does_not_fit_is_named():
    with pytest.raises(
        ValueError, match=r"`num_heads` \(=3\) must divide `embed_dim` \(=4\); change one of them"
    ):
        MultiheadAttention(4, 3, rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"`rng` \(=0\) must be a numpy.random.Generator"):
        MultiheadAttention(4, 2, rng=0)
