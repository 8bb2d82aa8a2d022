"""Shift seen through the outputs of a classifier that was trained before."""

from dataclasses import dataclass

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import check_choice, refuse
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.two_sample.chi_squared import chi_squared_upper_tail, contingency
from reference_impl.shift.two_sample.marginals import kolmogorov_smirnov_test
from reference_impl.shift.warning import warn_with

FEW, MOST_FEW = 5, 0.2


@dataclass(frozen=True)
class BlackBoxTest:
    """What `black_box_shift_test` found."""

    statistic: float
    p_value: float
    method: str
    classes: int

    def __str__(self) -> str:
        name = "KS distance" if self.method == "scores" else "chi-squared"
        return (
            f"{name} = {self.statistic:.4g}, p = {self.p_value:.3g} ({self.method} of {self.classes} classes)"
        )


def black_box_shift_test(
    source_scores: Array, target_scores: Array, *, method: str = "scores", logits: bool = False
) -> BlackBoxTest:
    r"""Test for shift by the outputs of a classifier, on held-out points of the source and on points of the target.

    Labels of the target aren't needed. If only the shares of the classes differ (label shift), the predictions differ
    too, as soon as the classifier's matrix of confusions can be inverted. A covariate shift moves the predictions as
    well: the test says that something shifted, not what. With scores, it is the Kolmogorov–Smirnov test for each class
    with Bonferroni's correction:

    $$p = \min\left(1,\ k \min_y p_y\right)$$

    With labels, it is the chi-squared test for the numbers $O_{sy}$ of points of sample $s$ that are predicted as class
    $y$ (the largest score, the first of equal ones), against $E_{sy}$ = row sum times column sum by total:

    $$\chi^2 = \sum_{s, y} \frac{(O_{sy} - E_{sy})^2}{E_{sy}}, \qquad
    p = Q\left(\frac{k' - 1}{2}, \frac{\chi^2}{2}\right)$$

    with $k'$ classes that were predicted at all and the regularised incomplete gamma function $Q$.

    Args:
        source_scores: The classifier's probabilities at points of the source that it wasn't trained on.
        target_scores: Its probabilities at points of the target.
        method: `"scores"` or `"labels"`.
        logits: Whether the scores are logits, of which the softmax is taken.

    Returns:
        What was found, with `statistic`, `p_value`, `method` and `classes`; `print` shows it in one line.

    Raises:
        ValueError: Scores are not finite, or are no logits and negative or of another sum than 1 in a row, there are
            fewer than two rows or classes or the classes differ, `method` is unknown, or with labels, one class is
            predicted everywhere.
        TypeError: Scores are not arrays of floating-point numbers of one library and dtype.
        RuntimeError: Scores are on different devices.

    Shape:
        `source_scores` $(n, k)$, `target_scores` $(m, k)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import black_box_shift_test
        >>> source = torch.tensor([[0.8, 0.2], [0.3, 0.7]]).repeat(60, 1)
        >>> target = torch.tensor([[0.8, 0.2], [0.3, 0.7], [0.4, 0.6]])
        >>> target = target.repeat(48, 1)
        >>> # [[60, 60], [48, 96]]
        >>> print(black_box_shift_test(
        ...     source, target_scores=target, method="labels"
        ... ))
        chi-squared = 7.521, p = 0.0061 (labels of 2 classes)
        >>> print(black_box_shift_test(source, target_scores=target))
        KS distance = 0.1667, p = 0.0934 (scores of 2 classes)

    Source:
        Z. C. Lipton, Y.-X. Wang, A. Smola, "Detecting and correcting for label shift with black box predictors", ICML
        2018; S. Rabanser, S. Günnemann, Z. C. Lipton, "Failing loudly", NeurIPS 2019.
    """
    check_choice("method", method, ("scores", "labels"))
    source = _read("source_scores", source_scores, logits)
    target = _read("target_scores", target_scores, logits, like=source_scores)
    classes = source.shape[1]
    if method == "scores":
        found = kolmogorov_smirnov_test(source=source, target=target)
        return BlackBoxTest(found.statistic, found.p_value, method, classes)
    counts = numpy.stack([_counts(scores, classes) for scores in (source, target)])
    _check_two_predicted(method, counts)
    statistic, freedom, expected = contingency(counts)
    _warn_of_few(expected)
    return BlackBoxTest(statistic, chi_squared_upper_tail(statistic, freedom), method, classes)


def _read(name: str, scores: Array, logits: bool, like: Array | None = None) -> Array:
    found = read_scores(name, scores, logits=logits, like=like, least=2)
    return found.posteriors if logits else scores


def _counts(scores: Array, classes: int) -> numpy.ndarray:
    return numpy.bincount(to_numpy(namespace(scores).argmax(scores, axis=1)), minlength=classes)


def _check_two_predicted(method: str, counts: numpy.ndarray) -> None:
    if numpy.count_nonzero(counts.sum(axis=0)) < 2:
        everywhere = int(counts.sum(axis=0).argmax())
        rule = f"compares predicted classes, but class {everywhere} is predicted everywhere"
        refuse("method", method, rule, "pass method='scores'")


def _warn_of_few(expected: numpy.ndarray) -> None:
    few = numpy.count_nonzero(expected < FEW) / expected.size
    if few > MOST_FEW or expected.min() < 1:
        text = (
            f"{100 * few:.0f} % of the expected counts are below {FEW}, the smallest is {expected.min():.2g}"
        )
        rule = f"chi-squared is a limit that needs at most {100 * MOST_FEW:.0f} %, and none below 1"
        warn_with(f"{text}: {rule}; pass method='scores' or more points")
