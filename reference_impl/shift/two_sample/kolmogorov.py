"""p-values of the two-sample Kolmogorov–Smirnov statistic: exactly by counting paths, and in the limit."""

import math

import numpy

EXACT_UP_TO = 500
"""For larger samples, the limit is taken."""
TERMS, SWITCH = 12, 1.18
"""So many terms of either series are exact to rounding on its side of the switch."""


def exact_p_value(largest_gap: int, n: int, m: int) -> float:
    """Return P(D >= d) for samples of n and m without ties, with n m d = `largest_gap`.

    All orders of the pooled sample, paths from (0, 0) to (n, m), are equally likely. Counted are those that leave the
    band |i m - j n| < n m d. Row i of the counts is divided by the number of paths to (i, m).
    """
    if largest_gap == 0:
        return 1.0
    n, m = min(n, m), max(n, m)
    log_factorial = numpy.concatenate([[0.0], numpy.cumsum(numpy.log(numpy.arange(1, n + m + 1, dtype="g")))])

    def every_path(i: int, j: numpy.ndarray) -> numpy.ndarray:
        """Return the number of paths to (i, j), divided as above."""
        share = log_factorial[i + j] - log_factorial[j] - log_factorial[i + m] + log_factorial[m]
        return numpy.exp(share).astype(numpy.float64)

    left = numpy.zeros(0)
    first = last = -1
    for i in range(n + 1):
        below, above = first, last
        first = max(0, (i * m - largest_gap) // n + 1)
        last = min(m, -((-i * m - largest_gap) // n) - 1)
        if i == 0:
            left = numpy.zeros(last + 1)
            continue
        columns = numpy.arange(above + 1, last + 1)
        from_below = numpy.concatenate([left[first - below :], every_path(i - 1, columns)]) * (i / (i + m))
        if first > 0:
            from_below[0] += every_path(i, numpy.asarray([first - 1]))[0]
        left = numpy.cumsum(from_below)
    return min(1.0, float(left[-1]))


def limiting_p_value(distance: float, n: int, m: int) -> float:
    """Return P(D >= d) from Kolmogorov's law, with Stephens's correction for finite samples."""
    size = math.sqrt(n * m / (n + m))
    return kolmogorov_upper_tail((size + 0.12 + 0.11 / size) * distance)


def kolmogorov_upper_tail(x: float) -> float:
    """Return P(sup |B| > x) for a Brownian bridge B."""
    if x <= 0:
        return 1.0
    if x < SWITCH:
        terms = (math.exp(-((2 * k - 1) ** 2) * math.pi**2 / (8 * x * x)) for k in range(1, TERMS))
        return 1 - math.sqrt(2 * math.pi) / x * sum(terms)
    return 2 * sum((-1) ** (k - 1) * math.exp(-2 * (k * x) ** 2) for k in range(1, TERMS))
