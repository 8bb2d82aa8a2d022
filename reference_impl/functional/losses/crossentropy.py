"""Cross-entropy: how little probability the scores give to the true class."""

from functools import partial

from reference_impl._array import Array, Namespace, is_floating, namespace
from reference_impl._checks import check_number, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.primitives import reshape, sum
from reference_impl.functional.exponentials import log_softmax
from reference_impl.functional.losses.classes import (
    check_classes,
    checked_weight,
    in_rows,
    restored,
    shares_of_classes,
    weighed,
)
from reference_impl.functional.losses.reduction import check_reduction, check_same_shape


def cross_entropy(
    input: Tensor | Array,
    target: Tensor | Array,
    weight: Tensor | Array | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    r"""Measure how little probability the scores give to the true class.

    For scores $x$ and the true class $t$ of one sample,

    $$\ell = -\ln \frac{e^{x_t}}{\sum_k e^{x_k}}, \qquad
      \frac{\partial \ell}{\partial x_k} = \mathrm{softmax}(x)_k - [k = t]$$

    In general, with weights $w$ of the classes and probabilities $p$ of the classes in the place of a class,

    $$\ell = -\sum_k w_k q_k \ln \mathrm{softmax}(x)_k, \qquad q_k = (1 - s) \, p_k + \frac{s}{C}$$

    where $p_k = [k = t]$ for classes and $s$ is `label_smoothing`. The mean over samples with classes is one by
    weight: the sum of the losses divided by the sum of all $w_t$. With probabilities it is the plain mean.

    Args:
        input: The scores $x$ (logits), not probabilities.
        target: The true classes $t$, integers from 0 to $C - 1$; or the probabilities $p$, in the shape of `input`.
        weight: The weights $w$ of the classes; None weighs all with 1.
        ignore_index: Samples with this number as their class don't count.
        reduction: What to do with the losses of the samples: take their `"mean"`, their `"sum"`, or `"none"`.
        label_smoothing: The share $s$ of the target that is spread over all classes.

    Returns:
        The loss: a scalar, or one entry for each sample with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, `label_smoothing` isn't between 0 and 1, or the shapes don't fit.
        TypeError: `target` doesn't hold integers, or the arrays differ in library.
        IndexError: A class is below 0, or not below $C$, and isn't `ignore_index`.
        RuntimeError: The arrays are on different devices.

    Shape:
        `input` $(C)$, $(N, C)$ or $(N, C, *)$; `target` $()$, $(N)$ or $(N, *)$, or for probabilities as `input`;
        `weight` $(C)$; result $()$, or the shape of the classes.

    Examples:
        The scores are logarithms of counts, so the probabilities are 5/8 and 1/4.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> scores = torch.tensor([[1.0, 2.0, 5.0], [1.0, 1.0, 2.0]], dtype=torch.float64).log()
        >>> losses = F.cross_entropy(scores, torch.tensor([2, 1]), reduction="none")
        >>> (-losses).exp().tolist()
        [0.625, 0.25]
        >>> weight = torch.tensor([1.0, 3.0, 2.0], dtype=torch.float64)
        >>> weighed = F.cross_entropy(scores, torch.tensor([2, 1]), weight, reduction="none")
        >>> [round(power, 6) for power in (-weighed).exp().tolist()]  # (5/8)**2, (1/4)**3
        [0.390625, 0.015625]
        >>> F.cross_entropy(scores, torch.tensor([-7, 1]), ignore_index=-7).item() == losses[1].item()
        True
        >>> F.cross_entropy(scores, torch.tensor([2, -100])).item() == losses[0].item()  # -100 is usually ignored
        True
        >>> F.cross_entropy(scores.mT[None], torch.tensor([[2, 1]]), reduction="none").tolist() == [losses.tolist()]
        True
        >>> shares = torch.tensor([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]], dtype=torch.float64)
        >>> F.cross_entropy(scores, shares, reduction="none").tolist() == losses.tolist()
        True

    Source:
        Szegedy et al., [Rethinking the Inception architecture](https://arxiv.org/abs/1512.00567), CVPR 2016, on label
        smoothing.
    """
    check_reduction(reduction)
    check_number("label_smoothing", label_smoothing)
    if not 0 <= label_smoothing <= 1:
        refuse("label_smoothing", label_smoothing, "must be between 0 and 1", "pass e.g. label_smoothing=0.1")
    weights = checked_weight(input, weight)
    numbers = array_of(target)
    if is_floating(numbers) and tuple(numbers.shape) == tuple(input.shape):
        return _of_probabilities(input, target, weights, reduction, label_smoothing)
    check_classes(input, numbers)

    rows, shape = in_rows(input), tuple(numbers.shape)
    column = numbers if numbers.ndim == 1 else namespace(numbers).reshape(numbers, shape=(-1,))
    if weights is None and ignore_index < 0 and not label_smoothing:
        try:
            losses = _cross_entropy(rows, target=column, reduction=reduction)
            return reshape(losses, shape=shape) if reduction == "none" and len(shape) != 1 else losses
        except IndexError:
            pass  # either a class is ignored or it is out of bounds, which the general way tells apart
    shares, total = shares_of_classes(column, weights, ignore_index, label_smoothing, array_of(rows))
    return restored(weighed(log_softmax(rows, dim=1), shares=shares), shape, total, reduction)


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
        raise IndexError
    losses = xp.log(totals[:, 0]) - scores

    def derivative(g: Array) -> Array:
        each = g[:, None] if reduction == "none" else g / samples if reduction == "mean" else g
        return (powers / totals - xp.astype(one_hot, x.dtype)) * each

    if reduction == "none":
        return losses, (derivative,)
    return xp.sum(losses) / (samples if reduction == "mean" else 1), (derivative,)


def _of_probabilities(
    input: Tensor | Array, target: Tensor | Array, weight: Array | None, reduction: str, smoothing: float
) -> Tensor:
    check_same_shape(input, target)
    rows, wanted = in_rows(input), in_rows(target)
    samples, classes = rows.shape
    if smoothing:
        wanted = (1.0 - smoothing) * wanted + smoothing / classes
    products = log_softmax(rows, dim=1) * (wanted if weight is None else wanted * weight)
    shape = tuple(input.shape[:1] + input.shape[2:]) if input.ndim > 1 else ()
    return restored(-sum(products, axis=1), shape, samples, reduction)
