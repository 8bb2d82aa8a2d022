"""Permutations of the labels "source" and "target", drawn with NumPy, and the p-value that they give."""

import numpy

ROUNDING = 1e-12
"""Statistics that differ by so little, of terms up to 1, count as equal."""


def source_indicators(
    source: int, target: int, permutations: int, rng: numpy.random.Generator
) -> numpy.ndarray:
    """Return which of all points are source points: as observed in the first column, permuted in the others."""
    found = numpy.zeros((source + target, permutations + 1), numpy.int8)
    found[:source, 0] = 1
    for column in range(1, permutations + 1):
        found[rng.permutation(source + target)[:source], column] = 1
    return found


def permutation_p_value(statistics: numpy.ndarray) -> float:
    """Return (1 + #{t_b >= t_0}) / (B + 1), which is never 0: the observed labels are one of the permutations."""
    observed, permuted = statistics[0], statistics[1:]
    return (1 + int(numpy.count_nonzero(permuted >= observed - ROUNDING))) / (len(permuted) + 1)
