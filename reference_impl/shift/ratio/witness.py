"""How well a kernel separates two samples, without any weights."""

from reference_impl._array import Array, namespace
from reference_impl.shift.kernels import gaussian_kernel
from reference_impl.shift.precision import in_double
from reference_impl.shift.ratio.separation import area_under_curve, thinned

MOST = 1000
"""From larger samples, so many points are taken at even distances: the standard error is then below 0.013."""


def area_of_witness(source: Array, target: Array, width: float) -> float:
    r"""Return the share of pairs in which the target's point has the larger value of the witness function.

    That is $\frac1m \sum_j k(u_j, z) - \frac1n \sum_i k(x_i, z)$, the function whose means differ most between the
    samples; a point is left out of the sum at itself.
    """
    x, u = in_double(thinned(source, MOST)), in_double(thinned(target, MOST))
    across = gaussian_kernel(x, u, width)
    xp = namespace(x)
    at_source = xp.mean(across, axis=1) - mean_to_others(x, width)
    at_target = mean_to_others(u, width) - xp.mean(across, axis=0)
    return area_under_curve(at_source, at_target)


def mean_to_others(points: Array, width: float) -> Array:
    """Return the mean of the kernel between each point and the others."""
    sums = namespace(points).sum(gaussian_kernel(points, points, width), axis=1)
    return (sums - 1) / (points.shape[0] - 1)
