"""What the normalisations have in common: dividing by a deviation, with the derivative."""

from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, primitive
from reference_impl.autograd.primitives import add, multiply, reshape


@partial(primitive, fresh=True)
def standardise(xp: Namespace, x: Array, *, axes: tuple[int, ...], eps: float) -> Result:
    r"""Subtract the mean over `axes`, and divide by the root $s$ of the variance and `eps`.

    The derivative is $(\bar y - \langle \bar y \rangle - y \langle y \bar y \rangle) / s$, with means in the brackets.
    """
    centred = x - xp.mean(x, axis=axes, keepdims=True)
    deviation = xp.sqrt(xp.mean(centred * centred, axis=axes, keepdims=True) + eps)
    y = centred / deviation

    def derivative(g: Array) -> Array:
        along = xp.mean(g * y, axis=axes, keepdims=True)
        return (g - xp.mean(g, axis=axes, keepdims=True) - y * along) / deviation

    return y, (derivative,)


@partial(primitive, fresh=True)
def divide_by_root(xp: Namespace, x: Array, *, axes: tuple[int, ...], eps: float) -> Result:
    r"""Divide by the root $s$ of the mean square over `axes` and `eps`.

    The derivative is $(\bar y - y \langle y \bar y \rangle) / s$, with a mean in the brackets.
    """
    root = xp.sqrt(xp.mean(x * x, axis=axes, keepdims=True) + eps)
    y = x / root
    return y, (lambda g: (g - y * xp.mean(g * y, axis=axes, keepdims=True)) / root,)


def scaled_and_shifted(
    x: Tensor, weight: Array | Tensor | None, bias: Array | Tensor | None, shape: tuple[int, ...]
) -> Tensor:
    """Multiply by `weight` and add `bias`, both brought to a `shape` that broadcasts; None leaves a step out."""
    scaled = x if weight is None else multiply(x, reshape(weight, shape=shape))
    return scaled if bias is None else add(scaled, reshape(bias, shape=shape))
