"""Transposed convolutions over one to three spatial axes."""

from typing import Any

from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.functional.convolution import Numbers, Padding, check_groups, with_bias
from reference_impl.functional.correlation import scatter
from reference_impl.functional.samples import check_axes, with_samples
from reference_impl.functional.windows import settled, transposed_windows


def conv_transpose1d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    output_padding: Numbers = 0,
    groups: int = 1,
    dilation: Numbers = 1,
) -> Tensor:
    r"""Write a kernel into a sequence, as often as each input says, and add up.

    This is the transpose of [`conv1d`][reference_impl.functional.conv1d] as a linear map:

    $$y_{o,n} = b_o + \sum_{c} \sum_{iS + kD - P = n} w_{c,o,k} \; x_{c,i}$$

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$, with the channels of `input` first.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two kernels in the result.
        padding: How many outputs $P$ are cut off on each side; a pair
            `(before, after)` for each axis cuts unevenly.
        output_padding: How many outputs stand at the end beyond the last kernel:
            fewer than the stride or the dilation.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        dilation: The distance $D$ of two taps of the kernel.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or nothing is left of the output.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$, `weight` $(C, O/G, K)$, `bias` $(O)$; result
        $(N, O, L')$ or $(O, L')$ with sizes by
        [`conv_transpose_output_size`][reference_impl.shapes.conv_transpose_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, weight = torch.tensor([[[1.0, 10.0, 100.0]]]), torch.tensor([[[1.0, 2.0, 3.0]]])
        >>> F.conv_transpose1d(x, weight).tolist()  # 1, 2*1 + 1*10, 3*1 + 2*10 + 1*100, ...
        [[[1.0, 12.0, 123.0, 230.0, 300.0]]]
        >>> F.conv_transpose1d(x, weight, stride=2).tolist()  # neighbours overlap in one entry: 3*1 + 1*10
        [[[1.0, 2.0, 13.0, 20.0, 130.0, 200.0, 300.0]]]
        >>> bias = torch.tensor([0.5])
        >>> F.conv_transpose1d(x, weight, bias, stride=4, padding=1, output_padding=1, dilation=2).tolist()
        [[[0.5, 2.5, 0.5, 13.5, 0.5, 20.5, 0.5, 130.5, 0.5, 200.5, 0.5, 300.5]]]
        >>> # kernels spread to 1, 0, 2, 0, 3 and written every 4 entries; one cut off at the start, none at the end
    """
    return _transposed(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    output_padding: Numbers = 0,
    groups: int = 1,
    dilation: Numbers = 1,
) -> Tensor:
    r"""Write a kernel into an image, as often as each input says, and add up.

    This is the transpose of [`conv2d`][reference_impl.functional.conv2d] as a linear map:

    $$y_{o,n,m} = b_o + \sum_{c} \sum_{iS + kD - P = n} \; \sum_{jS + lD - P = m} w_{c,o,k,l} \; x_{c,i,j}$$

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$, with the channels of `input` first.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two kernels in the result, or one for each axis.
        padding: How many outputs $P$ are cut off on each side, or one number for each axis; a pair
            `(before, after)` for each axis cuts unevenly.
        output_padding: How many outputs stand at the end beyond the last kernel, or one number for each axis:
            fewer than the stride or the dilation.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        dilation: The distance $D$ of two taps of the kernel, or one for each axis.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or nothing is left of the output.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$, `weight` $(C, O/G, K_1, K_2)$, `bias` $(O)$; result
        $(N, O, H', W')$ or $(O, H', W')$ with sizes by
        [`conv_transpose_output_size`][reference_impl.shapes.conv_transpose_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, weight = torch.tensor([[[1.0, 10.0]]]), torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
        >>> F.conv_transpose2d(x, weight).tolist()  # each entry writes the kernel; 2*1 + 1*10, 4*1 + 3*10
        [[[1.0, 12.0, 20.0], [3.0, 34.0, 40.0]]]
        >>> F.conv_transpose2d(x, weight, padding=(1, 0), output_padding=(1, 0), stride=2).tolist()
        [[[3.0, 4.0, 30.0, 40.0]]]
        >>> two = F.conv_transpose2d(torch.ones(2, 1, 1), torch.tensor([2.0, 7.0]).reshape(2, 1, 1, 1), groups=2)
        >>> two.tolist()
        [[[2.0]], [[7.0]]]
    """
    return _transposed(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    output_padding: Numbers = 0,
    groups: int = 1,
    dilation: Numbers = 1,
) -> Tensor:
    r"""Write a kernel into a volume, as often as each input says, and add up.

    This is the transpose of [`conv3d`][reference_impl.functional.conv3d] as a linear map:

    $$y_{o,n_1,n_2,n_3} = b_o + \sum_{c} \sum_{i_a S + k_a D - P = n_a} w_{c,o,k_1,k_2,k_3} \; x_{c,i_1,i_2,i_3}$$

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$, with the channels of `input` first.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two kernels in the result, or one for each axis.
        padding: How many outputs $P$ are cut off on each side, or one number for each axis; a pair
            `(before, after)` for each axis cuts unevenly.
        output_padding: How many outputs stand at the end beyond the last kernel, or one number for each axis:
            fewer than the stride or the dilation.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        dilation: The distance $D$ of two taps of the kernel, or one for each axis.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or nothing is left of the output.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$, `weight` $(C, O/G, K_1, K_2, K_3)$, `bias` $(O)$; result
        $(N, O, D', H', W')$ or $(O, D', H', W')$ with sizes by
        [`conv_transpose_output_size`][reference_impl.shapes.conv_transpose_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, weight = torch.tensor([[[[[1.0, 10.0]]]]]), torch.tensor([[[[[1.0, 2.0]]], [[[0.0, -1.0]]]]])
        >>> F.conv_transpose3d(x, weight, bias=torch.tensor([0.0, 0.5])).tolist()  # 1*1, 2*1 + 1*10, 2*10; ...
        [[[[[1.0, 12.0, 20.0]]], [[[0.5, -0.5, -9.5]]]]]
        >>> F.conv_transpose3d(x, weight, stride=3, padding=(0, 0, 1), output_padding=(0, 0, 2)).tolist()
        [[[[[2.0, 0.0, 10.0, 20.0, 0.0]]], [[[-1.0, 0.0, 0.0, -10.0, 0.0]]]]]
    """
    return _transposed(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transposed(
    axes: int,
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None,
    stride: Any,
    padding: Any,
    output_padding: Any,
    groups: int,
    dilation: Any,
) -> Tensor:
    check_axes("weight", weight, axes + 2)

    def of_batch(batch: Tensor | Array) -> Tensor:
        _check_channels(tuple(batch.shape), tuple(weight.shape), groups)
        size, kernel = tuple(batch.shape[2:]), tuple(weight.shape[2:])
        numbers = map(settled, (stride, padding, dilation, output_padding))
        windows = transposed_windows(size, kernel, *numbers)
        return with_bias(scatter(batch, weight, windows=windows, groups=groups), bias)

    return with_samples(f"conv_transpose{axes}d", axes, input, of_batch)


def _check_channels(shape: tuple[int, ...], kernel: tuple[int, ...], groups: int) -> None:
    check_groups(groups, kernel[0], "weight")
    if shape[1] != kernel[0]:
        raise RuntimeError(
            f"Given transposed=1, weight of size {list(kernel)}, expected input{list(shape)} to have {kernel[0]} "
            f"channels, but got {shape[1]} channels instead; `weight` must have shape "
            "(inputs, outputs / groups, *kernel)"
        )
