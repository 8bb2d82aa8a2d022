"""Powers of a fixed base and logarithms, each with its derivative."""

import math

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive


@primitive
def exp(xp: Namespace, x: Array) -> Result:
    """Compute $e^x$, which is its own derivative."""
    y = xp.exp(x)
    return y, (lambda g: g * y,)


@primitive
def expm1(xp: Namespace, x: Array) -> Result:
    """Compute $e^x - 1$ without the cancellation near $x = 0$; the derivative is $e^x$."""
    y = xp.expm1(x)
    return y, (lambda g: g * (y + 1.0),)


@primitive
def log(xp: Namespace, x: Array) -> Result:
    """Compute the natural logarithm; its derivative is $1 / x$."""
    return xp.log(x), (lambda g: g / x,)


@primitive
def log1p(xp: Namespace, x: Array) -> Result:
    """Compute the logarithm of $1 + x$, exact near $x = 0$; the derivative is $1 / (1 + x)$."""
    return xp.log1p(x), (lambda g: g / (x + 1.0),)


@primitive
def log2(xp: Namespace, x: Array) -> Result:
    r"""Compute the logarithm to base 2; its derivative is $1 / (x \ln 2)$."""
    return xp.log2(x), (lambda g: g / (x * math.log(2.0)),)


@primitive
def log10(xp: Namespace, x: Array) -> Result:
    r"""Compute the logarithm to base 10; its derivative is $1 / (x \ln 10)$."""
    return xp.log10(x), (lambda g: g / (x * math.log(10.0)),)


@primitive
def logaddexp(xp: Namespace, x: Array, y: Array) -> Result:
    r"""Compute $\ln(e^x + e^y)$, where no power overflows; the derivatives are $e^x$ and $e^y$ over their sum."""

    def share(gap: Array) -> Array:
        power = xp.exp(xp.where(gap >= 0, -gap, gap))
        return xp.where(gap >= 0, 1.0, power) / (1.0 + power)

    return xp.logaddexp(x, y), (lambda g: g * share(x - y), lambda g: g * share(y - x))


@primitive
def sqrt(xp: Namespace, x: Array) -> Result:
    r"""Compute the square root; its derivative is $1 / (2 \sqrt x)$."""
    y = xp.sqrt(x)
    return y, (lambda g: g / (2.0 * y),)
