"""The classifier two-sample test."""

import math
import warnings
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import check_number, refuse
from reference_impl.shift.estimator import clone
from reference_impl.shift.randomness import generator
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.logistic import LogisticRatio
from reference_impl.shift.ratio.ordering import ordered
from reference_impl.shift.ratio.separation import area_under_curve
from reference_impl.shift.rows import take_rows
from reference_impl.shift.samples import read_samples
from reference_impl.shift.warning import ShiftWarning

LEAST = 4
"""Half of so many points are enough to train on, if only just."""


@dataclass(frozen=True)
class ClassifierTest:
    """What `classifier_two_sample_test` found."""

    statistic: float
    p_value: float
    auc: float
    held_out: int

    def __str__(self) -> str:
        how = f"{self.held_out} points held out, AUC {self.auc:.3g}"
        return f"accuracy = {self.statistic:.4g}, p = {self.p_value:.3g} ({how})"


def classifier_two_sample_test(
    source: Array,
    target: Array,
    *,
    ratio: Ratio | None = None,
    held_out: float = 0.5,
    random_state: int | numpy.random.Generator = 0,
) -> ClassifierTest:
    r"""Test whether a classifier can tell the target from the source at points that it was not trained on.

    $$t = \frac{1}{2k} \sum_{i \le 2k} \mathbb{1}\big[\hat z_i = z_i\big], \qquad
    p = 1 - \Phi\left(\frac{t - 1/2}{\sqrt{1/(4 \cdot 2k)}}\right)$$

    for $k$ held-out points of each sample. If both have one distribution, the accuracy $t$ is $N(1/2, 1/(4 \cdot 2k))$
    in large samples, or narrower. A classifier is the same thing as an estimate of the ratio $w = p/q$: it says
    "target" where $\log w > 0$, and a point where $\log w = 0$ counts one half. So the classifier that detects a shift
    is the one that corrects it, and its area under the ROC curve says how far apart the samples are.

    Args:
        source: Points of the source.
        target: Points of the target.
        ratio: The estimate of the ratio; it is cloned. None takes logistic regression with squares, which sees shifts
            of means and of variances. `ClassifierRatio(…)` brings any other classifier.
        held_out: The share of the smaller sample that is held out; the larger one gives as many points.
        random_state: A seed, or a generator of NumPy. It draws the points that are held out.

    Returns:
        What was found, with `statistic` (the accuracy), `p_value`, `auc` and `held_out` (how many points were held
        out in all); `print` shows it in one line.

    Raises:
        ValueError: A sample has fewer than four points, is not finite or has other features than the other one, or
            `held_out` leaves nothing to train on or to test with.
        TypeError: Samples are not arrays of floating-point numbers of one library and dtype, or a setting is of the
            wrong type.
        RuntimeError: Samples are on different devices.

    Shape:
        `source` $(n, d)$ or $(n)$, `target` $(m, d)$ or $(m)$.

    Examples:
        The accuracy tends to 0.6915 and the area to 0.7602, for normal samples one standard deviation apart:

        >>> import torch
        >>> from reference_impl.shift import GaussianRatio
        >>> from reference_impl.shift import classifier_two_sample_test
        >>> from reference_impl.shift import gaussian_mean_shift
        >>> drawn = gaussian_mean_shift(
        ...     600, shift=1.0, target_points=400, random_state=3,
        ...     like=torch.zeros(())
        ... )
        >>> print(classifier_two_sample_test(drawn.source, target=drawn.target))
        accuracy = 0.6525, p = 5.3e-10 (400 points held out, AUC 0.736)
        >>> found = classifier_two_sample_test(
        ...     drawn.source, target=drawn.target,
        ...     ratio=GaussianRatio(), held_out=0.25
        ... )
        >>> print(found)
        accuracy = 0.645, p = 2.05e-05 (200 points held out, AUC 0.73)

    Source:
        D. Lopez-Paz, M. Oquab, "Revisiting classifier two-sample tests", ICLR 2017.
    """
    source, target = read_samples(source, target, least=LEAST)
    size = _held_out_size(held_out, min(source.shape[0], target.shape[0]))
    model = LogisticRatio("quadratic") if ratio is None else ratio
    if not hasattr(model, "log_weights") or isinstance(model, type):
        refuse("ratio", model, "must have fit and log_weights", "pass e.g. LogisticRatio()", TypeError)
    rng = generator(random_state)
    (source_rest, source_held), (target_rest, target_held) = (
        _split(sample, size, rng) for sample in (source, target)
    )
    fitted = clone(model).set_params(on_disjoint="warn")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ShiftWarning)  # disjoint samples are what the test is after
        fitted.fit(source_rest, target_rest)
    on_source, on_target = fitted.log_weights(source_held), fitted.log_weights(target_held)
    accuracy = (_share_above_zero(on_target) + 1 - _share_above_zero(on_source)) / 2
    deviations = (accuracy - 0.5) * 2 * math.sqrt(2 * size)
    p_value = math.erfc(deviations / math.sqrt(2)) / 2
    return ClassifierTest(accuracy, p_value, area_under_curve(on_source, on_target), 2 * size)


def _held_out_size(held_out: float, smaller: int) -> int:
    check_number("held_out", held_out, 0.5)
    if not 0 < held_out < 1:
        refuse("held_out", held_out, "must lie between 0 and 1", "pass e.g. held_out=0.5")
    size = int(held_out * smaller)
    if not 1 <= size <= smaller - 2:
        rule = f"holds {size} of {smaller} points out, and must leave at least one to test with and two to train on"
        refuse("held_out", held_out, rule, "pass e.g. held_out=0.5")
    return size


def _split(sample: Array, size: int, rng: numpy.random.Generator) -> tuple[Array, Array]:
    """Return the points to train on and those held out; the draw doesn't depend on the order of the rows."""
    drawn = ordered(to_numpy(sample))[rng.permutation(sample.shape[0])]
    return take_rows(sample, drawn[size:]), take_rows(sample, drawn[:size])


def _share_above_zero(scores: Array) -> float:
    xp = namespace(scores)
    twice = int(xp.count_nonzero(scores > 0)) + int(xp.count_nonzero(scores >= 0))
    return twice / (2 * scores.shape[0])
