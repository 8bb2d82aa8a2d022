"""Samples in blocks of rows that fit into a processor's cache, in float64."""

from collections.abc import Callable, Iterator

from reference_impl._array import Array, namespace
from reference_impl.shift.kernels import row_blocks
from reference_impl.shift.precision import in_double

ENTRIES = 1 << 18


def double_blocks(sample: Array, columns: int | None = None) -> Iterator[Array]:
    """Yield the rows of `sample` in float64; a block has few enough rows for so many columns."""
    for rows in row_blocks(sample.shape[0], columns or sample.shape[1], ENTRIES):
        yield in_double(sample[rows, :])


def in_blocks(function: Callable[[Array], Array], sample: Array, columns: int | None = None) -> Array:
    """Return the values (n,) of a function at the rows of `sample`, computed in blocks."""
    found = [function(block) for block in double_blocks(sample, columns)]
    return found[0] if len(found) == 1 else namespace(sample).concat(found)
