"""Steps of recurrent networks: from one state to the next."""

from reference_impl._array import Array
from reference_impl.autograd import Tensor, primitives
from reference_impl.functional.activations import relu, sigmoid
from reference_impl.functional.affine import linear

Weights = tuple[Tensor | Array | None, ...]
LSTMState = tuple[Tensor | Array, Tensor | Array]


def rnn_tanh_cell(
    input: Tensor | Array,
    hx: Tensor | Array,
    w_ih: Tensor | Array,
    w_hh: Tensor | Array,
    b_ih: Tensor | Array | None = None,
    b_hh: Tensor | Array | None = None,
) -> Tensor:
    r"""Take one step of an Elman network: mix input and state, and squash.

    $$h' = \tanh(W_{ih} x + b_{ih} + W_{hh} h + b_{hh})$$

    Args:
        input: The input $x$.
        hx: The state $h$.
        w_ih: The matrix $W_{ih}$.
        w_hh: The matrix $W_{hh}$.
        b_ih: The vector $b_{ih}$; None adds nothing.
        b_hh: The vector $b_{hh}$; None adds nothing.

    Returns:
        The next state $h'$.

    Raises:
        RuntimeError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, n)$, `hx` $(*, m)$, `w_ih` $(m, n)$, `w_hh` $(m, m)$, biases $(m)$; result $(*, m)$.

    Examples:
        For $\ln 2$ the result is $(2 - 1/2) / (2 + 1/2) = 0.6$; here $\ln 2 = 3 \ln 2 - 2 \ln 2$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[2.0]], dtype=torch.float64).log()
        >>> w_ih, w_hh = torch.tensor([[3.0]], dtype=torch.float64), torch.tensor([[-2.0]], dtype=torch.float64)
        >>> round(F.rnn_tanh_cell(x, x, w_ih, w_hh).item(), 12)
        0.6

    Source:
        Elman, [Finding structure in time](https://doi.org/10.1207/s15516709cog1402_1), 1990.
    """
    return tanh_step(linear(input, w_ih, b_ih), hx, w_hh, b_hh)


def tanh_step(
    projected: Tensor, h: Tensor | Array, w_hh: Tensor | Array, b_hh: Tensor | Array | None
) -> Tensor:
    """Take a step from the state $h$, given what the input adds."""
    return primitives.tanh(projected + linear(h, w_hh, b_hh))


def rnn_relu_cell(
    input: Tensor | Array,
    hx: Tensor | Array,
    w_ih: Tensor | Array,
    w_hh: Tensor | Array,
    b_ih: Tensor | Array | None = None,
    b_hh: Tensor | Array | None = None,
) -> Tensor:
    r"""Take one step of an Elman network with ReLU: mix input and state, and keep what is positive.

    $$h' = \max(W_{ih} x + b_{ih} + W_{hh} h + b_{hh}, 0)$$

    Args:
        input: The input $x$.
        hx: The state $h$.
        w_ih: The matrix $W_{ih}$.
        w_hh: The matrix $W_{hh}$.
        b_ih: The vector $b_{ih}$; None adds nothing.
        b_hh: The vector $b_{hh}$; None adds nothing.

    Returns:
        The next state $h'$.

    Raises:
        RuntimeError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, n)$, `hx` $(*, m)$, `w_ih` $(m, n)$, `w_hh` $(m, m)$, biases $(m)$; result $(*, m)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, h, weight = torch.tensor([[5.0]]), torch.tensor([[3.0]]), torch.tensor([[2.0]])
        >>> F.rnn_relu_cell(x, h, weight, -weight).item(), F.rnn_relu_cell(h, x, weight, -weight).item()  # 10 - 6
        (4.0, 0.0)

    Source:
        Le, Jaitly and Hinton, [A simple way to initialize recurrent networks of rectified linear
        units](https://arxiv.org/abs/1504.00941), 2015.
    """
    return relu_step(linear(input, w_ih, b_ih), hx, w_hh, b_hh)


def relu_step(
    projected: Tensor, h: Tensor | Array, w_hh: Tensor | Array, b_hh: Tensor | Array | None
) -> Tensor:
    """Take a step from the state $h$, given what the input adds."""
    return relu(projected + linear(h, w_hh, b_hh))


