"""float64, in which everything here is solved whatever precision the samples have."""

from reference_impl._array import Array, namespace


def in_double(array: Array) -> Array:
    """Return `array` in float64, itself if it is so already."""
    xp = namespace(array)
    return array if array.dtype == xp.float64 else xp.astype(array, xp.float64)
