"""Smooth activations that weigh an entry by how large it is, and their piecewise linear relative."""

import math
from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, apply, array_of, primitive


def hardsigmoid(input: Tensor | Array) -> Tensor:
    r"""Squash each entry into $[0, 1]$ by a line with two bends, a cheap stand-in for the sigmoid.

    $$y = \frac{\min(\max(x + 3, 0), 6)}{6}, \qquad
      \frac{dy}{dx} = \begin{cases} 1/6 & |x| < 3 \\ 0 & |x| \ge 3 \end{cases}$$

    Torch rounds the slope to float32 in every precision: 0.16666667.

    Args:
        input: The entries $x$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([-4.0, 1.5, 7.0])
        >>> list(zip(x.tolist(), F.hardsigmoid(x).tolist()))  # (1.5 + 3) / 6 = 0.75
        [(-4.0, 0.0), (1.5, 0.75), (7.0, 1.0)]

    Source:
        Courbariaux, Bengio and David, [BinaryConnect](https://arxiv.org/abs/1511.00363), NeurIPS 2015, with the slope
        1/6 of Howard et al., [Searching for MobileNetV3](https://arxiv.org/abs/1905.02244), ICCV 2019.
    """
    return _hardsigmoid(input)


@partial(primitive, fresh=True)
def _hardsigmoid(xp: Namespace, x: Array) -> Result:
    values = array_of(x)
    rising = (values > -3.0) & (values < 3.0)
    clipped = xp.where(values <= -3.0, 0.0, xp.where(values >= 3.0, 6.0, x + 3.0))
    return clipped / 6.0, (lambda g: xp.where(rising, g / 6.0, 0.0),)


def silu(input: Tensor | Array) -> Tensor:
    r"""Multiply each entry by its own sigmoid; also called swish.

    $$y = x \sigma(x), \qquad \frac{dy}{dx} = \sigma(x) \bigl(1 + x (1 - \sigma(x))\bigr)$$

    Args:
        input: The entries $x$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        The sigmoid of $\ln 3$ is 3/4, that of $-\ln 4$ is 1/5.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([3.0, 0.25], dtype=torch.float64).log()
        >>> [round(share, 12) for share in (F.silu(x) / x).tolist()]
        [0.75, 0.2]

    Source:
        Elfwing, Uchibe and Doya, [Sigmoid-weighted linear units](https://arxiv.org/abs/1702.03118), 2017.
    """
    return _silu(input)


@partial(primitive, fresh=True)
def _silu(xp: Namespace, x: Array) -> Result:
    s = stable_sigmoid(xp, x)
    return x * s, (lambda g: g * (s * (1.0 + x * (1.0 - s))),)


def stable_sigmoid(xp: Namespace, x: Array) -> Array:
    """Compute $1 / (1 + e^{-x})$ from $e^{-|x|}$, so that no power overflows."""
    right = array_of(x) >= 0
    power = xp.exp(xp.where(right, -x, x))
    return xp.where(right, 1.0, power) / (1.0 + power)


def softplus(input: Tensor | Array, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    r"""Round the corner of ReLU off.

    $$y = \frac{1}{\beta} \ln(1 + e^{\beta x}), \qquad \frac{dy}{dx} = \sigma(\beta x)$$

    As in torch, $y = x$ with slope 1 is taken where $\beta x$ is above `threshold`.

    Args:
        input: The entries $x$.
        beta: How sharp the corner is: $\beta$.
        threshold: Where the line takes over.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        $e^{2 y} = 1 + e^{2 x}$ for $\beta = 2$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([3.0, 8.0], dtype=torch.float64).log() / 2
        >>> [round(value, 12) for value in (2 * F.softplus(x, beta=2.0)).exp().tolist()]
        [4.0, 9.0]
        >>> round(F.softplus(torch.tensor([0.0])).exp().item(), 5)  # 1 + e**0
        2.0
        >>> F.softplus(torch.tensor([5.0]), threshold=4.0).item()
        5.0
        >>> far = torch.arange(19.0, 22.0, dtype=torch.float64)  # the line takes over at 20 unless told otherwise
        >>> (F.softplus(far).data == far).tolist()
        [False, False, True]

    Source:
        Dugas et al., [Incorporating second-order functional
        knowledge](https://papers.nips.cc/paper/1920-incorporating-second-order-functional-knowledge-for-better-option-pricing),
        NeurIPS 2000.
    """
    return _softplus(input, beta=beta, threshold=threshold)


@partial(primitive, fresh=True)
def _softplus(xp: Namespace, x: Array, *, beta: float, threshold: float) -> Result:
    z = beta * x
    line = array_of(z) > threshold
    right = array_of(z) >= 0
    corner = xp.log1p(xp.exp(xp.where(right, -z, z)))  # ln(1 + e^z) = max(z, 0) + ln(1 + e^(-|z|))
    y = xp.where(line, x, (xp.where(right, z, 0.0) + corner) / beta)
    return y, (lambda g: xp.where(line, g, g * stable_sigmoid(xp, z)),)


def gelu(input: Tensor | Array, approximate: str = "none") -> Tensor:
    r"""Multiply each entry by the probability that a standard normal number is below it.

    $$y = x \Phi(x) = \frac{x}{2} \left(1 + \mathrm{erf} \frac{x}{\sqrt 2}\right), \qquad
      \frac{dy}{dx} = \Phi(x) + \frac{x}{\sqrt{2 \pi}} e^{-x^2 / 2}$$

    With `approximate="tanh"` a formula without erf takes its place, at most 0.0005 away:

    $$y = \frac{x}{2} \left(1 + \tanh\left(\sqrt{2 / \pi} \, (x + 0.044715 x^3)\right)\right)$$

    Args:
        input: The entries $x$.
        approximate: `"none"` or `"tanh"`.

    Returns:
        The entries $y$.

    Raises:
        ValueError: `approximate` is unknown.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
        >>> [round(y, 5) for y in F.gelu(x).tolist()]  # -1 * 0.15866, 2 * 0.97725
        [-0.15866, 1.9545]
        >>> [round(y, 5) for y in F.gelu(x, approximate="tanh").tolist()]
        [-0.15881, 1.9546]

    Source:
        Hendrycks and Gimpel, [Gaussian error linear units](https://arxiv.org/abs/1606.08415), 2016.
    """
    check_choice("approximate", approximate, ("none", "tanh"))
    return _gelu(input) if approximate == "none" else _gelu_by_tanh(input)


@partial(primitive, fresh=True)
def _gelu(xp: Namespace, x: Array) -> Result:
    below = 0.5 * (1.0 + apply(primitives.erf, x * math.sqrt(0.5)))

    def derivative(g: Array) -> Array:
        return g * (below + x * (xp.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)))

    return x * below, (derivative,)


@partial(primitive, fresh=True)
def _gelu_by_tanh(xp: Namespace, x: Array) -> Result:
    slope = math.sqrt(2.0 / math.pi)
    t = xp.tanh(slope * (x + 0.044715 * (x * x * x)))

    def derivative(g: Array) -> Array:
        inner = slope * (1.0 + 3.0 * 0.044715 * (x * x))
        return g * (0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * inner)

    return 0.5 * x * (1.0 + t), (derivative,)
