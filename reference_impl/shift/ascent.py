"""Two ways up the log-likelihood of a mixture: Newton for some hundred components, accelerated EM for more."""

import numpy

from reference_impl.shift.active_set import minimise_quadratic
from reference_impl.shift.mixture import Mixture, Pass

WARM = 5
REMEMBERED = 6


def newton_ascent(mixture: Mixture, start: numpy.ndarray, tolerance: float, most: int) -> tuple[Pass, int]:
    r"""Maximise by expectation maximisation, then by Newton steps that keep the proportions non-negative.

    On non-negative numbers of any sum, $f(x) - \sum_k x_k$ has the same maximum, and its quadratic model is
    $\frac12 y^\top H y + (1 - 2g)^\top y$.

    Source:
        Kim, Carbonetto, Stephens and Anitescu, A fast algorithm for maximum likelihood estimation of mixture
        proportions using sequential quadratic programming, JCGS 29, 2020.
    """
    here = mixture.measure(start)
    for passed in range(1, most):
        if here.residual <= tolerance:
            return here, passed
        if passed <= WARM:
            here = mixture.measure(here.expected)
            continue
        there = _newton_step(mixture, here)
        if there is here:
            return here, passed
        here = there
    return here, most


def _newton_step(mixture: Mixture, here: Pass) -> Pass:
    curvature = mixture.curvature(here.proportions)
    # Collinear components need a ridge around the present point; it fades as the maximum comes near.
    ridge = min(max(1e-3 * here.residual, 1e-10), 1e-4) * numpy.diagonal(curvature)
    linear = 1 - 2 * here.gradient - ridge * here.proportions
    start = numpy.where(here.proportions > 1e-12, here.proportions, 0.0)
    step = minimise_quadratic(curvature + numpy.diag(ridge), linear, start) - here.proportions
    length = 1.0
    while length > 1e-3:
        found = here.proportions + length * step
        there = mixture.measure(found / numpy.sum(found))
        if _improves(there, here):
            return there
        length /= 2
    expected = mixture.measure(here.expected)
    return expected if _improves(expected, here) else here


def _improves(there: Pass, here: Pass) -> bool:
    rounding = 1e-14 * (1 + abs(here.value))
    if there.value > here.value + rounding:
        return True
    return there.value > here.value - rounding and there.residual < here.residual


def accelerated_ascent(
    mixture: Mixture, start: numpy.ndarray, tolerance: float, most: int
) -> tuple[Pass, int]:
    r"""Maximise by expectation maximisation with Anderson acceleration, one pass for each step.

    The next point is the combination of the last images under EM whose steps $\pi \circ g - \pi$ cancel best; where
    the likelihood falls, the memory is dropped and EM goes on from the last good point.

    Source:
        Henderson and Varadhan, Damped Anderson acceleration with restarts and monotonicity control, JCGS 28, 2019.
    """
    best = here = mixture.measure(start)
    images: list[numpy.ndarray] = []
    steps: list[numpy.ndarray] = []
    for passed in range(1, most):
        if here.residual <= tolerance:
            return here, passed
        if not here.value >= best.value - 1e-12:
            images, steps = [], []
            here = mixture.measure(best.expected)
            continue
        best = here
        images = [*images[-REMEMBERED:], here.expected]
        steps = [*steps[-REMEMBERED:], here.expected - here.proportions]
        here = mixture.measure(_combine(images, steps))
    return best, most


def _combine(images: list[numpy.ndarray], steps: list[numpy.ndarray]) -> numpy.ndarray:
    image, step = images[-1], steps[-1]
    if len(images) == 1:
        return image
    scale = 1 / numpy.sqrt(numpy.maximum(image, 1e-300))
    changes = numpy.diff(numpy.stack(steps), axis=0)
    moved = numpy.diff(numpy.stack(images), axis=0)
    mix = numpy.linalg.lstsq((changes * scale).T, step * scale, rcond=1e-8)[0]
    found = numpy.maximum(image - mix @ moved, 1e-3 * image)
    return found / numpy.sum(found)
