"""Matrix products, with their derivatives."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive
from reference_impl.autograd.primitives.shaping import expand_dims, squeeze
from reference_impl.autograd.tensor import Tensor


@primitive
def _matmul(xp: Namespace, x: Array, y: Array) -> Result:
    return x @ y, (lambda g: g @ y.mT, lambda g: x.mT @ g)


def matmul(x: Array, y: Array) -> Tensor:
    r"""Compute the matrix product $x y$; its derivatives are $g y^\top$ and $x^\top g$.

    Axes before the last two are broadcast. A vector on the left is a row, on the right a column, and the axis that
    makes it one is dropped from the result.
    """
    if x.ndim == 1:
        return squeeze(matmul(expand_dims(x, axis=0), y), axis=-1 if y.ndim == 1 else -2)
    if y.ndim == 1:
        return squeeze(matmul(x, expand_dims(y, axis=1)), axis=-1)
    return _matmul(x, y)
