"""Weights under which two samples have the same mean in the space of a kernel, from the kernel itself."""

import math
from collections.abc import Callable

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import check_at_least, check_size, refuse
from reference_impl.shift.precision import in_double
from reference_impl.shift.ratio.box_and_slab import Region, minimise
from reference_impl.shift.ratio.least_squares import refuse_unreached
from reference_impl.shift.samples import read_points
from reference_impl.shift.warning import warn


def kmm(
    source_kernel: Array,
    cross_kernel: Array,
    *,
    bound: float = 1000.0,
    slack: float | None = None,
    tolerance: float = 1e-6,
    iterations: int = 5000,
) -> Array:
    r"""Compute the weights of the source points that match its mean to the target's in the space of a kernel.

    $$\min_\beta \; \tfrac12 \beta^\top K \beta - \kappa^\top \beta \quad \text{where} \quad 0 \le \beta_i \le B,
    \quad \Big| \frac1n \sum_i \beta_i - 1 \Big| \le \varepsilon$$

    with $K_{ii'} = k(x_i, x_{i'})$ and $\kappa_i = \frac nm \sum_j k(x_i, u_j)$. The minimum is found by accelerated
    projected gradients.

    Args:
        source_kernel: The kernel $K$ between source points.
        cross_kernel: The kernel $k(x_i, u_j)$ between source points (rows) and target points.
        bound: The largest weight $B$, at least 1.
        slack: How far the mean weight may be from 1: $\varepsilon$, at least 0. None stands for $1 / \sqrt n$, by which
            the mean of the true weights strays when their variance is 1.
        tolerance: The change of every weight in a step at which to stop.
        iterations: The most steps; if they don't suffice, a ShiftWarning says so.

    Returns:
        The weights $\beta$.

    Raises:
        ValueError: A kernel isn't finite, the shapes don't fit, all of `cross_kernel` is zero, `bound` is below 1 or
            `slack` is negative.
        TypeError: The kernels aren't floats of one library and dtype.

    Shape:
        `source_kernel` $(n, n)$, `cross_kernel` $(n, m)$, the weights $(n)$.

    Examples:
        Two points that the kernel doesn't connect: without limits, $\beta = \kappa = (0.7, 1.5)$.

        >>> import torch
        >>> from reference_impl.shift import kmm
        >>> kernel = torch.eye(2, dtype=torch.float64)
        >>> cross = torch.tensor([[0.5, 0.2], [0.9, 0.6]], dtype=torch.float64)
        >>> # their sum may be 2.1
        >>> [
        ...     round(weight, 6)
        ...     for weight in kmm(kernel, cross, slack=0.05).tolist()
        ... ]
        [0.65, 1.45]
        >>> # at least 1.98
        >>> [
        ...     round(weight, 6)
        ...     for weight in kmm(kernel, cross, bound=1.25, slack=0.01).tolist()
        ... ]
        [0.73, 1.25]

    Source:
        Huang, Smola, Gretton, Borgwardt, Schölkopf, Correcting Sample Selection Bias by Unlabeled Data, NeurIPS 2006.
    """
    source = in_double(read_points("source_kernel", source_kernel))
    cross = in_double(read_points("cross_kernel", cross_kernel))
    common_namespace((source_kernel, cross_kernel))
    n, m = cross.shape
    if tuple(source.shape) != (n, n):
        rule = f"must have shape ({n}, {n}), as `cross_kernel` has {n} rows"
        refuse("source_kernel", f"of shape {tuple(source.shape)}", rule, "pass k(x, x) and k(x, u)")
    xp = namespace(source)
    if not bool(xp.any(cross != 0)):
        refuse_unreached("cross_kernel", f"of shape {tuple(cross.shape)}")
    curvature = float(xp.max(xp.sum(xp.abs(source), axis=1)))
    linear = xp.sum(cross, axis=1) * (n / m)
    found = match(
        lambda weights: xp.matmul(source, weights[:, None])[:, 0],
        linear,
        curvature,
        bound=bound,
        slack=slack,
        tolerance=tolerance,
        iterations=iterations,
    )
    return xp.astype(found, source_kernel.dtype)


def match(
    product: Callable[[Array], Array],
    linear: Array,
    curvature: float,
    *,
    bound: float,
    slack: float | None,
    tolerance: float,
    iterations: int,
) -> Array:
    """Return the weights in the box and the slab, from the product with the kernel; warn if they still move."""
    check_at_least("bound", bound, 1, 10.0)
    check_at_least("tolerance", tolerance, 0, 1e-6)
    check_size("iterations", iterations)
    n = linear.shape[0]
    if slack is None:
        slack = 1 / math.sqrt(n)
    check_at_least("slack", slack, 0, 0.01)
    region = Region(float(bound), n * (1 - slack), n * (1 + slack))
    found = minimise(product, linear, curvature, region, tolerance=tolerance, iterations=iterations)
    if found.change > tolerance:
        value = f"{found.change:.1e} after {found.iterations} iterations"
        rule = f"the weights still change by more than {tolerance}"
        warn("the largest change of a weight", value, rule, "allow more iterations, or a larger tolerance")
    return found.point
