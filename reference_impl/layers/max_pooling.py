"""Layers of max pooling."""

from reference_impl.layers.pooling import MaxPooling


class MaxPool1d(MaxPooling):
    r"""The largest entry of each window of sequences, $y_n = \max_k x_{nS + kD - P}$.

    The layer of [`max_pool1d`][reference_impl.functional.max_pool1d]. There are no indices to return, so `ceil_mode` is
    given by name: in torch another argument stands before it.

    Args:
        kernel_size: How many taps $k$ a window has.
        stride: The distance $S$ of two windows; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it.
        dilation: The distance $D$ of two taps.
        ceil_mode: Whether a last, incomplete window counts.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import MaxPool1d
        >>> x = torch.tensor([[3.0, 1.0, 4.0, 1.0, 9.0, 5.0]])
        >>> MaxPool1d(3, stride=2, padding=1, dilation=2)(x).tolist()  # places -1, 1, 3 and 1, 3, 5
        [[1.0, 5.0]]
        >>> MaxPool1d(4)(x).tolist(), MaxPool1d(4, ceil_mode=True)(x).tolist()
        ([[4.0]], [[4.0, 9.0]])
    """

    axes = 1


class MaxPool2d(MaxPooling):
    r"""The largest entry of each window of images, $y_n = \max_k x_{nS + kD - P}$.

    The layer of [`max_pool2d`][reference_impl.functional.max_pool2d]. There are no indices to return, so `ceil_mode` is
    given by name: in torch another argument stands before it.

    Args:
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis.
        dilation: The distance $D$ of two taps, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import MaxPool2d
        >>> x = torch.tensor([[[3.0, 1.0, 4.0], [1.0, 5.0, 9.0], [2.0, 6.0, 5.0]]])
        >>> MaxPool2d(2, stride=1)(x).tolist()  # of 3, 1, 1, 5; of 1, 4, 5, 9; and of the two rows below
        [[[5.0, 9.0], [6.0, 9.0]]]
        >>> MaxPool2d((2, 1), padding=(1, 0), stride=(2, 1))(x).tolist()  # row 0; rows 1 and 2
        [[[3.0, 1.0, 4.0], [2.0, 6.0, 9.0]]]
    """

    axes = 2


class MaxPool3d(MaxPooling):
    r"""The largest entry of each window of volumes, $y_n = \max_k x_{nS + kD - P}$.

    The layer of [`max_pool3d`][reference_impl.functional.max_pool3d]. There are no indices to return, so `ceil_mode` is
    given by name: in torch another argument stands before it.

    Args:
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis.
        dilation: The distance $D$ of two taps, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import MaxPool3d
        >>> x = torch.arange(36.0).reshape(1, 3, 3, 4) % 11
        >>> MaxPool3d((2, 1, 3), stride=(1, 2, 1))(x).tolist()  # of 0, 1, 2, 1, 2, 3; of 1, 2, 3, 2, 3, 4; ...
        [[[[3.0, 4.0], [10.0, 10.0]], [[4.0, 5.0], [10.0, 10.0]]]]
    """

    axes = 3
