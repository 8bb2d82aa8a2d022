r"""The error function, which the array API standard lacks.

Where the library has none, it is computed by the rational approximations of W. J. Cody, Rational Chebyshev
approximations for the error function, Mathematics of Computation 23 (1969): one for $\operatorname{erf}$ itself near 0,
one for $e^{x^2} (1 - \operatorname{erf} x)$ beyond. Both keep 16 digits.
"""

import math

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive

NEAR = 0.46875
FAR = 6.0  # 1 - erf(6) is 2e-17: from here on, erf is 1
NEAR_NUMERATOR = (
    1.85777706184603153e-1,
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
)
NEAR_DENOMINATOR = (
    1.0,
    2.36012909523441209e01,
    2.44024637934444173e02,
    1.28261652607737228e03,
    2.84423683343917062e03,
)
FAR_NUMERATOR = (
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594e00,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
)
FAR_DENOMINATOR = (
    1.0,
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03,
)


@primitive
def erf(xp: Namespace, x: Array) -> Result:
    r"""Compute $\frac{2}{\sqrt\pi} \int_0^x e^{-t^2} dt$; the derivative is $\frac{2}{\sqrt\pi} e^{-x^2}$."""
    y = xp.erf(x) if hasattr(xp, "erf") else _by_approximation(xp, x)
    return y, (lambda g: g * (2.0 / math.sqrt(math.pi) * xp.exp(-x * x)),)


def _by_approximation(xp: Namespace, x: Array) -> Array:
    size = xp.minimum(xp.abs(x), FAR)
    squared = size * size
    near = size * (_polynomial(NEAR_NUMERATOR, squared) / _polynomial(NEAR_DENOMINATOR, squared))
    missing = xp.exp(-squared) * (_polynomial(FAR_NUMERATOR, size) / _polynomial(FAR_DENOMINATOR, size))
    return xp.copysign(xp.where(size < NEAR, near, 1.0 - missing), x)


def _polynomial(coefficients: tuple[float, ...], x: Array) -> Array:
    """Add up powers of `x`, the highest first, by Horner's rule."""
    total = coefficients[0] * x + coefficients[1]
    for coefficient in coefficients[2:]:
        total *= x
        total += coefficient
    return total
