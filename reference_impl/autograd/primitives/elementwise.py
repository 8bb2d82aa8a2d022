"""Functions of each entry, each with its derivative."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive


@primitive
def square(xp: Namespace, x: Array) -> Result:
    """Compute $x^2$; its derivative is $2x$."""
    return x * x, (lambda g: g * (2.0 * x),)


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
    """Compute the absolute value; its derivative is the sign: 0 at 0, and NaN at NaN (in torch 0)."""
    return xp.abs(x), (lambda g: g * xp.sign(x),)
