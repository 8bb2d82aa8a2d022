"""Steps of recurrent networks against torch's cells."""

import numpy as np
import pytest
import torch
from draws import seeds, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import check_gradients

GATES = {"rnn_tanh_cell": 1, "rnn_relu_cell": 1, "lstm_cell": 4, "gru_cell": 3}


def drawn_arrays(seed, name, batch, n, m, bias):
    rows = GATES[name] * m
    shapes = [(batch, n), (batch, m), (rows, n), (rows, m)] + [(rows,), (rows,)] * bias
    return [values(seed + number, shape) for number, shape in enumerate(shapes)]


@pytest.mark.parametrize("name", GATES)
def test_cells_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.{name}", precision) as compare:

        @some
        @given(seed=seeds, batch=sizes, n=sizes, m=sizes, bias=st.booleans(), part=st.integers(0, 1))
        def drawn(seed, batch, n, m, bias, part):
            def run(library, x, h, *weights):
                cell = getattr(torch if library is ORACLE else library.F, name)
                if name != "lstm_cell":
                    return cell(x, h, *weights)
                return cell(x, (h, h * 2.0), *weights)[part]

            compare(run, *drawn_arrays(seed, name, batch, n, m, bias), sums=True)

        drawn()


@pytest.mark.parametrize("name", GATES)
def test_gradients_are_right_to_second_order(name):
    arrays = drawn_arrays(3, name, 2, 2, 2, bias=True)

    def step(x, h, *weights):
        cell = getattr(F, name)
        return cell(x, (h, h), *weights)[1] if name == "lstm_cell" else cell(x, h, *weights) ** 2

    check_gradients(step, *(array + 0.05 for array in arrays), order=1)
    check_gradients(lambda x, h: step(x, h, *(array + 0.05 for array in arrays[2:])), *arrays[:2], order=2)


def test_a_step_takes_one_sample_alone():
    x, h, w_ih, w_hh = drawn_arrays(0, "gru_cell", 3, 2, 2, bias=False)
    every = F.gru_cell(x, h, w_ih, w_hh).data
    np.testing.assert_allclose(F.gru_cell(x[1], h[1], w_ih, w_hh).data, every[1], rtol=1e-14)
