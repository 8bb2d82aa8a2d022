"""Windows as the columns of a matrix, and the way back: what makes a convolution a product of matrices."""

import math
from collections.abc import Iterator

from reference_impl._array import Array, namespace
from reference_impl.functional.windows import Windows

MOST_ENTRIES = 2**20
"""How many numbers the matrix of columns holds at most, as long as one sample needs no more: 4 MiB in float32."""


def batches(samples: int, channels: int, windows: Windows) -> Iterator[slice]:
    """Cut the samples into batches whose columns fit into `MOST_ENTRIES`, but of one sample at least."""
    each = channels * math.prod(windows.kernel) * math.prod(windows.count)
    step = max(1, MOST_ENTRIES // max(1, each))
    return (slice(start, min(start + step, samples)) for start in range(0, max(samples, 1), step))


def padded(x: Array, windows: Windows, value: float = 0.0) -> Array:
    """Surround the spatial axes of `x` with the padding."""
    if windows.padded == windows.size:
        return x
    xp = namespace(x)
    result = xp.full((*x.shape[:2], *windows.padded), value, dtype=x.dtype, device=x.device)
    result[(..., *windows.inside)] = x
    return result


def columns(x: Array, windows: Windows, groups: int) -> Array:
    """Gather the windows: a row for each channel and tap, a column for each sample and window, by group."""
    xp = namespace(x)
    channels_first = padded(_swapped(x), windows)
    taps = xp.stack([channels_first[(..., *tap)] for tap in windows.taps()], axis=1)
    return xp.reshape(taps, (groups, x.shape[1] // groups * taps.shape[1], -1))


def add_columns(matrix: Array, channels: int, windows: Windows) -> Array:
    """Add each entry of the columns to the entry of the samples that it would be gathered from."""
    xp = namespace(matrix)
    taps = xp.reshape(matrix, (channels, math.prod(windows.kernel), -1, *windows.count))
    shape = (channels, taps.shape[2], *windows.padded)
    result = xp.zeros(shape, dtype=matrix.dtype, device=matrix.device)
    for number, tap in enumerate(windows.taps()):
        result[(..., *tap)] += taps[:, number, ...]
    return _swapped(result[(..., *windows.inside)])


def as_matrix(x: Array, groups: int) -> Array:
    """Lay out samples: a row for each channel, a column for each sample and place, by group."""
    return namespace(x).reshape(_swapped(x), (groups, x.shape[1] // groups, -1))


def from_matrix(matrix: Array, count: tuple[int, ...]) -> Array:
    """Undo `as_matrix`."""
    groups, channels, _ = matrix.shape
    return _swapped(namespace(matrix).reshape(matrix, (groups * channels, -1, *count)))


def _swapped(x: Array) -> Array:
    """Swap samples and channels."""
    return namespace(x).permute_dims(x, (1, 0, *range(2, x.ndim)))
