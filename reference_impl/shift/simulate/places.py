"""Where simulated numbers go: the library, dtype and device of an example array."""

import numpy

from reference_impl._array import Array, is_array, is_floating
from reference_impl._checks import refuse


def place(like: Array | None) -> Array:
    """Return `like`, once it is an array of floats; without it, one of NumPy's float64."""
    if like is None:
        return numpy.empty(0)
    if not is_array(like) or not is_floating(like):
        fix = "pass e.g. like=torch.zeros(1, dtype=torch.float64)"
        refuse("like", like, "must be an array of floating-point numbers", fix, TypeError)
    return like
