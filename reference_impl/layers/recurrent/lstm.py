"""Long short-term memory."""

from typing import Any

import numpy

from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.functional.cells import lstm_step
from reference_impl.layers.recurrent.base import Recurrent, State


class LSTM(Recurrent):
    r"""Read a sequence with a memory that is forgotten, written and shown as learned gates say.

    $$\begin{aligned}
    (a_i, a_f, a_g, a_o) &= W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh} \\
    c_t &= \sigma(a_f) \odot c_{t-1} + \sigma(a_i) \odot \tanh(a_g) \\
    h_t &= \sigma(a_o) \odot \tanh(c_t)
    \end{aligned}$$

    One step is [`lstm_cell`][reference_impl.functional.lstm_cell]. Torch's `proj_size` is left out.

    At first, as in torch, all entries are drawn uniformly from $[-1/\sqrt m, 1/\sqrt m]$ with $m$ = `hidden_size`.

    Args:
        input_size: The number $n$ of features of the inputs.
        hidden_size: The number $m$ of features of the state.
        num_layers: The number of layers; each takes the states of the one before as inputs.
        bias: Whether there are vectors $b_{ih}$ and $b_{hh}$.
        batch_first: Whether the samples stand on the first axis and the times on the second, or the other way round.
        dropout: The probability with which an input of any layer but the first is set to zero in training.
        bidirectional: Whether a second network runs backwards through the times; its states stand beside the others.
        rng: The generator that draws the first values, and what is set to zero.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight_ih_l0: The matrix $W_{ih}$ of all gates of the first layer; likewise `weight_hh_l0`, `bias_ih_l0`
            and `bias_hh_l0`, then `weight_ih_l1` and so on, and with `_reverse` at the end for the way back.

    Raises:
        ValueError: A size is below 1.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(T, N, n)$, or $(N, T, n)$ with `batch_first`, or $(T, n)$; `hx` twice $(l, N, m)$
        with $l$ layers times directions; results $(T, N, m)$, or $(T, N, 2m)$ in both directions, and twice
        $(l, N, m)$.

    Examples:
        The input gate is 3/4, the forget gate 1/2, the proposal $\tanh(\ln 2) = 3/5$: $c_t = c_{t-1}/2 + 9/20$.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import LSTM
        >>> x = torch.ones(3, 1, 1)
        >>> layer = LSTM(1, 1, bias=False, rng=np.random.default_rng(0), like=x)
        >>> w_ih = torch.tensor([[3.0], [1.0], [2.0], [4.0]]).log()
        >>> layer.load_state_dict({"weight_ih_l0": w_ih, "weight_hh_l0": torch.zeros(4, 1)})
        >>> states, (last, memory) = layer(x, (torch.zeros(1, 1, 1), torch.full((1, 1, 1), 8.0)))
        >>> round(memory.item(), 4), round(last.item(), 4), states.shape  # 8, 4.45, 2.675, 1.7875; 4/5 tanh 1.7875
        (1.7875, 0.7564, (3, 1, 1))

    Source:
        Hochreiter and Schmidhuber, [Long short-term memory](https://doi.org/10.1162/neco.1997.9.8.1735), 1997; Gers,
        Schmidhuber and Cummins, [Learning to forget](https://doi.org/10.1162/089976600300015015), 2000.
    """

    gates = 4
    states = 2

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, rng, like, dtype
        )

    def step(self, projected: Tensor, state: State, weight: Any, bias: Any) -> State:
        """Return the next state, given what the input adds."""
        return lstm_step(projected, state, weight, bias)

    def forward(
        self, input: Tensor | Array, hx: tuple[Tensor | Array, Tensor | Array] | None = None
    ) -> tuple[Tensor, tuple[Tensor, ...]]:
        """Run through the times of `input` from the state `hx`, 0 without it; return all states and the last ones."""
        return self.run(input, hx)
