"""Two ways up the log-likelihood of a mixture: accelerated EM, and Newton's method from where that has come to."""

import math

import numpy

from reference_impl.shift.active_set import minimise_quadratic
from reference_impl.shift.mixture import Mixture, Pass

REMEMBERED = 6
ROUNDING = 1e-12
"""By how much a mean log-likelihood may fall and still count as equal."""
KEPT_WHILE = 0.1
"""A curvature serves for further steps while each promises at most this part of the gain of the one before."""


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
    passed = 1
    while here.residual > tolerance and passed < most:
        if here.value >= best.value - ROUNDING:
            best = here
            images = [*images[-REMEMBERED:], here.expected]
            steps = [*steps[-REMEMBERED:], here.expected - here.proportions]
            following = _combine(images, steps)
        else:
            images, steps = [], []
            following = best.expected
        here, passed = mixture.measure(following), passed + 1
    return (here if _improves(here, best) else best), passed


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


def newton_ascent(mixture: Mixture, here: Pass, tolerance: float, most: int) -> tuple[Pass, int]:
    r"""Maximise by Newton steps that keep the proportions non-negative.

    On non-negative numbers of any sum, $f(x) - \sum_k x_k$ has the same maximum, and its quadratic model around
    $\pi$ is $\frac12 (y - \pi)^\top H (y - \pi) + (1 - g)^\top (y - \pi)$. The curvature H costs as much as a pass for
    each few dozen components, so it stays until steps with it no longer gain fast.

    Source:
        Kim, Carbonetto, Stephens and Anitescu, A fast algorithm for maximum likelihood estimation of mixture
        proportions using sequential quadratic programming, JCGS 29, 2020.
    """
    curvature, promised, passed = None, math.inf, 0
    while here.residual > tolerance and passed < most:
        fresh = curvature is None
        if curvature is None:
            curvature, promised = mixture.curvature(here.proportions), math.inf
        step = _newton_step(curvature, here)
        gain = float((here.gradient - 1) @ step)
        if gain > KEPT_WHILE * promised:
            curvature = None
            continue
        promised = gain
        there, tried = _go_along(mixture, here, step, most - passed)
        passed += tried
        if there is here:
            curvature = None
            if fresh and passed < most:
                there, passed = mixture.measure(here.expected), passed + 1
                if not _improves(there, here):
                    break
        here = there
    return here, passed


def _newton_step(curvature: numpy.ndarray, here: Pass) -> numpy.ndarray:
    # Collinear components need a ridge around the present point; it fades as the maximum comes near.
    ridge = min(max(1e-3 * here.residual, 1e-10), 1e-4) * numpy.diagonal(curvature)
    linear = 1 - here.gradient - curvature @ here.proportions - ridge * here.proportions
    start = numpy.where(here.proportions > 1e-12, here.proportions, 0.0)
    return minimise_quadratic(curvature + numpy.diag(ridge), linear, start) - here.proportions


def _go_along(mixture: Mixture, here: Pass, step: numpy.ndarray, most: int) -> tuple[Pass, int]:
    """Return the first point that is better than `here` among the whole step, half of it, and so on; or `here`."""
    tries = min(most, 10)
    for tried in range(tries):
        found = numpy.maximum(here.proportions + step / 2**tried, 0.0)
        there = mixture.measure(found / numpy.sum(found))
        if _improves(there, here):
            return there, tried + 1
    return here, tries


def _improves(there: Pass, here: Pass) -> bool:
    rounding = ROUNDING * (1 + abs(here.value))
    if there.value > here.value + rounding:
        return True
    return there.value > here.value - rounding and there.residual < here.residual
