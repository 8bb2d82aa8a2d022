"""Losses with a margin as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.layers.module import Module


class HingeEmbeddingLoss(Module):
    r"""Ask distances of similar pairs to be small, and of others to be large: $\ell = x$ or $\max(0, m - x)$.

    The layer of [`hinge_embedding_loss`][reference_impl.functional.hinge_embedding_loss].

    Args:
        margin: The margin $m$.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import HingeEmbeddingLoss
        >>> x, t = torch.tensor([0.5, 0.5, 2.0]), torch.tensor([1.0, -1.0, -1.0])
        >>> HingeEmbeddingLoss(margin=3.0, reduction="none")(x, t).tolist()  # 0.5, 3 - 0.5, 3 - 2
        [0.5, 2.5, 1.0]
        >>> HingeEmbeddingLoss(reduction="none")(x, t).tolist()  # 0.5, 1 - 0.5, 1 - 2 < 0
        [0.5, 0.5, 0.0]
    """

    def __init__(self, margin: float = 1.0, reduction: str = "mean") -> None:
        self.margin = margin
        self.reduction = reduction

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


class MultiMarginLoss(Module):
    r"""Ask the score of the true class to be ahead of the others.

    $$\ell = \frac{1}{C} \sum_{k \ne t} \max(0, m - x_t + x_k)^p$$

    The layer of [`multi_margin_loss`][reference_impl.functional.multi_margin_loss].

    Args:
        p: The power: 1 or 2.
        margin: The margin $m$.
        weight: The weights $w$ of the classes; None weighs all with 1.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input` $(N, C)$ or $(C)$; `target` $(N)$ or $()$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import MultiMarginLoss
        >>> x = torch.tensor([[2.0, 1.0, 5.0, 0.5]])
        >>> MultiMarginLoss(p=2, margin=3.0)(x, torch.tensor([0])).item()  # (2**2 + 6**2 + 1.5**2) / 4
        10.5625
        >>> MultiMarginLoss()(x, torch.tensor([0])).item()  # (0 + 4 + 0) / 4
        1.0
    """

    def __init__(
        self, p: int = 1, margin: float = 1.0, weight: Tensor | Array | None = None, reduction: str = "mean"
    ) -> None:
        self.p = p
        self.margin = margin
        self.weight = array_of(weight)
        self.reduction = reduction

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.multi_margin_loss(
            input, target, p=self.p, margin=self.margin, weight=self.weight, reduction=self.reduction
        )


class CosineEmbeddingLoss(Module):
    r"""Ask similar pairs of vectors to point one way, and others to differ: $\ell = 1 - c$ or $\max(0, c - m)$.

    The layer of [`cosine_embedding_loss`][reference_impl.functional.cosine_embedding_loss].

    Args:
        margin: A cosine up to which others lose nothing: $m$.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input1` and `input2` $(N, d)$ or $(d)$; `target` $(N)$ or $()$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import CosineEmbeddingLoss
        >>> u, v = torch.tensor([[3.0, 4.0], [3.0, 4.0]]), torch.tensor([[8.0, 6.0], [8.0, 6.0]])
        >>> losses = CosineEmbeddingLoss(margin=0.5, reduction="none")(u, v, torch.tensor([1, -1]))
        >>> [round(loss, 5) for loss in losses.tolist()]  # the cosine is (24 + 24) / (5 * 10) = 0.96
        [0.04, 0.46]
        >>> round(CosineEmbeddingLoss()(u, v, torch.tensor([-1, -1])).item(), 5)  # 0.96 - 0
        0.96
    """

    def __init__(self, margin: float = 0.0, reduction: str = "mean") -> None:
        self.margin = margin
        self.reduction = reduction

    def forward(self, input1: Tensor | Array, input2: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare each vector of `input1` with that of `input2`."""
        return F.cosine_embedding_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


class TripletMarginLoss(Module):
    r"""Ask an anchor to be nearer to its positive than to its negative: $\ell = \max(0, m + d(a, b) - d(a, c))$.

    The layer of [`triplet_margin_loss`][reference_impl.functional.triplet_margin_loss].

    Args:
        margin: The margin $m$.
        p: The norm.
        eps: What is added to differences, which keeps the norm differentiable.
        swap: Take the distance from positive to negative where it is smaller.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `anchor`, `positive` and `negative` $(N, d)$ or $(d)$; result $()$, or without the last axis.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import TripletMarginLoss
        >>> a, b, c = torch.tensor([[0.0, 0.0]]), torch.tensor([[3.0, 4.0]]), torch.tensor([[1.0, 0.0]])
        >>> round(TripletMarginLoss(margin=2.0, p=1.0)(a, b, c).item(), 4)  # 2 + 7 - 1
        8.0
        >>> round(TripletMarginLoss()(a, b, c).item(), 4)  # 1 + 5 - 1
        5.0
    """

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        reduction: str = "mean",
    ) -> None:
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap
        self.reduction = reduction

    def forward(self, anchor: Tensor | Array, positive: Tensor | Array, negative: Tensor | Array) -> Tensor:
        """Compare each anchor with its positive and its negative."""
        return F.triplet_margin_loss(
            anchor,
            positive,
            negative,
            margin=self.margin,
            p=self.p,
            eps=self.eps,
            swap=self.swap,
            reduction=self.reduction,
        )
