"""Arithmetic, each operation with its derivatives. Either operand may be a Python number."""

import math

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, array_of, primitive

Number = (int, float)


@primitive
def negative(xp: Namespace, x: Array) -> Result:
    """Compute $-x$."""
    return -x, (lambda g: -g,)


@primitive
def add(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute $x + y$."""
    return x + y, (lambda g: g, lambda g: g)


@primitive
def subtract(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute $x - y$."""
    return x - y, (lambda g: g, lambda g: -g)


@primitive
def multiply(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute $x y$, entry by entry."""
    return x * y, (lambda g: g * y, lambda g: g * x)


@primitive
def divide(xp: Namespace, x: Array, y: Array) -> Result:
    r"""Compute $x / y$; the derivative for $y$ is $-x / y^2$."""
    quotient = x / y
    return quotient, (lambda g: g / y, lambda g: -g * quotient / y)


@primitive
def pow(xp: Namespace, x: Array, y: Array) -> Result:
    r"""Compute $x^y$; the derivatives are $y x^{y-1}$ and $x^y \ln x$.

    The first is 0 where $y = 0$ and the second where $x = 0 \le y$, also where a factor is infinite.
    """
    power = x**y

    def for_base(g: Array) -> Array:
        if isinstance(y, Number):
            return g * (y * x ** (y - 1)) if y else xp.zeros_like(g)
        return xp.where(array_of(y) == 0, 0.0, g * y * x ** (y - 1))

    def for_exponent(g: Array) -> Array:
        if isinstance(x, Number):
            return g * power * math.log(x) if x else xp.zeros_like(g)
        still = (array_of(x) == 0) & (array_of(y) >= 0)
        return xp.where(still, 0.0, g * power * xp.log(x))

    return power, (for_base, for_exponent)
