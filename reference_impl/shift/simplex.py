"""The proportions of a mixture whose components are known: one concave problem behind KLIEP, MLLS and SCM-L."""

from typing import NamedTuple

import numpy

from reference_impl._array import Array, common_namespace, from_numpy, namespace, to_numpy
from reference_impl._checks import check_at_least, check_size, refuse
from reference_impl.shift.ascent import accelerated_ascent, newton_ascent
from reference_impl.shift.mixture import Mixture, Pass
from reference_impl.shift.precision import in_double
from reference_impl.shift.samples import check_finite, check_floats, read_values
from reference_impl.shift.warning import warn

WARM = 12
"""Passes of accelerated EM before Newton's method."""
NEWTON_UP_TO = 2000
"""Newton needs the square of the number of components for each point; with more of them, EM goes on alone."""


class SimplexMaximum(NamedTuple):
    """What `maximise_on_simplex` found."""

    proportions: Array
    value: float
    residual: float
    iterations: int
    converged: bool


def maximise_on_simplex(
    likelihoods: Array,
    *,
    counts: Array | None = None,
    start: Array | None = None,
    tolerance: float = 1e-8,
    iterations: int = 1000,
) -> SimplexMaximum:
    r"""Find the proportions of a mixture under which the points are likeliest.

    $$\max_{\pi \ge 0,\ \sum_k \pi_k = 1} f(\pi), \qquad
    f(\pi) = \frac{1}{\sum_i c_i} \sum_i c_i \log \sum_k L_{ik} \pi_k$$

    The problem is concave. With the gradient $g = \nabla f(\pi)$, which has $\pi^\top g = 1$ everywhere, the maximum is
    where no $g_k$ exceeds 1; and $f$ lies below its maximum by at most $\max_k g_k - 1$, the residual.

    A dozen steps of expectation maximisation ($\pi \leftarrow \pi \circ g$), accelerated after Anderson, are followed
    by Newton steps on the non-negative numbers; above 2,000 components, expectation maximisation goes on alone.

    Args:
        likelihoods: The density of each component at each point, up to a factor for each point; not negative.
        counts: How often each point was seen, if not once each; any non-negative numbers.
        start: The proportions to begin with, all above zero, if not equal ones.
        tolerance: The residual at which to stop.
        iterations: The most passes over the points.

    Returns:
        `proportions`, the mean log-likelihood `value`, the `residual`, the number of `iterations`, and whether it
            `converged`; if not, a ShiftWarning names the residual.

    Raises:
        ValueError: An entry is negative, NaN or infinite; a point has likelihood zero under every component.
        TypeError: The arrays differ in library or dtype.

    Shape:
        likelihoods: (points, components); counts: (points,); start and proportions: (components,).

    Examples:
        >>> import torch
        >>> from reference_impl.shift import maximise_on_simplex
        >>> likelihoods = torch.tensor(
        ...     [[0.9, 0.2], [0.1, 0.8]], dtype=torch.float64
        ... )
        >>> found = maximise_on_simplex(
        ...     likelihoods,
        ...     counts=torch.tensor([34.0, 66.0], dtype=torch.float64),
        ... )
        >>> # 0.9 * 0.2 + 0.2 * 0.8 = 0.34
        >>> [round(share, 6) for share in found.proportions.tolist()]
        [0.2, 0.8]
        >>> # 0.34 * log(0.34) + 0.66 * log(0.66)
        >>> found.converged, round(found.value, 6)
        (True, -0.641035)

    Source:
        Kim, Carbonetto, Stephens and Anitescu, A fast algorithm for maximum likelihood estimation of mixture
        proportions using sequential quadratic programming, JCGS 29, 2020; Henderson and Varadhan, Damped Anderson
        acceleration with restarts and monotonicity control, JCGS 28, 2019.
    """
    check_at_least("tolerance", tolerance, 0, 1e-8)
    check_size("iterations", iterations)
    mixture = read_mixture(likelihoods, counts)
    first = None if start is None else _read_start(start, likelihoods)
    found, passed = climb(mixture, tolerance, start=first, iterations=iterations)
    proportions = from_numpy(found.proportions, like=likelihoods)
    return SimplexMaximum(proportions, found.value, found.residual, passed, found.residual <= tolerance)


def climb(
    mixture: Mixture, tolerance: float, *, start: numpy.ndarray | None = None, iterations: int = 1000
) -> tuple[Pass, int]:
    """Return the pass over the points in which the proportions were best, and how many passes there were."""
    components = mixture.factors.size
    first = numpy.full(components, 1 / components) if start is None else start
    most = min(WARM, iterations) if components <= NEWTON_UP_TO else iterations
    found, passed = accelerated_ascent(mixture, first, tolerance, most)
    if found.residual > tolerance and passed < iterations:
        found, more = newton_ascent(mixture, found, tolerance, iterations - passed)
        passed += more
    if found.residual > tolerance:
        value = f"{found.residual:.1e} after {passed} iterations"
        warn(
            "the KKT residual",
            value,
            f"it should be at most {tolerance}",
            "raise the tolerance, or allow more iterations",
        )
    return found, passed


def read_mixture(likelihoods: Array, counts: Array | None = None) -> Mixture:
    """Return the likelihoods as a mixture, once they are seen to be likelihoods."""
    xp = namespace(likelihoods)
    check_floats("likelihoods", likelihoods)
    if likelihoods.ndim != 2 or 0 in likelihoods.shape:
        rule = "must have two axes, neither of them empty"
        refuse("likelihoods", f"of shape {tuple(likelihoods.shape)}", rule, "pass (points, components)")
    points = likelihoods.shape[0]
    largest = xp.max(likelihoods, axis=1)
    if not bool(xp.all(xp.isfinite(largest))):
        check_finite("likelihoods", likelihoods)
    if float(xp.min(likelihoods)) < 0:
        refuse("likelihoods", float(xp.min(likelihoods)), "must not be negative", "pass densities, not logs")
    if counts is None:
        shares = xp.full_like(in_double(largest), 1 / points)
    else:
        counts = read_values("counts", counts, points, likelihoods)
        common_namespace((likelihoods, counts))
        counts = in_double(counts)
        if float(xp.min(counts)) < 0 or float(xp.sum(counts)) <= 0:
            refuse("counts", float(xp.min(counts)), "must not be negative, nor all zero", "pass how often")
        shares = counts / xp.sum(counts)
        seen = counts > 0
        likelihoods = xp.where(seen[:, None], likelihoods, xp.ones_like(likelihoods))
        largest = xp.where(seen, largest, xp.ones_like(largest))
    _check_possible(largest)
    return Mixture(likelihoods, shares)


def _check_possible(largest: Array) -> None:
    xp = namespace(largest)
    impossible = largest <= 0
    count = int(xp.count_nonzero(impossible))
    if count:
        first = int(xp.argmax(xp.astype(impossible, xp.int8)))
        rule = f"has {count} points, the first at index {first}, with likelihood zero under every component"
        refuse(
            "likelihoods", f"of {largest.shape[0]} points", rule, "leave them out, or widen the components"
        )


def _read_start(start: Array, like: Array) -> numpy.ndarray:
    start = read_values("start", start, like.shape[1], like)
    common_namespace((like, start))
    values = to_numpy(start).astype(numpy.float64)
    if numpy.min(values) <= 0:
        refuse("start", float(numpy.min(values)), "must be above zero everywhere", "add e.g. 0.01 to each")
    return values / numpy.sum(values)
