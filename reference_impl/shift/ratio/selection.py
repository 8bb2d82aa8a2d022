"""Selection among estimates of the ratio, for two samples of different length."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_at_least
from reference_impl.shift.estimator import clone
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.held_out import (
    RULE,
    check_candidates,
    check_folds,
    held_out_losses,
    simplest_of_the_best,
)
from reference_impl.shift.ratio.ordering import seed_of
from reference_impl.shift.samples import read_samples


@dataclass(frozen=True)
class CrossValidation:
    r"""What [`cross_validate`][reference_impl.shift.cross_validate] found.

    Args:
        estimator: The candidate that was chosen, fitted on both samples.
        chosen: Its place among the candidates.
        losses: The mean held-out loss $\ell$ of each candidate.
        standard_errors: The standard error of each mean's difference from the smallest.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import CrossValidation, LogisticRatio
        >>> losses = torch.tensor([0.5, 0.25]).tolist()
        >>> found = CrossValidation(
        ...     LogisticRatio("quadratic"), 1, losses, [0.125, 0.0]
        ... )
        >>> excess = [loss - found.losses[found.chosen] for loss in found.losses]
        >>> found.estimator, excess, found.standard_errors
        (LogisticRatio(features='quadratic'), [0.25, 0.0], [0.125, 0.0])
    """

    estimator: Ratio
    chosen: int
    losses: list[float]
    standard_errors: list[float]


def cross_validate(
    candidates: Sequence[Ratio],
    source: Array,
    target: Array,
    *,
    folds: int = 3,
    rule: float = RULE,
    random_state: int | numpy.random.Generator = 0,
) -> CrossValidation:
    r"""Choose among estimates of the ratio by the log loss of held-out points, and fit the one that is chosen.

    $$\ell = \frac{1}{n + m} \Big( \sum_i \log(1 + e^{h(x_i)}) + \sum_j \log(1 + e^{-h(u_j)}) \Big), \qquad
      h = \log \hat w + \log \frac mn$$

    Each point is held out once, from a ratio that is fitted on the other folds. The log loss is smallest, in
    expectation, for the true ratio, and any estimate has one, whichever way it was made. The choice is the first
    candidate whose loss exceeds the smallest by no more than `rule` standard errors, so list them from simple to rich.
    scikit-learn's search doesn't fit here: it knows no second sample of another length.

    Args:
        candidates: Estimates of the ratio, such as `[LogisticRatio(), ULSIF()]`; they aren't changed.
        source: Points of the source.
        target: Points of the target.
        folds: The number of folds.
        rule: How many standard errors a simpler candidate may be worse; 0 for the smallest loss.
        random_state: The seed or the generator of NumPy for the folds. Rows may come in any order.

    Returns:
        The choice and the losses, as a [`CrossValidation`][reference_impl.shift.CrossValidation].

    Raises:
        ValueError: There are no candidates, a sample has fewer points than folds, there are fewer than two folds, or
            `rule` is negative.
        TypeError: A candidate is no estimate of a ratio, or the samples differ in library or dtype.

    Shape:
        `source` $(n, d)$, `target` $(m, d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import GaussianRatio, LogisticRatio
        >>> from reference_impl.shift import cross_validate
        >>> source = torch.linspace(-3, 3, 120, dtype=torch.float64)
        >>> target = torch.linspace(-1, 2, 80, dtype=torch.float64)
        >>> found = cross_validate(
        ...     [LogisticRatio(), GaussianRatio()], source, target, folds=4
        ... )
        >>> found.estimator
        GaussianRatio()
        >>> [round(loss, 5) for loss in found.losses]
        [0.6603, 0.54246]
        >>> round(found.standard_errors[0], 5)
        0.0178
        >>> round(found.estimator.weights().mean().item(), 4)
        0.8748

    Source:
        Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 7.10: the one-standard-error rule.
    """
    check_candidates(candidates)
    source, target = read_samples(source, target)
    check_folds(folds, source, target)
    check_at_least("rule", rule, 0, RULE)
    losses = held_out_losses(candidates, source, target, folds, seed_of(random_state))
    chosen = simplest_of_the_best(losses, rule)
    means = losses.mean(axis=1)
    errors = (losses - losses[means.argmin()]).std(axis=1) / math.sqrt(losses.shape[1])
    estimator = clone(candidates[chosen]).fit(source, target)
    return CrossValidation(estimator, chosen, means.tolist(), errors.tolist())
