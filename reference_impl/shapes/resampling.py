"""Output sizes of upsampling, unfolding and folding, and the number of frames of a recording."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import as_given, dimensions, flag, refuse, spread, whole
from reference_impl.shapes.convolution import conv_output_size
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.terms import lettered, product, rounded_down


def upsample_output_size(
    size: int | tuple[int, ...],
    *,
    scale_factor: float | tuple[float, ...] | None = None,
    output_size: int | tuple[int, ...] | None = None,
) -> int | tuple[int, ...]:
    r"""Compute the output size of interpolation.

    $$\lfloor W \cdot f \rfloor$$

    with the scale factor $f$, or the output size that is asked for.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        scale_factor: The factor $f$, or one for each dimension. It may be a float.
        output_size: The size itself, or one for each dimension, in place of the factor.

    Returns:
        The output size: an int for an int, a tuple for a tuple.

    Raises:
        ValueError: If not exactly one of the two is given, or nothing is left.
        TypeError: If something is not a number.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import upsample_output_size
        >>> torch.nn.Upsample(scale_factor=1.5)(torch.zeros(1, 1, 5)).tolist()
        [[[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]]
        >>> upsample_output_size(5, scale_factor=1.5), upsample_output_size((5, 7), scale_factor=(2, 0.5))  # ⌊7.5⌋
        (7, (10, 3))
        >>> upsample_output_size(5, output_size=9)
        9

    Source:
        The rule of `torch.nn.functional.interpolate`.
    """
    sizes = dimensions("size", size)
    if (scale_factor is None) == (output_size is None):
        given = "neither" if scale_factor is None else "both"
        raise ValueError(
            f"`scale_factor` or `output_size` must be given, and {given} was; pass e.g. scale_factor=2"
        )
    if output_size is not None:
        return as_given(size, list(spread("output_size", output_size, len(sizes))))
    factors = scale_factor if isinstance(scale_factor, (tuple, list)) else (scale_factor,) * len(sizes)
    if len(factors) != len(sizes):
        rule = f"must be one number or a tuple of {len(sizes)}, one for each dimension of the size"
        refuse("scale_factor", scale_factor, rule, f"pass e.g. scale_factor={(2,) * len(sizes)}")
    return as_given(size, list(map(_scaled, sizes, factors)))


def _scaled(size: int, factor: Any) -> int:
    if not isinstance(factor, (int, float)) or isinstance(factor, bool):
        refuse("scale_factor", factor, "must be a number", "pass e.g. scale_factor=2", TypeError)
    if not 0 < factor < 2**63:
        refuse("scale_factor", factor, "must be above 0 and finite", "pass e.g. scale_factor=2")
    result = evaluate("size", _scaled_size, "W f", size, float(factor))
    if result < 1:
        refuse("scale_factor", factor, f"leaves nothing of a size of {size}", f"pass at least {1 / size}")
    return result


def _scaled_size(size: int, factor: float) -> int:
    return rounded_down(size * factor)


def unfold_output_shape(
    channels: int,
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | tuple[int, ...] = 0,
    dilation: int | tuple[int, ...] = 1,
) -> tuple[int, int]:
    r"""Compute the shape of the matrix of all windows, one in each column.

    $$\left(C \prod_d K_d,\; \prod_d M_d\right)$$

    where $M_d$ is the output size of a convolution with the same arguments.

    Args:
        channels: The number $C$ of input channels.
        size: The input size, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The distance of two windows, or one for each dimension.
        padding: The zeros on each side, or one number for each dimension.
        dilation: The distance of two taps, or one for each dimension.

    Returns:
        Rows and columns of the matrix.

    Raises:
        ValueError: If a number is out of range, or no window fits.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import unfold_output_shape
        >>> layer = torch.nn.Unfold((3, 2), stride=2, padding=(1, 0), dilation=(2, 3))
        >>> tuple(layer(torch.zeros(1, 5, 10, 9)).shape)
        (1, 30, 12)
        >>> unfold_output_shape(5, (10, 9), (3, 2), 2, (1, 0), (2, 3))  # 5*3*2, 4*3
        (30, 12)
        >>> unfold_output_shape(1, 6, 3)
        (3, 4)

    Source:
        The rule of `torch.nn.Unfold`.
    """
    whole("channels", channels)
    sizes = dimensions("size", size)
    windows: Any = conv_output_size(sizes, kernel_size, stride, padding, dilation)
    rows = [channels]
    rows.extend(spread("kernel_size", kernel_size, len(sizes)))
    row_letters = "C " + lettered("K", len(sizes))
    return (
        evaluate("rows", product, row_letters, *rows),
        evaluate("columns", product, lettered("L", len(sizes)), *windows),
    )


def fold_output_shape(
    shape: tuple[int, int],
    output_size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | tuple[int, ...] = 0,
    dilation: int | tuple[int, ...] = 1,
) -> tuple[int, ...]:
    r"""Compute the shape that comes of adding a matrix of windows back into an image.

    The matrix must have $C \prod_d K_d$ rows and one column for each window; then the result has $C$ channels.

    Args:
        shape: Rows and columns of the matrix.
        output_size: The size of the image, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The distance of two windows, or one for each dimension.
        padding: The zeros on each side, or one number for each dimension.
        dilation: The distance of two taps, or one for each dimension.

    Returns:
        The channels, then the size.

    Raises:
        ValueError: If a number is out of range, or rows or columns do not match.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import fold_output_shape
        >>> layer = torch.nn.Fold((10, 9), (3, 2), stride=2, padding=(1, 0), dilation=(2, 3))
        >>> tuple(layer(torch.zeros(1, 30, 12)).shape)
        (1, 5, 10, 9)
        >>> fold_output_shape((30, 12), (10, 9), (3, 2), 2, (1, 0), (2, 3))  # 30 / (3*2), 12 = 4*3
        (5, 10, 9)
        >>> fold_output_shape((6, 4), 6, 3)
        (2, 6)

    Source:
        The rule of `torch.nn.Fold`.
    """
    rows, columns = spread("shape", shape if isinstance(shape, (tuple, list)) else (shape,), 2)
    sizes = dimensions("output_size", output_size)
    taps, windows = unfold_output_shape(1, sizes, kernel_size, stride, padding, dilation)
    if rows % taps:
        rule = f"must have a multiple of {taps} rows, the product of kernel_size"
        refuse("shape", shape, rule, f"pass e.g. {(rows - rows % taps or taps, columns)}")
    if columns != windows:
        refuse("shape", shape, f"must have {windows} columns, one for each window", f"pass {(rows, windows)}")
    result = [rows // taps]
    result.extend(sizes)
    return tuple(result)


def frame_count(duration_ms: int, *, window_ms: int = 25, hop_ms: int = 10, center: bool = False) -> int:
    r"""Count the frames of a recording.

    A window of length $K$ is moved by $S$ as long as it lies inside the duration $W$:

    $$\left\lfloor \frac{W - K}{S} \right\rfloor + 1$$

    With `center` the recording is padded, so that a frame is centred at each multiple of the hop:
    $\lfloor W / S \rfloor + 1$.

    Args:
        duration_ms: The length $W$ of the recording in milliseconds.
        window_ms: The length $K$ of a window.
        hop_ms: The distance $S$ of two windows.
        center: Whether frames are centred, as in `torch.stft`.

    Returns:
        The number of frames.

    Raises:
        ValueError: If a number is out of range, or the window is longer than the recording.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import frame_count
        >>> durations = 1004, 1005
        >>> [len(torch.zeros(samples).unfold(0, 25, 10)) for samples in durations]  # sampled once a millisecond
        [98, 99]
        >>> [frame_count(duration) for duration in durations]  # ⌊979 / 10⌋ + 1, 980 / 10 + 1
        [98, 99]
        >>> frame_count(1009, window_ms=20, hop_ms=15), frame_count(1009, center=True)
        (66, 101)

    Source:
        Windows of 25 ms moved by 10 ms are the usual choice of speech recognisers.
    """
    whole("duration_ms", duration_ms), whole("window_ms", window_ms), whole("hop_ms", hop_ms)
    if flag("center", center):
        return evaluate("frames", _centred, "W S", duration_ms, hop_ms)
    if window_ms > duration_ms:
        refuse(
            "window_ms",
            window_ms,
            f"is longer than the recording of {duration_ms} ms",
            "pass a shorter window",
        )
    return evaluate("frames", _frames, "W K S", duration_ms, window_ms, hop_ms)


def _centred(duration: int, hop: int) -> int:
    return duration // hop + 1


def _frames(duration: int, window: int, hop: int) -> int:
    return (duration - window) // hop + 1
