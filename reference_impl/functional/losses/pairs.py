"""Losses with a margin on pairs and triplets of vectors."""

from reference_impl._array import Array, check_same_place
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.functional.activations import relu
from reference_impl.functional.losses.reduction import check_reduction, check_same_shape, reduced


def cosine_embedding_loss(
    input1: Tensor | Array,
    input2: Tensor | Array,
    target: Tensor | Array,
    margin: float = 0.0,
    reduction: str = "mean",
) -> Tensor:
    r"""Ask similar pairs of vectors to point one way, and others to differ in direction.

    $$c = \frac{\langle u, v \rangle}{\sqrt{(\|u\|^2 + \epsilon)(\|v\|^2 + \epsilon)}}, \qquad
      \ell = \begin{cases} 1 - c & t = 1 \\ \max(0, c - m) & t = -1 \end{cases}$$

    with $\epsilon = 10^{-12}$, as in torch.

    Args:
        input1: The vectors $u$.
        input2: The vectors $v$.
        target: Whether the pairs are similar, $t$: 1 or -1.
        margin: The margin $m$: a cosine up to which others lose nothing.
        reduction: What to do with the losses of the pairs: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each pair with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input1` and `input2` $(N, d)$ or $(d)$; `target` $(N)$ or $()$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> u, v = torch.tensor([[3.0, 4.0], [3.0, 4.0]]), torch.tensor([[8.0, 6.0], [8.0, 6.0]])
        >>> losses = F.cosine_embedding_loss(u, v, torch.tensor([1, -1]), margin=0.5, reduction="none")
        >>> [round(loss, 5) for loss in losses.tolist()]  # the cosine is (24 + 24) / (5 * 10) = 0.96
        [0.04, 0.46]
        >>> round(F.cosine_embedding_loss(u, v, torch.tensor([-1, -1])).item(), 5)  # 0.96 - 0
        0.96
    """
    check_reduction(reduction)
    check_same_shape(input1, input2, "input2")
    sides = array_of(target)
    check_same_place(array_of(input1), sides)
    if tuple(sides.shape) != tuple(input1.shape[:-1]):
        raise ValueError(
            f"`target` (of shape {tuple(sides.shape)}) must have one side for each pair: {tuple(input1.shape[:-1])}"
        )
    squares = [primitives.sum(primitives.multiply(u, u), axis=-1) + 1e-12 for u in (input1, input2)]
    inner = primitives.sum(primitives.multiply(input1, input2), axis=-1)
    cosine = inner / primitives.sqrt(squares[0] * squares[1])
    like = primitives.where(sides == 1, 1.0 - cosine, 0.0)
    unlike = primitives.where(sides == -1, relu(cosine - margin), 0.0)
    return reduced(like + unlike, reduction)


def triplet_margin_loss(
    anchor: Tensor | Array,
    positive: Tensor | Array,
    negative: Tensor | Array,
    margin: float = 1.0,
    p: float = 2.0,
    eps: float = 1e-6,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    r"""Ask an anchor to be nearer to its positive than to its negative, by the margin.

    $$\ell = \max\bigl(0, m + d(a, b) - d(a, c)\bigr), \qquad d(u, v) = \|u - v + \epsilon\|_p$$

    for anchor $a$, positive $b$ and negative $c$.

    Args:
        anchor: The vectors $a$.
        positive: The vectors $b$.
        negative: The vectors $c$.
        margin: The margin $m$.
        p: The norm.
        eps: The number $\epsilon$, which keeps the norm differentiable.
        swap: Take the smaller of $d(a, c)$ and $d(b, c)$ in the place of the former.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Returns:
        The loss: a scalar, or one entry for each anchor with `reduction="none"`.

    Raises:
        ValueError: `reduction` is unknown, or the shapes differ.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `anchor`, `positive` and `negative` $(N, d)$ or $(d)$; result $()$, or without the last axis.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> a, b, c = torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0]]), torch.tensor([[1.0, 0.0]])
        >>> round(F.triplet_margin_loss(a, b, c, margin=2.0).item(), 4)  # 2 + 5 - 1
        6.0
        >>> round(F.triplet_margin_loss(a, b, c, margin=2.0, p=1.0).item(), 4)  # 2 + 7 - 1
        8.0
        >>> round(F.triplet_margin_loss(a, b, c).item(), 4)  # 1 + 5 - 1
        5.0

    Source:
        Balntas et al., [Learning local feature descriptors with triplets](https://doi.org/10.5244/C.30.119), 2016.
    """
    check_reduction(reduction)
    check_same_shape(anchor, positive, "positive")
    check_same_shape(anchor, negative, "negative")
    to_negative = _distance(anchor, negative, p, eps)
    if swap:
        to_negative = -primitives.maximum(-to_negative, -_distance(positive, negative, p, eps))
    return reduced(relu(_distance(anchor, positive, p, eps) - to_negative + margin), reduction)


def _distance(u: Tensor | Array, v: Tensor | Array, p: float, eps: float) -> Tensor:
    difference = primitives.subtract(u, v) + eps
    if p == 2:
        return primitives.sqrt(primitives.sum(difference * difference, axis=-1))
    return primitives.sum(primitives.abs(difference) ** p, axis=-1) ** (1.0 / p)