def lstm_cell(
    input: Tensor | Array,
    hx: LSTMState,
    w_ih: Tensor | Array,
    w_hh: Tensor | Array,
    b_ih: Tensor | Array | None = None,
    b_hh: Tensor | Array | None = None,
) -> tuple[Tensor, Tensor]:
    r"""Take one step of an LSTM: forget some of the memory, add to it, and show some of it.

    $$\begin{aligned}
    (a_i, a_f, a_g, a_o) &= W_{ih} x + b_{ih} + W_{hh} h + b_{hh} \\
    c' &= \sigma(a_f) \odot c + \sigma(a_i) \odot \tanh(a_g) \\
    h' &= \sigma(a_o) \odot \tanh(c')
    \end{aligned}$$

    Args:
        input: The input $x$.
        hx: The state $h$ and the memory $c$.
        w_ih: The matrix $W_{ih}$: those of the gates $i$, $f$, $g$ and $o$, one below the other.
        w_hh: The matrix $W_{hh}$, likewise.
        b_ih: The vector $b_{ih}$; None adds nothing.
        b_hh: The vector $b_{hh}$; None adds nothing.

    Returns:
        The next state $h'$ and memory $c'$.

    Raises:
        RuntimeError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, n)$, `hx` twice $(*, m)$, `w_ih` $(4m, n)$, `w_hh` $(4m, m)$, biases $(4m)$; results $(*, m)$.

    Examples:
        Wide open input and output gates, a forget gate that keeps 3/4, and $a_g = 0$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> w_ih = torch.tensor([[1.0], [1.0], [0.5], [1.0]], dtype=torch.float64)
        >>> x, h = torch.tensor([[3.0]], dtype=torch.float64).log(), torch.zeros(1, 1, dtype=torch.float64)
        >>> h, c = F.lstm_cell(x, (h, h + 8.0), w_ih, torch.zeros_like(w_ih))
        >>> round(c.item(), 12), round(h.item(), 6)  # 3/4 * 8 + 3/4 * 1/2; 3/4 * tanh 6.375
        (6.375, 0.749996)

    Source:
        Hochreiter and Schmidhuber, [Long short-term memory](https://doi.org/10.1162/neco.1997.9.8.1735), 1997; Gers,
        Schmidhuber and Cummins, [Learning to forget](https://doi.org/10.1162/089976600300015015), 2000.
    """
    return lstm_step(linear(input, w_ih, b_ih), hx, w_hh, b_hh)


def lstm_step(
    projected: Tensor, state: LSTMState, w_hh: Tensor | Array, b_hh: Tensor | Array | None
) -> tuple[Tensor, Tensor]:
    """Take a step from the state and the memory, given what the input adds."""
    h, c = state
    add, forget, proposed, show = parts(projected + linear(h, w_hh, b_hh), 4)
    memory = sigmoid(forget) * c + sigmoid(add) * primitives.tanh(proposed)
    return sigmoid(show) * primitives.tanh(memory), memory


def gru_cell(
    input: Tensor | Array,
    hx: Tensor | Array,
    w_ih: Tensor | Array,
    w_hh: Tensor | Array,
    b_ih: Tensor | Array | None = None,
    b_hh: Tensor | Array | None = None,
) -> Tensor:
    r"""Take one step of a gated recurrent unit: propose a state, and move some of the way to it.

    $$\begin{aligned}
    (a_r, a_z, a_n) &= W_{ih} x + b_{ih}, \qquad (u_r, u_z, u_n) = W_{hh} h + b_{hh} \\
    r &= \sigma(a_r + u_r), \qquad z = \sigma(a_z + u_z), \qquad n = \tanh(a_n + r \odot u_n) \\
    h' &= (1 - z) \odot n + z \odot h
    \end{aligned}$$

    As in torch, $r$ weighs the product with $W_{hh}$; the paper weighs $h$ before it.

    Args:
        input: The input $x$.
        hx: The state $h$.
        w_ih: The matrix $W_{ih}$: those of $r$, $z$ and $n$, one below the other.
        w_hh: The matrix $W_{hh}$, likewise.
        b_ih: The vector $b_{ih}$; None adds nothing.
        b_hh: The vector $b_{hh}$; None adds nothing.

    Returns:
        The next state $h'$.

    Raises:
        RuntimeError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, n)$, `hx` $(*, m)$, `w_ih` $(3m, n)$, `w_hh` $(3m, m)$, biases $(3m)$; result $(*, m)$.

    Examples:
        Both gates are $\sigma(\ln 3) = 3/4$. The proposal is $\tanh(3/4 \cdot 8 \cdot (\ln 2) / 6) = 3/5$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> w_ih = torch.tensor([[1.0], [1.0], [0.0]], dtype=torch.float64)
        >>> w_hh = torch.tensor([[1.0], [1.0], [2.0]], dtype=torch.float64).log() / 6
        >>> x, h = torch.tensor([[3.0]], dtype=torch.float64).log(), torch.tensor([[8.0]], dtype=torch.float64)
        >>> round(F.gru_cell(x, h, w_ih, w_hh).item(), 12)  # 1/4 * 3/5 + 3/4 * 8
        6.15

    Source:
        Cho et al., [Learning phrase representations using RNN
        encoder-decoder](https://arxiv.org/abs/1406.1078), EMNLP 2014.
    """
    return gru_step(linear(input, w_ih, b_ih), hx, w_hh, b_hh)


def gru_step(
    projected: Tensor, h: Tensor | Array, w_hh: Tensor | Array, b_hh: Tensor | Array | None
) -> Tensor:
    """Take a step from the state $h$, given what the input adds."""
    from_input, from_state = parts(projected, 3), parts(linear(h, w_hh, b_hh), 3)
    reset, keep = (sigmoid(a + u) for a, u in zip(from_input[:2], from_state[:2], strict=True))
    proposed = primitives.tanh(from_input[2] + reset * from_state[2])
    return (1.0 - keep) * proposed + keep * h


def parts(gates: Tensor, count: int) -> list[Tensor]:
    """Cut the last axis into `count` equal parts."""
    return primitives.split(gates, gates.shape[-1] // count, axis=-1)
