"""Encoder and decoder blocks against torch's, and their dropout."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from twins import compare_layer, some

from reference_impl import functional as F
from reference_impl.layers import TransformerDecoderLayer, TransformerEncoderLayer

small = st.integers(1, 3)
options = st.fixed_dictionaries(
    {
        "dim_feedforward": small,
        "activation": st.sampled_from(["relu", "gelu"]),
        "batch_first": st.booleans(),
        "norm_first": st.booleans(),
        "bias": st.booleans(),
    }
)
EPSILONS = {"float64": [1e-5, 1e-2], "float32": [1e-2, 0.1]}
"""Where features hardly vary, a normalisation magnifies what was rounded by the root of one over its epsilon."""


def sequence(seed, length, samples, features, batch_first):
    return values(seed, (samples, length, features) if batch_first else (length, samples, features))


def hidden(seed, shape):
    mask = np.random.default_rng(seed).random(shape) < 0.4
    mask[..., 0] = False
    return mask


def test_the_encoder_block_agrees_with_torch(agreement, precision):
    name = "TransformerEncoderLayer"
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            lengths=st.tuples(small, small, small, st.just(1)),
            options=options,
            masked=st.booleans(),
            padded=st.booleans(),
            eps=st.sampled_from(EPSILONS[precision]),
        )
        def drawn(seed, lengths, options, masked, padded, eps):
            samples, length, heads, quarter = lengths
            masks = {}
            if masked:
                masks["src_mask"] = hidden(seed, (length, length))
            if padded:
                masks["src_key_padding_mask"] = hidden(seed + 1, (samples, length))
            compare_layer(
                compare,
                name,
                heads * quarter * 4,
                heads,
                inputs=[sequence(seed, length, samples, heads * quarter * 4, options["batch_first"])],
                seed=seed,
                call_options=lambda library: {key: library.array(mask) for key, mask in masks.items()},
                dropout=0.0,
                layer_norm_eps=eps,
                **options,
            )

        drawn()


def test_the_decoder_block_agrees_with_torch(agreement, precision):
    name = "TransformerDecoderLayer"
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            lengths=st.tuples(small, small, small, small, st.just(1)),
            options=options,
            masked=st.booleans(),
            padded=st.booleans(),
            eps=st.sampled_from(EPSILONS[precision]),
        )
        def drawn(seed, lengths, options, masked, padded, eps):
            samples, length, keys, heads, quarter = lengths
            features = heads * quarter * 4
            masks = {}
            if masked:
                masks |= {
                    "tgt_mask": hidden(seed, (length, length)),
                    "memory_mask": hidden(seed, (length, keys)),
                }
            if padded:
                masks["tgt_key_padding_mask"] = hidden(seed + 1, (samples, length))
                masks["memory_key_padding_mask"] = hidden(seed + 2, (samples, keys))
            inputs = [
                sequence(seed + number, count, samples, features, options["batch_first"])
                for number, count in enumerate((length, keys))
            ]
            compare_layer(
                compare,
                name,
                features,
                heads,
                inputs=inputs,
                seed=seed,
                call_options=lambda library: {key: library.array(mask) for key, mask in masks.items()},
                dropout=0.0,
                layer_norm_eps=eps,
                **options,
            )

        drawn()


@pytest.mark.parametrize("norm_first", [False, True])
def test_causality_is_torchs_causal_mask(norm_first):
    theirs = torch.nn.TransformerEncoderLayer(
        4, 2, 8, dropout=0.0, norm_first=norm_first, dtype=torch.float64
    )
    ours = TransformerEncoderLayer(
        4, 2, 8, dropout=0.0, norm_first=norm_first, rng=np.random.default_rng(0), like=np.ones(1)
    )
    ours.load_state_dict(theirs.state_dict())
    x, mask = (
        values(0, (5, 2, 4)),
        torch.nn.Transformer.generate_square_subsequent_mask(5, dtype=torch.float64),
    )
    wanted = theirs(torch.tensor(x), src_mask=mask, is_causal=True)
    np.testing.assert_allclose(ours(x, is_causal=True).data, wanted.detach(), rtol=1e-11)


@pytest.mark.parametrize("block", [TransformerEncoderLayer, TransformerDecoderLayer])
def test_dropout_changes_results_in_training_only(block):
    layer = block(4, 2, 8, dropout=0.5, rng=np.random.default_rng(0))
    x = [values(0, (5, 2, 4)).astype("float32")] * (1 + (block is TransformerDecoderLayer))
    assert not np.array_equal(layer(*x).data, layer(*x).data)
    layer.eval()
    assert np.array_equal(layer(*x).data, layer(*x).data)


def test_what_is_dropped_is_independent_in_each_place():
    layer = TransformerEncoderLayer(2, 1, 3, dropout=0.25, rng=np.random.default_rng(0))
    assert layer.self_attn.dropout == layer.dropout.p == layer.dropout1.p == layer.dropout2.p == 0.25


def test_the_activation_may_be_a_function():
    named, given_ = (
        TransformerEncoderLayer(4, 2, 8, 0.0, activation, rng=np.random.default_rng(0))
        for activation in ("gelu", F.gelu)
    )
    x = values(0, (3, 1, 4)).astype("float32")
    assert np.array_equal(named(x).data, given_(x).data)
    with pytest.raises(
        ValueError, match=r"`activation` \(='swish'\) is unknown; choose one of 'relu', 'gelu'"
    ):
        TransformerEncoderLayer(4, 2, activation="swish", rng=np.random.default_rng(0))
