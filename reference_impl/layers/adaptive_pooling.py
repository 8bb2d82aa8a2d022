"""Layers of adaptive pooling; `output_size=1` is global pooling."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module

Wanted = int | tuple[int | None, ...] | None


class AdaptivePooling(Module):
    """Pooling to a given size; a subclass says which function does it."""

    function: str

    def __init__(self, output_size: Wanted) -> None:
        self.output_size = output_size

    def forward(self, input: Tensor | Array) -> Tensor:
        """Pool samples, or one sample."""
        return getattr(F, self.function)(input, self.output_size)

    def extra_repr(self) -> str:
        """Return the size, as torch prints it."""
        return f"output_size={self.output_size}"


class AdaptiveAvgPool1d(AdaptivePooling):
    r"""The average of windows that share sequences out evenly: $y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i$.

    The layer of [`adaptive_avg_pool1d`][reference_impl.functional.adaptive_avg_pool1d].

    Args:
        output_size: The size of the result.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveAvgPool1d
        >>> x = torch.tensor([[3.0, 1.0, 6.0, 2.0]])
        >>> AdaptiveAvgPool1d(3)(x).tolist(), AdaptiveAvgPool1d(1)(x).tolist()  # of places 0, 1; 1, 2; 2, 3
        ([[2.0, 3.5, 4.0]], [[3.0]])
    """

    function = "adaptive_avg_pool1d"


class AdaptiveAvgPool2d(AdaptivePooling):
    r"""The average of windows that share images out evenly: $y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i$.

    The layer of [`adaptive_avg_pool2d`][reference_impl.functional.adaptive_avg_pool2d].

    Args:
        output_size: The size of the result along every axis, or along each; None keeps that of the input.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveAvgPool2d
        >>> x = torch.tensor([[[3.0, 1.0, 5.0, 7.0], [1.0, 5.0, 9.0, 1.0]]])
        >>> AdaptiveAvgPool2d((None, 2))(x).tolist(), AdaptiveAvgPool2d(1)(x).tolist()
        ([[[2.0, 6.0], [3.0, 5.0]]], [[[4.0]]])
    """

    function = "adaptive_avg_pool2d"


class AdaptiveAvgPool3d(AdaptivePooling):
    r"""The average of windows that share volumes out evenly: $y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i$.

    The layer of [`adaptive_avg_pool3d`][reference_impl.functional.adaptive_avg_pool3d].

    Args:
        output_size: The size of the result along every axis, or along each; None keeps that of the input.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveAvgPool3d
        >>> x = torch.arange(24.0).reshape(1, 2, 3, 4)
        >>> AdaptiveAvgPool3d((1, 3, 2))(x).tolist()  # (0 + 1 + 12 + 13) / 4, (2 + 3 + 14 + 15) / 4, ...
        [[[[6.5, 8.5], [10.5, 12.5], [14.5, 16.5]]]]
    """

    function = "adaptive_avg_pool3d"


class AdaptiveMaxPool1d(AdaptivePooling):
    r"""The largest entry of windows that share sequences out evenly: $y_n = \max_{a_n \le i < b_n} x_i$.

    The layer of [`adaptive_max_pool1d`][reference_impl.functional.adaptive_max_pool1d].

    Args:
        output_size: The size of the result.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveMaxPool1d
        >>> x = torch.tensor([[3.0, 1.0, 6.0, 2.0]])
        >>> AdaptiveMaxPool1d(3)(x).tolist(), AdaptiveMaxPool1d(1)(x).tolist()  # of places 0, 1; 1, 2; 2, 3
        ([[3.0, 6.0, 6.0]], [[6.0]])
        >>> AdaptiveMaxPool1d(4)(x).tolist()  # of one place each
        [[3.0, 1.0, 6.0, 2.0]]
    """

    function = "adaptive_max_pool1d"


class AdaptiveMaxPool2d(AdaptivePooling):
    r"""The largest entry of windows that share images out evenly: $y_n = \max_{a_n \le i < b_n} x_i$.

    The layer of [`adaptive_max_pool2d`][reference_impl.functional.adaptive_max_pool2d].

    Args:
        output_size: The size of the result along every axis, or along each; None keeps that of the input.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveMaxPool2d
        >>> x = torch.tensor([[[3.0, 1.0, 5.0, 7.0], [1.0, 6.0, 9.0, 1.0]]])
        >>> AdaptiveMaxPool2d((1, 2))(x).tolist(), AdaptiveMaxPool2d((None, 1))(x).tolist()
        ([[[6.0, 9.0]]], [[[7.0], [9.0]]])
        >>> AdaptiveMaxPool2d((None, 4))(x).tolist()  # of one entry each
        [[[3.0, 1.0, 5.0, 7.0], [1.0, 6.0, 9.0, 1.0]]]
    """

    function = "adaptive_max_pool2d"


class AdaptiveMaxPool3d(AdaptivePooling):
    r"""The largest entry of windows that share volumes out evenly: $y_n = \max_{a_n \le i < b_n} x_i$.

    The layer of [`adaptive_max_pool3d`][reference_impl.functional.adaptive_max_pool3d].

    Args:
        output_size: The size of the result along every axis, or along each; None keeps that of the input.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AdaptiveMaxPool3d
        >>> x = torch.arange(24.0).reshape(1, 2, 3, 4) % 7
        >>> AdaptiveMaxPool3d((2, 3, 1))(x).tolist()  # of each row: 0, 1, 2, 3; 4, 5, 6, 0; ...
        [[[[3.0], [6.0], [4.0]], [[6.0], [5.0], [6.0]]]]
    """

    function = "adaptive_max_pool3d"
