"""Noticing that an array was changed between the computation that used it and the way back."""

from collections.abc import Callable, Collection
from typing import Any

from reference_impl._array import Array, describe, fingerprint

Edges = Collection[tuple[Any, Callable[[Any], Any]]]
Kept = list[tuple[Array, Any]]


def edges_of(tensor: Any) -> Edges:
    """Return the edges of `tensor`, once the arrays that it was computed from are seen to be as they were."""
    _, _, _, kept = tensor.recipe
    for array, before in kept:
        if fingerprint(array) != before:
            raise RuntimeError(
                "one of the variables needed for gradient computation has been modified by an inplace operation: an "
                f"input of `{tensor.op}` ({describe(array)}, of shape {tuple(array.shape)}) was changed after it was "
                "used; call backward before changing it (as optimizer.step does), or compute the value again"
            )
    return tensor.edges
