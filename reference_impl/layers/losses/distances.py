"""Losses for numbers as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class MSELoss(Module):
    r"""Measure the squared error: $\ell = (x - t)^2$.

    The layer of [`mse_loss`][reference_impl.functional.mse_loss].

    Args:
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import MSELoss
        >>> MSELoss(reduction="sum")(torch.tensor([1.0, 4.0]), target=torch.tensor([3.0, 1.0])).item()  # 4 + 9
        13.0
    """

    def __init__(self, reduction: str = "mean") -> None:
        self.reduction = reduction

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.mse_loss(input, target, reduction=self.reduction)


class L1Loss(Module):
    r"""Measure the absolute error: $\ell = |x - t|$.

    The layer of [`l1_loss`][reference_impl.functional.l1_loss].

    Args:
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import L1Loss
        >>> L1Loss(reduction="sum")(torch.tensor([1.0, 4.0]), target=torch.tensor([3.0, 1.0])).item()  # 2 + 3
        5.0
    """

    def __init__(self, reduction: str = "mean") -> None:
        self.reduction = reduction

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.l1_loss(input, target, reduction=self.reduction)


class HuberLoss(Module):
    r"""Measure small errors by half their square and large ones by their size: $\ell = \delta (|x - t| - \delta / 2)$.

    The layer of [`huber_loss`][reference_impl.functional.huber_loss].

    Args:
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.
        delta: Where the parabola ends: $\delta$.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import HuberLoss
        >>> loss = HuberLoss(reduction="none", delta=2.0)
        >>> loss(torch.tensor([2.0, 4.0]), target=torch.tensor([3.0, -1.0])).tolist()  # 1/2 * 1, 2*(5 - 1)
        [0.5, 8.0]
        >>> HuberLoss()(torch.tensor([4.0]), target=torch.tensor([-1.0])).item()  # 5 - 1/2
        4.5
    """

    def __init__(self, reduction: str = "mean", delta: float = 1.0) -> None:
        self.reduction = reduction
        self.delta = delta

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class SmoothL1Loss(Module):
    r"""Measure the absolute error with its corner rounded off: $\ell = |x - t| - \beta / 2$ for large errors.

    The layer of [`smooth_l1_loss`][reference_impl.functional.smooth_l1_loss].

    Args:
        reduction: What to do with the losses: take their `"mean"`, their `"sum"`, or `"none"`.
        beta: Where the corner begins: $\beta$.

    Shape:
        `input` $(*)$, `target` $(*)$; result $()$, or $(*)$ with `reduction="none"`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import SmoothL1Loss
        >>> loss = SmoothL1Loss(reduction="none", beta=2.0)
        >>> loss(torch.tensor([2.0, 4.0]), target=torch.tensor([3.0, -1.0])).tolist()  # 1/4 * 1, 5 - 1
        [0.25, 4.0]
        >>> SmoothL1Loss()(torch.tensor([4.0]), target=torch.tensor([-1.0])).item()  # 5 - 1/2
        4.5
    """

    def __init__(self, reduction: str = "mean", beta: float = 1.0) -> None:
        self.reduction = reduction
        self.beta = beta

    def forward(self, input: Tensor | Array, target: Tensor | Array) -> Tensor:
        """Compare `input` with `target`."""
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)
