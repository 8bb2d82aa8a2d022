"""Losses: how far outputs are from what was wanted, with their derivatives."""

import math
from functools import partial

from reference_impl._array import Array, Namespace, check_same_place, describe, is_integer, namespace
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.primitives import permute_dims, reshape

REDUCTIONS = ("mean", "sum", "none")


def cross_entropy(input: Tensor | Array, target: Tensor | Array, reduction: str = "mean") -> Tensor:
    r"""Measure how little probability the scores give to the true class.

    For scores $x$ and the true class $t$ of one sample,

    $$\ell = -\ln \frac{e^{x_t}}{\sum_k e^{x_k}}, \qquad
      \frac{\partial \ell}{\partial x_k} = \mathrm{softmax}(x)_k - [k = t]$$

    Args:
        input: The scores $x$ (logits), not probabilities.
        target: The true classes $t$, integers from 0 to $C - 1$.
        reduction: What to do with the losses of the samples: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each sample with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes don't fit.
        TypeError: `target` doesn't hold integers, or is of another library than `input`.
        IndexError: A class is below 0, or not below $C$.
        RuntimeError: `input` and `target` are on different devices.

    Shape:
        `input` $(C)$, $(N, C)$ or $(N, C, *)$; `target` $()$, $(N)$ or $(N, *)$; result $()$, or the shape of `target`.

    Examples:
        The scores are logarithms of counts, so the probabilities are 5/8 and 1/4.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> scores = torch.tensor([[1.0, 2.0, 5.0], [1.0, 1.0, 2.0]], dtype=torch.float64).log()
        >>> losses = F.cross_entropy(scores, torch.tensor([2, 1]), reduction="none")
        >>> (-losses).exp().tolist()
        [0.625, 0.25]
    """
    check_choice("reduction", reduction, REDUCTIONS)
    target = array_of(target)
    _check_target(input, target)
    return _cross_entropy_of_any(input, target, reduction)


def _cross_entropy_of_any(input: Tensor | Array, target: Array, reduction: str) -> Tensor:
    """Bring the classes to the last of two axes, and the losses back into the shape of `target`."""
    if input.ndim == 2:
        return _cross_entropy(input, target=target, reduction=reduction)
    classes_last = (0, *range(2, input.ndim), 1) if input.ndim > 1 else (0,)
    samples, classes = math.prod(target.shape), input.shape[min(1, input.ndim - 1)]
    rows = reshape(permute_dims(input, axes=classes_last), shape=(samples, classes))
    numbers = namespace(target).reshape(target, shape=(samples,))
    losses = _cross_entropy(rows, target=numbers, reduction=reduction)
    return reshape(losses, shape=tuple(target.shape)) if reduction == "none" else losses


@partial(primitive, fresh=True)
def _cross_entropy(xp: Namespace, x: Array, *, target: Array, reduction: str) -> Result:
    samples, classes = x.shape
    every_class = namespace(target).arange(classes, device=target.device)
    one_hot = target[:, None] == every_class

    shifted = x - array_of(xp.max(x, axis=1, keepdims=True))
    powers = xp.exp(shifted)
    totals = xp.sum(powers, axis=1, keepdims=True)
    scores = shifted[one_hot]
    if scores.shape[0] != samples:
        raise IndexError(f"Target is out of bounds: every class must be at least 0 and below {classes}")
    losses = xp.log(totals[:, 0]) - scores

    def derivative(g: Array) -> Array:
        each = g[:, None] if reduction == "none" else g / samples if reduction == "mean" else g
        return (powers / totals - xp.astype(one_hot, x.dtype)) * each

    if reduction == "none":
        return losses, (derivative,)
    return xp.sum(losses) / (samples if reduction == "mean" else 1), (derivative,)


def _check_target(input: Tensor | Array, target: Array) -> None:
    check_same_place(array_of(input), target)
    if not is_integer(target):
        raise TypeError(f"`target` (={describe(target)}) must hold class numbers; convert it to integers")
    shape = tuple(input.shape)
    without_classes = shape[:1] + shape[2:] if len(shape) > 1 else ()
    if not shape or tuple(target.shape) != without_classes:
        raise ValueError(
            f"`target` (of shape {tuple(target.shape)}) must have the shape of `input` {shape} without its classes, "
            f"{without_classes}"
        )


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
        >>> F.mse_loss(output, wanted, reduction="none").tolist()  # (-2)**2, (-1.5)**2, 3**2
        [[4.0, 2.25, 9.0]]
    """
    check_choice("reduction", reduction, REDUCTIONS)
    if input.shape != target.shape:
        raise ValueError(
            f"`target` (of shape {tuple(target.shape)}) must have the shape of `input`, {tuple(input.shape)}; "
            "reshape it, because broadcasting would compare every entry with every other"
        )
    return _mse_loss(input, target, reduction=reduction)


@partial(primitive, fresh=True)
def _mse_loss(xp: Namespace, x: Array, t: Array, *, reduction: str) -> Result:
    error = x - t
    squares = error * error
    scale = 2.0 / math.prod(error.shape) if reduction == "mean" and math.prod(error.shape) else 2.0
    result = squares if reduction == "none" else xp.sum(squares) if reduction == "sum" else xp.mean(squares)
    return result, (lambda g: g * scale * error, lambda g: g * -scale * error)
