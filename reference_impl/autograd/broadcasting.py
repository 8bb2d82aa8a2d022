"""The derivative of broadcasting, written once for every operation."""

from typing import Any

from reference_impl._array import namespace


def unbroadcast(gradient: Any, shape: tuple[int, ...]) -> Any:
    """Sum `gradient` over the axes that broadcasting added to an array of this `shape`, or stretched in it."""
    added = gradient.ndim - len(shape)
    before = (1,) * added + tuple(shape)
    stretched = tuple(axis for axis, size in enumerate(gradient.shape) if size != before[axis])
    xp = namespace(gradient)
    summed = xp.sum(gradient, axis=stretched) if stretched else gradient
    return xp.reshape(summed, shape=tuple(shape))
