"""Losses for classes and probabilities as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.layers.module import Module


class CrossEntropyLoss(Module):
    r"""Measure how little probability the scores give to the true class: $\ell = -\ln \mathrm{softmax}(x)_t$.

    The layer of [`cross_entropy`][reference_impl.functional.cross_entropy].

    Args:
        weight: The weights $w$ of the classes; None weighs all with 1.
        ignore_index: Samples with this number as their class don't count.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.
        label_smoothing: The share of the target that is spread over all classes.

    Shape:
        `input` $(C)$, $(N, C)$ or $(N, C, *)$; `target` $()$, $(N)$ or $(N, *)$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import CrossEntropyLoss
        >>> scores = torch.tensor([[1.0, 2.0, 5.0], [1.0, 1.0, 2.0]], dtype=torch.float64).log()
        >>> losses = CrossEntropyLoss(ignore_index=1, reduction="none")(scores, torch.tensor([2, 1]))
        >>> (-losses).exp().tolist()  # 5/8, and the other isn't counted
        [0.625, 1.0]
        >>> losses = CrossEntropyLoss(reduction="none")(scores, torch.tensor([-100, 1]))
        >>> (-losses).exp().tolist()  # -100 isn't counted unless told otherwise; 1/4
        [1.0, 0.25]
    """

    def __init__(
        self,
        weight: Tensor | Array | None = None,
        ignore_index: int = -100,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        self.weight = array_of(weight)
        self.ignore_index = ignore_index
        self.reduction = reduction
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.cross_entropy(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )


class NLLLoss(Module):
    r"""Take the negative log-probability of the true class: $\ell = -w_t x_t$.

    The layer of [`nll_loss`][reference_impl.functional.nll_loss].

    Args:
        weight: The weights $w$ of the classes; None weighs all with 1.
        ignore_index: Samples with this number as their class don't count.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input` $(C)$, $(N, C)$ or $(N, C, *)$; `target` $()$, $(N)$ or $(N, *)$; result $()$, or the shape of `target`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import NLLLoss
        >>> x, weight = torch.tensor([[-1.0, -2.0], [-3.0, -0.5]]), torch.tensor([1.0, 3.0])
        >>> NLLLoss(weight)(x, torch.tensor([1, 0])).item()  # (3*2 + 1*3) / (3 + 1)
        2.25
        >>> NLLLoss(weight)(x, torch.tensor([0, 1])).item()  # (1*1 + 3*0.5) / (1 + 3)
        0.625
        >>> NLLLoss()(x, torch.tensor([1, -100])).item()  # -100 isn't counted unless told otherwise
        2.0
    """

    def __init__(
        self, weight: Tensor | Array | None = None, ignore_index: int = -100, reduction: str = "mean"
    ) -> None:
        self.weight = array_of(weight)
        self.ignore_index = ignore_index
        self.reduction = reduction

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.nll_loss(
            input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction
        )


class BCEWithLogitsLoss(Module):
    r"""Measure how little probability a sigmoid gives to yes or no: $-t \ln \sigma(x) - (1 - t) \ln \sigma(-x)$.

    The layer of [`binary_cross_entropy_with_logits`][reference_impl.functional.binary_cross_entropy_with_logits].

    Args:
        weight: Weights of the entries, broadcast; None weighs all with 1.
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.
        pos_weight: How much a yes counts, broadcast; None stands for 1.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import BCEWithLogitsLoss
        >>> x, t = torch.tensor([3.0, 0.25], dtype=torch.float64).log(), torch.tensor([1.0, 0.0], dtype=torch.float64)
        >>> loss = BCEWithLogitsLoss(reduction="none", pos_weight=torch.tensor([2.0], dtype=torch.float64))
        >>> [round(power, 12) for power in (-loss(x, t)).exp().tolist()]  # (3/4)**2, 1 - 1/5
        [0.5625, 0.8]
    """

    def __init__(
        self,
        weight: Tensor | Array | None = None,
        reduction: str = "mean",
        pos_weight: Tensor | Array | None = None,
    ) -> None:
        self.weight = array_of(weight)
        self.reduction = reduction
        self.pos_weight = array_of(pos_weight)

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.binary_cross_entropy_with_logits(
            input, target, weight=self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )


class KLDivLoss(Module):
    r"""Measure how far probabilities are from wanted ones: $\ell = p (\ln p - \ln q)$, which add up to it.

    The layer of [`kl_div`][reference_impl.functional.kl_div].

    Args:
        reduction: What to do with the entries: take their `"mean"`, their `"sum"`, `"none"`, or `"batchmean"`.
        log_target: Whether `target` holds logarithms.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import KLDivLoss
        >>> p, q = torch.tensor([[0.5, 0.5]], dtype=torch.float64), torch.tensor([[1.0, 7.0]], dtype=torch.float64) / 8
        >>> divergence = KLDivLoss(reduction="batchmean", log_target=True)(q.log(), p.log())
        >>> round(float((2 * divergence).exp()) * 7, 9)  # 1/2 ln 4 + 1/2 ln 4/7
        16.0
    """

    def __init__(self, reduction: str = "mean", log_target: bool = False) -> None:
        self.reduction = reduction
        self.log_target = log_target

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.kl_div(input, target, reduction=self.reduction, log_target=self.log_target)
