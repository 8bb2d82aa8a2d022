"""Upsampling."""

from typing import Any

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Upsample(Module):
    r"""Another size for sequences, images or volumes, by interpolation: $y_i = x_{s(i)}$.

    The layer of [`interpolate`][reference_impl.functional.interpolate], which says what the places $s(i)$ are.

    Args:
        size: The size of the result, or one for each axis.
        scale_factor: How many times as large the result is, or one factor for each axis, in place of the size.
        mode: `"nearest"`, or by the number of axes `"linear"`, `"bilinear"` or `"trilinear"`.
        align_corners: Whether the first and last entries of input and result stand at the same places.

    Shape:
        `input` $(N, C, W)$, $(N, C, H, W)$ or $(N, C, D, H, W)$; result alike.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import Upsample
        >>> x = torch.tensor([[[0.0, 4.0, 8.0]]])
        >>> Upsample(scale_factor=2)(x).tolist(), Upsample(scale_factor=2, mode="linear")(x).tolist()
        ([[[0.0, 0.0, 4.0, 4.0, 8.0, 8.0]]], [[[0.0, 1.0, 3.0, 5.0, 7.0, 8.0]]])
        >>> Upsample(size=5, mode="linear", align_corners=True)(x).tolist()  # at 0, 0.5, 1, 1.5, 2
        [[[0.0, 2.0, 4.0, 6.0, 8.0]]]
    """

    def __init__(
        self,
        size: int | tuple[int, ...] | None = None,
        scale_factor: float | tuple[float, ...] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
    ) -> None:
        if isinstance(scale_factor, tuple | list):
            self.scale_factor: Any = tuple(map(float, scale_factor))
        else:
            self.scale_factor = None if scale_factor is None else float(scale_factor)
        self.size, self.mode, self.align_corners = size, mode, align_corners

    def forward(self, input: Tensor | Array) -> Tensor:
        """Interpolate samples."""
        return F.interpolate(input, self.size, self.scale_factor, self.mode, self.align_corners)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        name = "size" if self.scale_factor is None else "scale_factor"
        return f"{name}={getattr(self, name)}, mode={self.mode!r}"
