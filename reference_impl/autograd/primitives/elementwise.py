"""Functions of each entry, each with its derivative."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.tensor import Tensor


@primitive
def exp(xp: Namespace, x: Array) -> Result:
    """Compute $e^x$, which is its own derivative."""
    y = xp.exp(x)
    return y, (lambda g: g * y,)


@primitive
def log(xp: Namespace, x: Array) -> Result:
    """Compute the natural logarithm; its derivative is $1 / x$."""
    return xp.log(x), (lambda g: g / x,)


@primitive
def sqrt(xp: Namespace, x: Array) -> Result:
    r"""Compute the square root; its derivative is $1 / (2 \sqrt x)$."""
    y = xp.sqrt(x)
    return y, (lambda g: g / (2.0 * y),)


@primitive
def sin(xp: Namespace, x: Array) -> Result:
    """Compute the sine; its derivative is the cosine."""
    return xp.sin(x), (lambda g: g * xp.cos(x),)


@primitive
def cos(xp: Namespace, x: Array) -> Result:
    """Compute the cosine; its derivative is the negative sine."""
    return xp.cos(x), (lambda g: -g * xp.sin(x),)


@primitive
def tanh(xp: Namespace, x: Array) -> Result:
    r"""Compute the hyperbolic tangent $y$; its derivative is $1 - y^2$."""
    y = xp.tanh(x)
    return y, (lambda g: g * (1.0 - y * y),)


@primitive
def abs(xp: Namespace, x: Array) -> Result:
    """Compute the absolute value; its derivative is the sign, which is 0 at 0."""
    return xp.abs(x), (lambda g: g * xp.sign(x),)


@primitive
def maximum(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute the larger of $x$ and $y$; where they tie, each gets half of the gradient."""
    above, below = array_of(x > y), array_of(x < y)

    def for_larger(g: Array, larger: Array, smaller: Array) -> Array:
        return xp.where(larger, g, xp.where(smaller, 0.0, 0.5 * g))

    return xp.maximum(x, y), (lambda g: for_larger(g, above, below), lambda g: for_larger(g, below, above))


@primitive
def _where(xp: Namespace, x: Array, y: Array, *, condition: Array) -> Result:
    return xp.where(condition, x, y), (
        lambda g: xp.where(condition, g, 0.0),
        lambda g: xp.where(condition, 0.0, g),
    )


def where(condition: Array, x: Array, y: Array) -> Tensor:
    """Take $x$ where `condition` holds and $y$ elsewhere; the gradient goes to the one that was taken."""
    return _where(x, y, condition=array_of(condition))
