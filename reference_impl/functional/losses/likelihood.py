"""Losses of probabilities: the negative log-likelihood, binary cross-entropy and the Kullback-Leibler divergence."""

from functools import partial

from reference_impl._array import Array, Namespace, namespace
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.functional.gates import softplus
from reference_impl.functional.losses.classes import (
    check_classes,
    checked_weight,
    in_rows,
    restored,
    shares_of_classes,
    weighed,
)
from reference_impl.functional.losses.reduction import REDUCTIONS, check_reduction, check_same_shape, reduced


def nll_loss(
    input: Tensor | Array,
    target: Tensor | Array,
    weight: Tensor | Array | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> Tensor:
    r"""Take the negative log-probability of the true class.

    $$\ell = -w_t \, x_t$$

    After [`log_softmax`][reference_impl.functional.log_softmax] this is
    [`cross_entropy`][reference_impl.functional.cross_entropy]. The mean is one by weight: the sum of the losses divided
    by the sum of all $w_t$.

    Args:
        input: The logarithms $x$ of the probabilities of the classes.
        target: The true classes $t$, integers from 0 to $C - 1$.
        weight: The weights $w$ of the classes; None weighs all with 1.
        ignore_index: Samples with this number as their class don't count.
        reduction: What to do with the losses of the samples: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each sample with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes don't fit.
        TypeError: `target` doesn't hold integers, or the arrays differ in library.
        IndexError: A class is below 0, or not below $C$, and isn't `ignore_index`.

    Shape:
        `input` $(C)$, $(N, C)$ or $(N, C, *)$; `target` $()$, $(N)$ or $(N, *)$; `weight` $(C)$; result $()$, or the
        shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, weight = torch.tensor([[-1.0, -2.0], [-3.0, -0.5]]), torch.tensor([1.0, 4.0])
        >>> F.nll_loss(x, torch.tensor([1, 0]), weight).item()  # (4*2 + 1*3) / (4 + 1)
        2.2
        >>> round(F.nll_loss(x, torch.tensor([0, 1]), weight).item(), 6)  # (1*1 + 4*0.5) / (1 + 4)
        0.6
        >>> F.nll_loss(x, torch.tensor([1, -100])).item()  # -100 is ignored unless told otherwise
        2.0
    """
    check_reduction(reduction)
    weights, numbers = checked_weight(input, weight), array_of(target)
    check_classes(input, numbers)
    rows = in_rows(input)
    column = namespace(numbers).reshape(numbers, shape=(-1,))
    shares, total = shares_of_classes(column, weights, ignore_index, 0.0, array_of(rows))
    return restored(weighed(rows, shares=shares), tuple(numbers.shape), total, reduction)


def binary_cross_entropy_with_logits(
    input: Tensor | Array,
    target: Tensor | Array,
    weight: Tensor | Array | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | Array | None = None,
) -> Tensor:
    r"""Measure how little probability the sigmoid of a score gives to a yes or a no.

    $$\begin{aligned}
    \ell &= -w \bigl(c \, t \ln \sigma(x) + (1 - t) \ln (1 - \sigma(x))\bigr) \\
          &= w \bigl((1 - t) \, x + (1 + (c - 1) \, t) \ln (1 + e^{-x})\bigr)
    \end{aligned}$$

    The second form is computed: it stays finite where a sigmoid rounds to 0 or 1.

    Args:
        input: The scores $x$ (logits), not probabilities.
        target: What was wanted, $t$: 1 for yes, 0 for no, or a probability.
        weight: Weights $w$ of the entries, broadcast; None weighs all with 1.
        reduction: What to do with the losses of the entries: take their `"mean"`, their `"sum"`, or `"none"`.
        pos_weight: How much a yes counts, $c$, broadcast; None stands for 1.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        The probabilities of yes are 3/4 and 1/5: $-\ln (3/4)^2$ and $-\ln (4/5)$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, t = torch.tensor([3.0, 0.25]).log(), torch.tensor([1.0, 0.5])
        >>> losses = F.binary_cross_entropy_with_logits(x, t, reduction="none", pos_weight=torch.tensor([2.0, 4.0]))
        >>> [round(power, 4) for power in (-losses).exp().tolist()]  # (3/4)**2, (1/5)**(4/2) * (4/5)**(1/2)
        [0.5625, 0.0358]
    """
    check_reduction(reduction)
    check_same_shape(input, target)
    negative, constant = primitives.negative(input), primitives.subtract(1.0, target)
    corner = softplus(negative, threshold=float("inf"))
    if pos_weight is not None:
        corner = corner * (primitives.multiply(target, pos_weight - 1.0) + 1.0)
    losses = constant * input + corner
    return reduced(losses if weight is None else losses * weight, reduction)


def kl_div(
    input: Tensor | Array, target: Tensor | Array, reduction: str = "mean", log_target: bool = False
) -> Tensor:
    r"""Measure how far probabilities $q$ are from wanted ones $p$, by the Kullback-Leibler divergence.

    $$\ell = p \, (\ln p - \ln q), \qquad \mathrm{KL}(p \,\|\, q) = \sum_k \ell_k$$

    As in torch, `"mean"` divides by the number of entries, which is not the divergence: `"batchmean"` divides by the
    number of samples. An entry $p = 0$ adds nothing; its gradient is $1 - \ln q$ here, where torch gives NaN.

    Args:
        input: The logarithms $\ln q$.
        target: The probabilities $p$, or $\ln p$ with `log_target`.
        reduction: What to do with the entries: take their `"mean"`, their `"sum"`, `"none"`, or `"batchmean"`.
        log_target: Whether `target` holds logarithms.

    Returns:
        The loss: a scalar, or one entry for each entry of `input` with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        $\frac12 \ln \frac{1/2}{1/8} + \frac12 \ln \frac{1/2}{7/8} = \frac12 \ln \frac{16}{7}$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> p, q = torch.full((3, 2), 0.5).double(), torch.tensor([[1.0, 7.0], [7.0, 1.0], [1.0, 7.0]]).double() / 8
        >>> divergence = F.kl_div(q.log(), p, reduction="batchmean")
        >>> round(float((2 * divergence).exp()) * 7, 9)
        16.0
        >>> both = F.kl_div(q.log(), p.log(), reduction="sum", log_target=True)
        >>> round((both / divergence).item(), 9)  # the sum of three rows, and their mean
        3.0
    """
    check_reduction(reduction, (*REDUCTIONS, "batchmean"))
    check_same_shape(input, target)
    losses = _of_logarithms(input, target) if log_target else _divergence(input, target)
    if reduction == "batchmean":
        return primitives.sum(losses) / input.shape[0] if input.ndim else primitives.sum(losses)
    return reduced(losses, reduction)


def _of_logarithms(input: Tensor | Array, target: Tensor | Array) -> Tensor:
    return primitives.exp(target) * primitives.subtract(target, input)


@partial(primitive, fresh=True)
def _divergence(xp: Namespace, x: Array, p: Array) -> Result:
    logarithm = xp.log(xp.where(array_of(p) != 0, p, 1.0))
    return p * logarithm - p * x, (lambda g: -g * p, lambda g: g * (logarithm + 1.0 - x))
