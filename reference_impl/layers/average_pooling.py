"""Layers of average pooling."""

from reference_impl.layers.pooling import AveragePooling, DividedPooling


class AvgPool1d(AveragePooling):
    r"""The average of each window of sequences, $y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$.

    The layer of [`avg_pool1d`][reference_impl.functional.avg_pool1d].

    Args:
        kernel_size: How many taps $k$ a window has.
        stride: The distance $S$ of two windows; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it.
        ceil_mode: Whether a last, incomplete window counts.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AvgPool1d
        >>> x = torch.tensor([[3.0, 1.0, 5.0, 1.0, 6.0]])
        >>> AvgPool1d(3, stride=2)(x).tolist()  # (3 + 1 + 5) / 3, (5 + 1 + 6) / 3
        [[3.0, 4.0]]
        >>> AvgPool1d(2, padding=1, ceil_mode=True, count_include_pad=False)(x).tolist()  # 3, 6 / 2, 7 / 2
        [[3.0, 3.0, 3.5]]
    """

    axes = 1


class AvgPool2d(DividedPooling):
    r"""The average of each window of images, $y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$.

    The layer of [`avg_pool2d`][reference_impl.functional.avg_pool2d].

    Args:
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.
        divisor_override: What to divide every sum by, in place of the number of entries.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AvgPool2d
        >>> x = torch.tensor([[[4.0, 1.0, 5.0], [2.0, 5.0, 9.0]]])
        >>> AvgPool2d(2, stride=1)(x).tolist()  # 12 / 4, 20 / 4
        [[[3.0, 5.0]]]
        >>> AvgPool2d((1, 2), ceil_mode=True, divisor_override=5)(x).tolist()  # 5 / 5, 5 / 5; 7 / 5, 9 / 5
        [[[1.0, 1.0], [1.399999976158142, 1.7999999523162842]]]
    """

    axes = 2


class AvgPool3d(DividedPooling):
    r"""The average of each window of volumes, $y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$.

    The layer of [`avg_pool3d`][reference_impl.functional.avg_pool3d].

    Args:
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.
        divisor_override: What to divide every sum by, in place of the number of entries.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import AvgPool3d
        >>> x = torch.arange(12.0).reshape(1, 2, 2, 3)
        >>> AvgPool3d(2, stride=1)(x).tolist()  # (0 + 1 + 3 + 4 + 6 + 7 + 9 + 10) / 8, and one more
        [[[[5.0, 6.0]]]]
        >>> AvgPool3d((2, 2, 1), padding=(1, 0, 0), count_include_pad=False, divisor_override=None)(x).tolist()
        [[[[1.5, 2.5, 3.5]], [[7.5, 8.5, 9.5]]]]
    """

    axes = 3
