"""Functions of each entry, with their derivatives."""

from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, primitive


def relu(input: Tensor | Array) -> Tensor:
    r"""Keep what is positive and set the rest to zero.

    $$y = \max(x, 0), \qquad \frac{dy}{dx} = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}$$

    The gradient is multiplied by that derivative, so an infinite one gives NaN at $x \le 0$, where torch gives 0.

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
        >>> x = torch.tensor([-3.0, 0.0, 2.5])
        >>> F.relu(x).tolist(), F.relu(-x).tolist()
        ([0.0, 0.0, 2.5], [3.0, 0.0, 0.0])

    Source:
        Nair and Hinton, [Rectified linear units improve restricted Boltzmann
        machines](https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf), ICML 2010.
    """
    return _relu(input)


@partial(primitive, fresh=True)
def _relu(xp: Namespace, x: Array) -> Result:
    y = xp.maximum(x, 0.0)
    return y, (lambda g: g * xp.astype(~(y <= 0), y.dtype),)  # on NumPy, ten times as fast as where


def sigmoid(input: Tensor | Array) -> Tensor:
    r"""Squash each entry into $(0, 1)$ by the logistic function.

    $$y = \frac{1}{1 + e^{-x}}, \qquad \frac{dy}{dx} = y (1 - y)$$

    Negative entries use the equal form $e^x / (1 + e^x)$, so that nothing overflows.

    Args:
        input: The entries $x$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        The sigmoid of $\ln 3$ is $3 / (3 + 1)$, that of $-\ln 3$ is $1 / (1 + 3)$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> odds = torch.tensor([3.0, 1.0, 1 / 3], dtype=torch.float64)
        >>> F.sigmoid(odds.log()).tolist()
        [0.75, 0.5, 0.25]
    """
    return _sigmoid(input)


@partial(primitive, fresh=True)
def _sigmoid(xp: Namespace, x: Array) -> Result:
    power = xp.exp(xp.where(x >= 0, -x, x))  # e^(-|x|), smooth on either side of 0
    y = xp.where(x >= 0, 1.0, power) / (1.0 + power)
    return y, (lambda g: g * (y * (1.0 - y)),)


def tanh(input: Tensor | Array) -> Tensor:
    r"""Squash each entry into $(-1, 1)$ by the hyperbolic tangent.

    $$y = \frac{e^x - e^{-x}}{e^x + e^{-x}}, \qquad \frac{dy}{dx} = 1 - y^2$$

    Args:
        input: The entries $x$.

    Returns:
        The entries $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        For $x = \ln 2$ it is $(2 - 1/2) / (2 + 1/2) = 0.6$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.tanh(torch.tensor([2.0, 0.5], dtype=torch.float64).log()).tolist()
        [0.6, -0.6]
    """
    return primitives.tanh(input)
