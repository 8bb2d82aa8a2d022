"""Joining arrays, with the derivative that cuts the gradient up again."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Derivative, Result, primitive
from reference_impl.autograd.primitives.shaping import expand_dims
from reference_impl.autograd.tensor import Tensor


@primitive
def _concat(xp: Namespace, *arrays: Array, axis: int) -> Result:
    ends = [0, *accumulate(array.shape[axis] for array in arrays)]
    before = (slice(None),) * (axis % arrays[0].ndim)

    def cut(start: int, end: int) -> Derivative:
        return lambda g: g[(*before, slice(start, end), ...)]

    return xp.concat(arrays, axis=axis), [cut(start, end) for start, end in pairwise(ends)]


def concat(arrays: Sequence[Array], *, axis: int = 0) -> Tensor:
    """Join arrays along an axis that they have; each gets its stretch of the gradient."""
    return _concat(*arrays, axis=axis)


def stack(arrays: Sequence[Array], *, axis: int = 0) -> Tensor:
    """Join arrays along a new axis; each gets its slice of the gradient."""
    return concat([expand_dims(array, axis=axis) for array in arrays], axis=axis)
