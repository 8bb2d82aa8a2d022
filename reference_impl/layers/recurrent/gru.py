"""Gated recurrent units."""

from typing import Any

import numpy

from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.functional.cells import gru_step
from reference_impl.layers.recurrent.base import Recurrent, State


class GRU(Recurrent):
    r"""Read a sequence with a state that moves some of the way to a proposal, as learned gates say.

    $$\begin{aligned}
    r_t &= \sigma(W_{ir} x_t + b_{ir} + W_{hr} h_{t-1} + b_{hr}) \\
    z_t &= \sigma(W_{iz} x_t + b_{iz} + W_{hz} h_{t-1} + b_{hz}) \\
    n_t &= \tanh(W_{in} x_t + b_{in} + r_t \odot (W_{hn} h_{t-1} + b_{hn})) \\
    h_t &= (1 - z_t) \odot n_t + z_t \odot h_{t-1}
    \end{aligned}$$

    One step is [`gru_cell`][reference_impl.functional.gru_cell].

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
        `input` $(T, N, n)$, or $(N, T, n)$ with `batch_first`, or $(T, n)$; `hx` $(l, N, m)$
        with $l$ layers times directions; results $(T, N, m)$, or $(T, N, 2m)$ in both directions, and $(l, N, m)$.

    Examples:
        The gate $z$ is 1/2 and the proposal 0, so the state is halved at each of 3 times.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import GRU
        >>> x = torch.ones(2, 3, 1)  # 2 samples
        >>> layer = GRU(1, 1, bias=False, batch_first=True, rng=np.random.default_rng(0), like=x)
        >>> layer.load_state_dict({"weight_ih_l0": torch.zeros(3, 1), "weight_hh_l0": torch.zeros(3, 1)})
        >>> states, last = layer(x, torch.tensor([[[8.0], [40.0]]]))
        >>> states[1].tolist(), last.tolist()
        ([[20.0], [10.0], [5.0]], [[[1.0], [5.0]]])

    Source:
        Cho et al., [Learning phrase representations using RNN encoder-decoder](https://arxiv.org/abs/1406.1078), EMNLP
        2014.
    """

    gates = 3

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
        (h,) = state
        return (gru_step(projected, h, weight, bias),)

    def forward(self, input: Tensor | Array, hx: Tensor | Array | None = None) -> tuple[Tensor, Tensor]:
        """Run through the times of `input` from the state `hx`, 0 without it; return all states and the last ones."""
        output, (last,) = self.run(input, None if hx is None else (hx,))
        return output, last
