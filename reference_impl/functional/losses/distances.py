"""Losses for numbers: how far outputs are from their targets, with the derivatives."""

import math
from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl._checks import check_at_least, refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.functional.losses.reduction import check_reduction, check_same_shape, reduced


def mse_loss(input: Tensor | Array, target: Tensor | Array, reduction: str = "mean") -> Tensor:
    r"""Measure the squared error.

    $$\ell = (x - t)^2, \qquad \frac{\partial \ell}{\partial x} = 2 (x - t) = -\frac{\partial \ell}{\partial t}$$

    Args:
        input: The outputs $x$.
        target: What was wanted, $t$.
        reduction: What to do with the squared errors of the entries: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ (torch only warns, and broadcasts).
        TypeError: `input` and `target` differ in library or dtype.
        RuntimeError: They are on different devices.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> output, wanted = torch.tensor([[1.0, 2.0, 4.0]]), torch.tensor([[3.0, 3.5, 1.0]])
        >>> F.mse_loss(output, target=wanted, reduction="none").tolist()  # (-2)**2, (-1.5)**2, 3**2
        [[4.0, 2.25, 9.0]]
    """
    check_reduction(reduction)
    check_same_shape(input, target)
    return _mse_loss(input, target, reduction=reduction)


@partial(primitive, fresh=True)
def _mse_loss(xp: Namespace, x: Array, t: Array, *, reduction: str) -> Result:
    error = x - t
    squares = error * error
    scale = 2.0 / math.prod(error.shape) if reduction == "mean" and math.prod(error.shape) else 2.0
    result = squares if reduction == "none" else xp.sum(squares) if reduction == "sum" else xp.mean(squares)
    return result, (lambda g: g * scale * error, lambda g: g * -scale * error)


def l1_loss(input: Tensor | Array, target: Tensor | Array, reduction: str = "mean") -> Tensor:
    r"""Measure the absolute error.

    $$\ell = |x - t|, \qquad \frac{\partial \ell}{\partial x} = \mathrm{sign}(x - t)$$

    Args:
        input: The outputs $x$.
        target: What was wanted, $t$.
        reduction: What to do with the errors of the entries: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ (torch only warns, and broadcasts).
        TypeError: `input` and `target` differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.l1_loss(torch.tensor([1.0, 2.0, 4.0]), target=torch.tensor([3.0, 3.5, 1.0]), reduction="sum").item()
        6.5
        >>> # 2 + 1.5 + 3 = 6.5
    """
    check_reduction(reduction)
    check_same_shape(input, target)
    return reduced(primitives.abs(primitives.subtract(input, target)), reduction)


def huber_loss(
    input: Tensor | Array, target: Tensor | Array, reduction: str = "mean", delta: float = 1.0
) -> Tensor:
    r"""Measure small errors by half their square and large ones by their size.

    $$\ell = \begin{cases} \frac12 (x - t)^2 & |x - t| < \delta \\
      \delta \, (|x - t| - \frac12 \delta) & \text{else} \end{cases}, \qquad
      \frac{\partial \ell}{\partial x} = \min(\max(x - t, -\delta), \delta)$$

    Args:
        input: The outputs $x$.
        target: What was wanted, $t$.
        reduction: What to do with the losses of the entries: take their `"mean"`, their `"sum"`, or `"none"`.
        delta: Where the parabola ends: $\delta$.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, `delta` isn't positive, or the shapes differ.
        TypeError: `input` and `target` differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, t = torch.tensor([1.0, 2.0, 4.0]), torch.tensor([3.0, 3.0, -1.0])
        >>> F.huber_loss(x, target=t, reduction="none", delta=2.0).tolist()  # 2*(2 - 1), 1/2 * 1, 2*(5 - 1)
        [2.0, 0.5, 8.0]
        >>> F.huber_loss(x, target=t, reduction="none").tolist()  # 2 - 1/2, 1/2 * 1, 5 - 1/2
        [1.5, 0.5, 4.5]

    Source:
        Huber, [Robust estimation of a location parameter](https://doi.org/10.1214/aoms/1177703732), 1964.
    """
    check_reduction(reduction)
    if not delta > 0:
        refuse("delta", delta, "must be positive", "pass e.g. delta=1.0")
    check_same_shape(input, target)
    return reduced(_huber(input, target, delta=delta), reduction)


@partial(primitive, fresh=True)
def _huber(xp: Namespace, x: Array, t: Array, *, delta: float) -> Result:
    error = x - t
    distance = xp.abs(error)
    near = array_of(distance) < delta
    inside = xp.where(near, error, 0.0)

    def derivative(g: Array) -> Array:
        return g * xp.where(near, error, delta * xp.sign(error))

    losses = xp.where(near, 0.5 * inside * inside, delta * (distance - 0.5 * delta))
    return losses, (derivative, lambda g: -derivative(g))


def smooth_l1_loss(
    input: Tensor | Array, target: Tensor | Array, reduction: str = "mean", beta: float = 1.0
) -> Tensor:
    r"""Measure the absolute error with its corner rounded off: the Huber loss divided by its $\delta$.

    $$\ell = \begin{cases} \frac{1}{2 \beta} (x - t)^2 & |x - t| < \beta \\
      |x - t| - \frac12 \beta & \text{else} \end{cases}$$

    Args:
        input: The outputs $x$.
        target: What was wanted, $t$.
        reduction: What to do with the losses of the entries: take their `"mean"`, their `"sum"`, or `"none"`.
        beta: Where the corner begins: $\beta$; 0 gives the absolute error.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, `beta` is negative, or the shapes differ.
        TypeError: `input` and `target` differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, t = torch.tensor([1.0, 2.0, 4.0]), torch.tensor([3.0, 2.25, -1.0])
        >>> F.smooth_l1_loss(x, target=t, reduction="none", beta=0.5).tolist()  # 2 - 1/4, 1 * 1/16, 5 - 1/4
        [1.75, 0.0625, 4.75]
        >>> F.smooth_l1_loss(x, target=t, reduction="none").tolist()  # 2 - 1/2, 1/2 * 1/16, 5 - 1/2
        [1.5, 0.03125, 4.5]

    Source:
        Girshick, [Fast R-CNN](https://arxiv.org/abs/1504.08083), ICCV 2015.
    """
    check_at_least("beta", beta, 0, example=1.0)
    if beta == 0:
        return l1_loss(input, target, reduction)
    return huber_loss(input, target, reduction, delta=beta) / beta
