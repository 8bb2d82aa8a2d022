"""Recurrent layers against torch's: layers, directions, states, order of axes, dropout, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from twins import compare_layer, some

from reference_impl.layers import GRU, LSTM, RNN

NAMES = ["RNN", "LSTM", "GRU"]
small = st.integers(1, 3)


def picked(part):
    """Pick one of the results: all states, the last state, or the last memory."""

    def pick(result):
        states, last = result
        return states if part == 0 else last if not isinstance(last, tuple) else last[part - 1]

    return pick


@pytest.mark.parametrize("name", NAMES)
def test_recurrent_layers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.layers.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            lengths=st.tuples(small, small, small, small),
            num_layers=small,
            bias=st.booleans(),
            batch_first=st.booleans(),
            bidirectional=st.booleans(),
            started=st.booleans(),
            alone=st.booleans(),
            relu=st.booleans(),
            part=st.integers(0, 2),
        )
        def drawn(seed, lengths, num_layers, bias, batch_first, bidirectional, started, alone, relu, part):
            times, batch, n, m = lengths
            shape = (times, n) if alone else (batch, times, n) if batch_first else (times, batch, n)
            count = num_layers * (1 + bidirectional)
            start = values(seed, (count, m) if alone else (count, batch, m))

            def call_options(library):
                h = library.tensor(compare.cast(start))
                state = (h, h * 2.0) if name == "LSTM" else h
                return {"hx": state} if started else {}

            compare_layer(
                compare,
                name,
                n,
                m,
                inputs=[values(seed, shape)],
                seed=seed,
                output=picked(part),
                call_options=call_options,
                num_layers=num_layers,
                bias=bias,
                batch_first=batch_first,
                bidirectional=bidirectional,
                **({"nonlinearity": "relu"} if relu and name == "RNN" else {}),
            )

        drawn()


@pytest.mark.parametrize("layer", [RNN, LSTM, GRU])
def test_first_values_are_uniform_up_to_one_over_the_root_of_the_hidden_size(layer):
    ours = layer(3, 400, rng=np.random.default_rng(0))
    theirs = getattr(torch.nn, layer.__name__)(3, 400)
    for name, parameter in theirs.named_parameters():
        found = ours.state_dict()[name]
        for entries in (found, parameter.detach().numpy()):
            assert abs(entries).max() <= 0.05
            assert abs(entries).max() == pytest.approx(0.05, rel=0.02)
            assert entries.std() == pytest.approx(0.05 / 3**0.5, rel=0.1)


def test_dropout_falls_between_layers_in_training_only():
    x = np.ones((2, 1, 3), dtype=np.float32)
    rng = np.random.default_rng(0)
    deep, shallow = GRU(3, 4, num_layers=2, dropout=0.5, rng=rng), GRU(3, 4, dropout=0.5, rng=rng)
    assert not np.array_equal(deep(x)[0].data, deep(x)[0].data)
    assert np.array_equal(shallow(x)[0].data, shallow(x)[0].data)
    deep.eval()
    assert np.array_equal(deep(x)[0].data, deep(x)[0].data)


def test_the_hidden_states_of_the_last_layer_are_not_dropped():
    x = np.ones((1, 1, 3), dtype=np.float32)
    layer = GRU(3, 4, num_layers=2, dropout=0.9, rng=np.random.default_rng(0))
    assert (layer(x)[0].data != 0).all()


def test_what_does_not_fit_is_named():
    layer = LSTM(3, 4, rng=np.random.default_rng(0), like=np.ones(1))
    with pytest.raises(
        RuntimeError, match=r"`input` \(of shape \(2, 5\)\) must have the 3 features of `input_size`"
    ):
        layer(np.ones((2, 5)))
    with pytest.raises(
        ValueError, match=r"`input` \(of shape \(3,\)\) must have 3 axes, or 2 for one sequence"
    ):
        layer(np.ones(3))
    with pytest.raises(
        RuntimeError, match="Expected sequence length to be larger than 0, but `input` has shape"
    ):
        layer(np.ones((0, 2, 3)))
    h = np.ones((1, 7, 4))
    with pytest.raises(RuntimeError, match=r"Expected hidden size \(1, 2, 4\), got \(1, 7, 4\), in `hx`"):
        layer(np.ones((5, 2, 3)), (h, h))
    with pytest.raises(ValueError, match=r"`num_layers` \(=0\) must be at least 1; pass e.g. num_layers=3"):
        RNN(3, 4, num_layers=0, rng=np.random.default_rng(0))
    with pytest.raises(
        ValueError, match=r"`nonlinearity` \(='elu'\) is unknown; choose one of 'tanh', 'relu'"
    ):
        RNN(3, 4, nonlinearity="elu", rng=np.random.default_rng(0))
