"""Interpolation to another size, one axis after the other."""

from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_choice, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import alias, take
from reference_impl.functional.windows import settled
from reference_impl.shapes import upsample_output_size

AXES = {"nearest": (1, 2, 3), "linear": (1,), "bilinear": (2,), "trilinear": (3,)}


def interpolate(
    input: Array | Tensor,
    size: int | tuple[int, ...] | None = None,
    scale_factor: float | tuple[float, ...] | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    r"""Give a sequence, an image or a volume another size.

    Along each axis, the entry at place $i$ of the result lies at a place $s$ of the input, of length $W$; $f$ is the
    scale factor, or where a size $M$ is asked for $M / W$:

    | mode | $s$ |
    | --- | --- |
    | `"nearest"` | $i / f$, rounded down |
    | `"linear"`, `"bilinear"`, `"trilinear"` | $(i + 1/2) / f - 1/2$, but at least 0 |
    | the same with `align_corners` | $i (W - 1) / (M - 1)$ |

    $$y_i = (1 - t) \, x_{\lfloor s \rfloor} + t \, x_{\lfloor s \rfloor + 1}, \qquad t = s - \lfloor s \rfloor$$

    Beyond the last entry, that one is taken.
    Where a factor such as 1.1 leaves the size as it is, $f = 1$ counts, but not with `"nearest"` on sequences and
    volumes; on images, `"nearest"` also takes a factor that doubles the size for 2. These exceptions are torch's.

    Args:
        input: The samples $x$.
        size: The size $M$ of the result, or one for each axis.
        scale_factor: The factor $f$, or one for each axis, in place of the size.
        mode: `"nearest"`, or by the number of axes `"linear"`, `"bilinear"` or `"trilinear"`.
        align_corners: Whether the first and last entries of both stand at the same places, instead of the outer edges
            of these entries. None, which is False, and the only choice for `"nearest"`.

    Returns:
        The entries $y$.

    Raises:
        ValueError: The mode is unknown, doesn't fit the axes or goes with no `align_corners`; not exactly one of size
            and factor is given, or one of them is out of range.
        TypeError: A number is none.

    Shape:
        `input` $(N, C, W)$, $(N, C, H, W)$ or $(N, C, D, H, W)$; result alike, with sizes by
        [`upsample_output_size`][reference_impl.shapes.upsample_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[0.0, 4.0, 8.0]]])
        >>> F.interpolate(x, 5).tolist(), F.interpolate(x, scale_factor=0.7).tolist()  # at 0, 0.6, 1.2, ...; 0, 1.43
        ([[[0.0, 0.0, 4.0, 4.0, 8.0]]], [[[0.0, 4.0]]])
        >>> F.interpolate(x, scale_factor=2, mode="linear").tolist()  # at 0, 0.25, 0.75, ..., 1.75, 2.25
        [[[0.0, 1.0, 3.0, 5.0, 7.0, 8.0]]]
        >>> F.interpolate(x, size=5, mode="linear", align_corners=True).tolist()  # at 0, 0.5, 1, 1.5, 2
        [[[0.0, 2.0, 4.0, 6.0, 8.0]]]
        >>> F.interpolate(x[None], (1, 2), mode="bilinear", align_corners=False).tolist()  # 0.25 and 1.75 along
        [[[[1.0, 7.0]]]]
        >>> F.interpolate(x[None], scale_factor=(2, 0.7)).tolist()  # two rows; at 0, 1.43
        [[[[0.0, 4.0], [0.0, 4.0]]]]
    """
    check_choice("mode", mode, AXES)
    shape = tuple(input.shape)
    if len(shape) - 2 not in AXES[mode]:
        fix = {3: "nearest or linear", 4: "nearest or bilinear", 5: "nearest or trilinear"}
        rule = f"doesn't fit an input of {len(shape)} axes (samples, channels and {len(shape) - 2} more)"
        refuse("mode", mode, rule, f"choose {fix.get(len(shape), 'another input')}")
    if mode == "nearest" and align_corners is not None:
        refuse("align_corners", align_corners, "has no meaning for mode='nearest'", "leave it out")
    wanted: Any = upsample_output_size(
        shape[2:], scale_factor=settled(scale_factor), output_size=settled(size)
    )
    whole = (1, 2) if mode == "nearest" and len(shape) == 4 else (1,) if mode != "nearest" else ()
    result = alias(input)
    for axis in reversed(range(2, len(shape))):
        count, length = wanted[axis - 2], shape[axis]
        factor = scale_factor[axis - 2] if isinstance(scale_factor, tuple | list) else scale_factor
        step = 1 / factor if factor and count / length not in whole else length / count
        if mode == "nearest":
            result = take(result, _places(_nearest(count, step, length), result), axis=axis)
        else:
            result = _between(result, axis, _lying(count, step, length, bool(align_corners)))
    return result


def _nearest(count: int, step: float, length: int) -> numpy.ndarray:
    """Return the places $i / f$, rounded down; they are computed in single precision, as in torch."""
    places = numpy.arange(count, dtype=numpy.float32) * numpy.float32(step)
    return numpy.minimum(numpy.floor(places).astype(numpy.int64), length - 1)


def _lying(count: int, step: float, length: int, align_corners: bool) -> numpy.ndarray:
    """Return the places between entries."""
    if align_corners:
        return numpy.arange(count) * ((length - 1) / max(count - 1, 1))
    return numpy.maximum((numpy.arange(count) + 0.5) * step - 0.5, 0.0)


def _between(x: Tensor, axis: int, places: numpy.ndarray) -> Tensor:
    """Weigh the two neighbours of each place."""
    last = x.shape[axis] - 1
    left = numpy.minimum(numpy.floor(places), last)
    share = places - left
    along = (-1,) + (1,) * (x.ndim - 1 - axis)
    right_share = from_numpy(share.reshape(along), like=x.data)
    left_share = from_numpy((1 - share).reshape(along), like=x.data)
    lefts = take(x, _places(left, x), axis=axis)
    rights = take(x, _places(numpy.minimum(left + 1, last), x), axis=axis)
    return lefts * left_share + rights * right_share


def _places(numbers: numpy.ndarray, like: Tensor) -> Array:
    """Move whole numbers to the library and device of a tensor."""
    xp = namespace(like.data)
    return from_numpy(numbers, like.data, xp.int64)
