"""Elman networks."""

from typing import Any

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor
from reference_impl.functional.cells import relu_step, tanh_step
from reference_impl.layers.recurrent.base import Recurrent, State


class RNN(Recurrent):
    r"""Read a sequence with an Elman network: the state is a squashed mix of the input and the state before.

    $$h_t = \tanh(W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh})$$

    With `nonlinearity="relu"`, $\max(\cdot, 0)$ takes the place of $\tanh$.

    At first, as in torch, all entries are drawn uniformly from $[-1/\sqrt m, 1/\sqrt m]$ with $m$ = `hidden_size`.

    Args:
        input_size: The number $n$ of features of the inputs.
        hidden_size: The number $m$ of features of the state.
        num_layers: The number of layers; each takes the states of the one before as inputs.
        nonlinearity: `"tanh"` or `"relu"`.
        bias: Whether there are vectors $b_{ih}$ and $b_{hh}$.
        batch_first: Whether the samples stand on the first axis and the times on the second, or the other way round.
        dropout: The probability with which an input of any layer but the first is set to zero in training.
        bidirectional: Whether a second network runs backwards through the times; its states stand beside the others.
        rng: The generator that draws the first values, and what is set to zero.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight_ih_l0: The matrix $W_{ih}$ of the first layer; likewise `weight_hh_l0`, `bias_ih_l0`
            and `bias_hh_l0`, then `weight_ih_l1` and so on, and with `_reverse` at the end for the way back.

    Raises:
        ValueError: A size is below 1, or `nonlinearity` is unknown.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(T, N, n)$, or $(N, T, n)$ with `batch_first`, or $(T, n)$; `hx` $(l, N, m)$
        with $l$ layers times directions; results $(T, N, m)$, or $(T, N, 2m)$ in both directions, and $(l, N, m)$.

    Examples:
        Each state is the input and half of the state before.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import RNN
        >>> x = torch.tensor([[4.0], [1.0], [-8.0], [2.0]])  # one sequence of 4 times
        >>> layer = RNN(1, 1, nonlinearity="relu", bias=False, rng=np.random.default_rng(0), like=x)
        >>> layer.load_state_dict({"weight_ih_l0": torch.tensor([[1.0]]), "weight_hh_l0": torch.tensor([[0.5]])})
        >>> states, last = layer(x)
        >>> states.tolist(), last.tolist()  # 4, 1 + 2, -8 + 1.5 < 0, 2 + 0
        ([[4.0], [3.0], [0.0], [2.0]], [[2.0]])

    Source:
        Elman, [Finding structure in time](https://doi.org/10.1207/s15516709cog1402_1), 1990.
    """

    gates = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: str = "tanh",
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_choice("nonlinearity", nonlinearity, ("tanh", "relu"))
        self.nonlinearity = nonlinearity
        super().__init__(
            input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, rng, like, dtype
        )

    def step(self, projected: Tensor, state: State, weight: Any, bias: Any) -> State:
        """Return the next state, given what the input adds."""
        one_step = tanh_step if self.nonlinearity == "tanh" else relu_step
        (h,) = state
        return (one_step(projected, h, weight, bias),)

    def forward(self, input: Tensor | Array, hx: Tensor | Array | None = None) -> tuple[Tensor, Tensor]:
        """Run through the times of `input` from the state `hx`, 0 without it; return all states and the last ones."""
        output, (last,) = self.run(input, None if hx is None else (hx,))
        return output, last
