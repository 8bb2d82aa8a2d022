"""Making parameters that live where an example array lives."""

from typing import Any

import numpy

from reference_impl._array import Array, device, namespace
from reference_impl.autograd import Tensor


def example(like: Array | None, dtype: Any) -> Array:
    """Return an array without entries whose library, dtype and device parameters are to take.

    Without `like` that is NumPy's float32, torch's default dtype; `dtype` takes the place of the dtype of `like`.
    """
    model = numpy.empty(0, dtype=numpy.float32) if like is None else like
    chosen = model.dtype if dtype is None else dtype
    return namespace(model).empty(0, dtype=chosen, device=device(model))


def parameter(like: Array, *shape: int) -> Tensor:
    """Make a parameter of zeros, to be filled in place."""
    zeros = namespace(like).zeros(shape, dtype=like.dtype, device=device(like))
    return Tensor(zeros, requires_grad=True)
