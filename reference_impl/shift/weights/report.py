"""All that the weights alone say about whether to use them."""

import math
from dataclasses import dataclass

from reference_impl._array import Array, namespace
from reference_impl._checks import check_number, refuse
from reference_impl.shift.precision import in_double
from reference_impl.shift.warning import warn_with
from reference_impl.shift.weights.concentration import effective_sample_size, largest_share
from reference_impl.shift.weights.pareto import pareto_k
from reference_impl.shift.weights.reading import read_weights

LEAST_EFFECTIVE, MOST_SHARE, HEAVY, SEPARATED = 0.05, 0.05, 0.7, 0.999
LEAST_MEAN, MOST_MEAN = 0.2, 5.0
OVERLAP = "give up the weights where source and target don't overlap"


@dataclass(frozen=True)
class WeightReport:
    r"""What [`weight_report`][reference_impl.shift.weight_report] found; `print` shows it as a table.

    Args:
        mean: The mean of the raw weights, which tends to $\int_{q > 0} p = 1$ where the source covers the target.
        effective_sample_size: $(\sum w)^2 / \sum w^2$.
        share: The effective sample size as a share of the points.
        pareto_k: The tail shape $\hat k$.
        largest_share: The share of the largest weight.
        auc: The area under the ROC curve of a classifier that tells target from source, or None.
        warnings: What is doubtful, a sentence each; empty where nothing is.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import WeightReport
        >>> mean = torch.tensor([0.5, 1.0]).mean().item()
        >>> report = WeightReport(
        ...     mean, 1.8, 0.9, float("nan"), 2 / 3, 0.625, ("too few points",)
        ... )
        >>> print(report)
        mean of the weights    0.75
        effective sample size  1.8 (90 % of the points)
        Pareto k               not estimable
        largest share          66.7 %
        AUC                    0.625
        warning: too few points
    """

    mean: float
    effective_sample_size: float
    share: float
    pareto_k: float
    largest_share: float
    auc: float | None
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        size = f"{self.effective_sample_size:.4g} ({100 * self.share:.3g} % of the points)"
        rows = {
            "mean of the weights": f"{self.mean:.3g}",
            "effective sample size": size,
            "Pareto k": "not estimable" if math.isnan(self.pareto_k) else f"{self.pareto_k:.3g}",
            "largest share": f"{100 * self.largest_share:.3g} %",
        }
        if self.auc is not None:
            rows["AUC"] = f"{self.auc:.3g}"
        lines = [f"{name:<21}  {value}" for name, value in rows.items()]
        return "\n".join([*lines, *(f"warning: {text}" for text in self.warnings)])


def weight_report(weights: Array, *, auc: float | None = None) -> WeightReport:
    r"""Diagnose raw weights $w_i \approx p(x_i)/q(x_i)$: are they usable, and if not, why not.

    $$\bar w = \frac1n \sum_i w_i \approx 1, \qquad n_\text{eff} = \frac{(\sum_i w_i)^2}{\sum_i w_i^2}, \qquad
    \hat k, \qquad \frac{\max_i w_i}{\sum_i w_i}$$

    There is a warning where

    - the mean lies outside $[0.2, 5]$, or the area under the curve is above 0.999: source and target hardly overlap,
      and no weight can make up for points that the source lacks;
    - the effective sample size is below 5 % of the points;
    - $\hat k > \min(1 - 1/\log_{10} n,\ 0.7)$: the variance of a weighted mean is infinite or nearly so, and the other
      figures are too good;
    - one weight has more than 5 % of the sum, and more than twice its part.

    Args:
        weights: The raw weights. Weights that were divided by their mean hide the first of these signs.
        auc: The area under the ROC curve of the classifier behind the weights, if there is one.

    Returns:
        The figures and the warnings, as a [`WeightReport`][reference_impl.shift.WeightReport].

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0, or `auc` doesn't lie from 0
            to 1.
        TypeError: `weights` is no array of floating-point numbers, or `auc` no number.

    Shape:
        `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import weight_report
        >>> report = weight_report(
        ...     torch.cat([torch.ones(90), torch.full((10,), 11.0)]), auc=0.8
        ... )
        >>> # 200 / 100, and 200 * 200 / (90 + 10 * 121)
        >>> report.mean, round(report.effective_sample_size, 4)
        (2.0, 30.7692)
        >>> round(report.share, 4)
        0.3077
        >>> round(report.largest_share, 4)
        0.055
        >>> report.warnings
        ('the largest share is 0.055: above 0.05; clip or smooth the weights',)
    """
    w = read_weights("weights", weights)
    if auc is not None:
        _check_area(auc)
    points = w.shape[0]
    mean = float(namespace(w).mean(in_double(w)))
    size = effective_sample_size(w)
    share, k, largest = size / points, pareto_k(w), largest_share(w)
    doubts = _doubts_of_overlap(mean, auc) + _doubts_of_concentration(points, share, k, largest)
    return WeightReport(mean, size, share, k, largest, auc, tuple(doubts))


def _check_area(auc: float) -> None:
    check_number("auc", auc, 0.8)
    if not 0 <= auc <= 1:
        refuse("auc", auc, "must lie from 0 to 1", "pass e.g. auc=0.8")


def _doubts_of_overlap(mean: float, auc: float | None) -> list[str]:
    found = []
    if not LEAST_MEAN <= mean <= MOST_MEAN:
        rule = f"outside {LEAST_MEAN} to {MOST_MEAN:g}, so the supports look disjoint"
        found.append(f"the mean of the weights is {mean:.3g}: {rule}; {OVERLAP}")
    if auc is not None and auc > SEPARATED:
        found.append(f"the AUC is {auc:.4g}: above {SEPARATED}, so the supports look disjoint; {OVERLAP}")
    return found


def _doubts_of_concentration(points: int, share: float, k: float, largest: float) -> list[str]:
    found = []
    if share < LEAST_EFFECTIVE:
        fix = "clip or flatten the weights, or collect source points like the target's"
        found.append(
            f"the effective sample size is {share:.2g} of the points: below {LEAST_EFFECTIVE}; {fix}"
        )
    limit = min(1 - 1 / math.log10(points), HEAVY) if points > 1 else HEAVY
    if k > limit:
        fix = "smooth the weights and distrust their variance"
        found.append(f"Pareto k is {k:.2f}: above {limit:.2f}, so the tail is too heavy; {fix}")
    if largest > max(MOST_SHARE, 2 / points):
        found.append(f"the largest share is {largest:.3g}: above {MOST_SHARE}; clip or smooth the weights")
    return found


def warn_of_concentration(weights: Array) -> None:
    """Warn of each reason why few points decide about a weighted mean."""
    points = weights.shape[0]
    share = effective_sample_size(weights) / points
    for text in _doubts_of_concentration(points, share, pareto_k(weights), largest_share(weights)):
        warn_with(text)
