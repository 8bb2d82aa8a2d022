"""Quadratic programs over non-negative numbers, with few variables."""

import numpy


def minimise_quadratic(
    curvature: numpy.ndarray, linear: numpy.ndarray, start: numpy.ndarray
) -> numpy.ndarray:
    r"""Return $\arg\min_{y \ge 0} \frac12 y^\top H y + b^\top y$ for a positive definite H, from a `start` $\ge 0$.

    The active-set method: solve for the variables above zero; where the solution would fall below zero, go up to
    the border and fix what reached it there; then release the variable whose slope is most negative.

    Source:
        Lawson and Hanson, Solving Least Squares Problems, 1974, chapter 23.
    """
    here, free = start, start > 0
    rounding = 1e-13 * float(numpy.max(numpy.abs(linear)))
    for _ in range(30 + 3 * linear.size):
        minimum = numpy.zeros_like(linear)
        minimum[free] = numpy.linalg.solve(curvature[numpy.ix_(free, free)], -linear[free])
        below = free & (minimum <= 0)
        if below.any():
            fraction = float(numpy.min(here[below] / (here[below] - minimum[below])))
            here = here + fraction * (minimum - here)
            free &= ~(below & (here <= 1e-15))
            here[~free] = 0.0
            continue
        here = minimum
        slope = numpy.where(free, 0.0, curvature @ here + linear)
        if numpy.min(slope) >= -rounding:
            break
        free[numpy.argmin(slope)] = True
    return here
