"""Kinsfolk of ReLU that let something of the negative side through, with their derivatives."""

from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.primitives import reshape

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


def leaky_relu(input: Tensor | Array, negative_slope: float = 0.01) -> Tensor:
    r"""Keep what is positive and multiply the rest by a small slope.

    $$y = \begin{cases} x & x > 0 \\ s x & x \le 0 \end{cases}, \qquad
      \frac{dy}{dx} = \begin{cases} 1 & x > 0 \\ s & x \le 0 \end{cases}$$

    Args:
        input: The entries $x$.
        negative_slope: The slope $s$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.leaky_relu(torch.tensor([-8.0, 0.0, 3.0]), negative_slope=0.25).tolist()  # -8 * 0.25 = -2
        [-2.0, 0.0, 3.0]
        >>> round(F.leaky_relu(torch.tensor([-8.0])).item(), 6)  # -8 * 0.01
        -0.08

    Source:
        Maas, Hannun and Ng, [Rectifier nonlinearities improve neural network acoustic
        models](https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf), 2013.
    """
    return _leaky_relu(input, slope=negative_slope)


@partial(primitive, fresh=True)
def _leaky_relu(xp: Namespace, x: Array, *, slope: float) -> Result:
    positive = array_of(x) > 0
    return xp.where(positive, x, slope * x), (lambda g: xp.where(positive, g, slope * g),)


def prelu(input: Tensor | Array, weight: Tensor | Array) -> Tensor:
    r"""Keep what is positive and multiply the rest by a slope that is learned.

    $$y = \begin{cases} x & x > 0 \\ w x & x \le 0 \end{cases}, \qquad
      \frac{\partial y}{\partial w} = \min(x, 0)$$

    Args:
        input: The entries $x$.
        weight: The slope $w$: one for all entries, or one for each channel.

    Returns:
        The entries $y$.

    Raises:
        ValueError: `weight` has neither one entry nor one for each channel.

    Shape:
        `input` $(*)$ or, for several slopes, $(N, C, *)$; `weight` $(1)$ or $(C)$; result as `input`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[-8.0], [-8.0]], [[3.0], [-1.0]]])
        >>> F.prelu(x, weight=torch.tensor([0.5, 0.125])).tolist()  # -8*0.5, -8*0.125; 3, -1*0.125
        [[[-4.0], [-1.0]], [[3.0], [-0.125]]]
        >>> F.prelu(x, weight=torch.tensor([0.25])).tolist()  # one slope for all channels
        [[[-2.0], [-2.0]], [[3.0], [-0.25]]]

    Source:
        He et al., [Delving deep into rectifiers](https://arxiv.org/abs/1502.01852), ICCV 2015.
    """
    channels = input.shape[1] if input.ndim > 1 else 1
    if weight.ndim > 1 or (weight.ndim and weight.shape[0] not in (1, channels)):
        shape = tuple(weight.shape)
        refuse("weight.shape", shape, f"must be (1,) or ({channels},)", "give each channel one slope, or all")
    several = weight.ndim == 1 and weight.shape[0] > 1
    slopes = reshape(weight, shape=(channels,) + (1,) * (input.ndim - 2)) if several else weight
    return _prelu(input, slopes)


@partial(primitive, fresh=True)
def _prelu(xp: Namespace, x: Array, w: Array) -> Result:
    positive = array_of(x) > 0
    return xp.where(positive, x, w * x), (
        lambda g: xp.where(positive, g, w * g),
        lambda g: xp.where(positive, 0.0, x * g),
    )


def elu(input: Tensor | Array, alpha: float = 1.0) -> Tensor:
    r"""Keep what is positive and bend the rest towards $-\alpha$.

    $$y = \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}, \qquad
      \frac{dy}{dx} = \begin{cases} 1 & x > 0 \\ \alpha e^x & x \le 0 \end{cases}$$

    Args:
        input: The entries $x$.
        alpha: The depth $\alpha$ of the negative side.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        For $x = -\ln 4$ it is $3 (1/4 - 1)$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.elu(torch.tensor([0.25, 1.0], dtype=torch.float64).log(), alpha=3.0).tolist()
        [-2.25, 0.0]
        >>> F.elu(torch.tensor([0.25], dtype=torch.float64).log()).item()  # 1/4 - 1
        -0.75

    Source:
        Clevert, Unterthiner and Hochreiter, [Fast and accurate deep network learning by exponential linear
        units](https://arxiv.org/abs/1511.07289), ICLR 2016.
    """
    return _elu(input, alpha=alpha, scale=1.0)


def selu(input: Tensor | Array) -> Tensor:
    r"""Apply the scaled ELU, whose constants make mean 0 and variance 1 a fixed point of deep layers.

    $$y = \lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases}, \qquad
      \lambda \approx 1.0507, \quad \alpha \approx 1.6733$$

    Args:
        input: The entries $x$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        On the far left it is $-\lambda \alpha = -1.75810$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> [round(y, 5) for y in F.selu(torch.tensor([-1.0, 2.0], dtype=torch.float64)).tolist()]
        [-1.11133, 2.1014]

    Source:
        Klambauer et al., [Self-normalizing neural networks](https://arxiv.org/abs/1706.02515), NeurIPS 2017.
    """
    return _elu(input, alpha=SELU_ALPHA, scale=SELU_SCALE)


@partial(primitive, fresh=True)
def _elu(xp: Namespace, x: Array, *, alpha: float, scale: float) -> Result:
    positive = array_of(x) > 0
    below = xp.where(positive, 0.0, x)
    y = xp.where(positive, scale * x, scale * alpha * xp.expm1(below))
    return y, (lambda g: xp.where(positive, scale * g, g * (scale * alpha * xp.exp(below))),)
