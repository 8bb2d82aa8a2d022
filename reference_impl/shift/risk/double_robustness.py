"""The risk on the target from two models, of which one has to be right."""

import math
from typing import Any

import numpy

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import check_choice
from reference_impl.shift.precision import in_double
from reference_impl.shift.risk.estimates import Risk
from reference_impl.shift.risk.folding import check_folds, folds_of_rows
from reference_impl.shift.risk.quadratic import quadratic_regression
from reference_impl.shift.risk.training import Predict, check_model, trained
from reference_impl.shift.risk.weighted_means import weighted_mean
from reference_impl.shift.rows import take_rows
from reference_impl.shift.samples import read_samples, read_values, without_graph
from reference_impl.shift.weights.reading import read_weights
from reference_impl.shift.weights.report import warn_of_concentration


def doubly_robust_risk(
    losses: Array,
    weights: Array,
    source: Array,
    target: Array,
    *,
    regressor: Any = None,
    folds: int = 5,
    normalised: bool = True,
    random_state: int | numpy.random.Generator = 0,
) -> Risk:
    r"""Estimate the mean loss on the target with a regression of the loss, and correct that with weights.

    $$\hat R = \frac1m \sum_j \hat m(u_j) + \frac{\sum_i w_i \big(\ell_i - \hat m(x_i)\big)}{\sum_i w_i}, \qquad
    s^2 = \frac{\operatorname{Var}_j \hat m(u_j)}{m} + s_w^2$$

    where $\hat m(x)$ predicts the loss at $x$ and $s_w$ is the standard error of the weighted mean of residuals (see
    [`importance_weighted_risk`][reference_impl.shift.importance_weighted_risk]). The estimate is right in large
    samples if the weights are right or the regression is. If both are nearly right, its error is the product of their
    errors, and far smaller than that of weighting alone: only what the regression leaves unexplained is weighted.

    The regression is cross-fitted: the prediction at a point of the source comes from a fit without its fold, that at
    a point of the target is the mean over all fits.

    Args:
        losses: The losses $\ell_i$ at the points of the source.
        weights: The weights $w_i$ of these points, known or estimated.
        source: The points $x_i$ of the source.
        target: The points $u_j$ of the target.
        regressor: The model of the loss: what has `fit` and `predict` as in scikit-learn, which gets NumPy's arrays,
            or a function of points and losses that returns a function of points, which gets arrays like the caller's.
            None takes ridge regression on a quadratic polynomial.
        folds: The number of folds.
        normalised: Whether to divide by the sum of the weights; if not, by $n$.
        random_state: A seed, or a generator of NumPy. It draws the folds.

    Returns:
        The estimate and its standard error, as a [`Risk`][reference_impl.shift.Risk].

    Raises:
        ValueError: A sample has fewer than two points or other features than the other one, shapes differ, numbers are
            not finite, weights are negative or all 0, or `folds` doesn't lie from 2 to the points of the source.
        TypeError: An argument is no array of floating-point numbers, they are of two libraries or dtypes, or
            `regressor` can't be trained.
        RuntimeError: The arguments are on different devices.

    Shape:
        `losses` and `weights` $(n)$, `source` $(n, d)$ or $(n)$, `target` $(m, d)$ or $(m)$.

    Examples:
        A loss of $x^2$ on N(0, 1) and on N(1, 1), where its mean is 2:

        >>> import torch
        >>> from reference_impl.shift import doubly_robust_risk
        >>> from reference_impl.shift import gaussian_mean_shift
        >>> from reference_impl.shift import importance_weighted_risk
        >>> drawn = gaussian_mean_shift(
        ...     500, shift=1.0, random_state=3,
        ...     like=torch.zeros((), dtype=torch.float64)
        ... )
        >>> losses = drawn.source[:, 0] ** 2
        >>> print(importance_weighted_risk(losses, drawn.weights))
        2.11 ± 0.35 (95 % interval 1.42 to 2.79)
        >>> risk = doubly_robust_risk(
        ...     losses, drawn.weights, drawn.source, drawn.target
        ... )
        >>> print(risk)
        2.07 ± 0.11 (95 % interval 1.85 to 2.29)
        >>> other = doubly_robust_risk(
        ...     losses, drawn.weights, drawn.source, drawn.target, folds=4
        ... )
        >>> [
        ...     round(number, 8)
        ...     for number in (
        ...         risk.standard_error, risk.estimate, other.estimate
        ...     )
        ... ]
        [0.110973, 2.06948119, 2.06947986]

    Source:
        J. M. Robins, A. Rotnitzky, L. P. Zhao, "Estimation of regression coefficients when some regressors are not
        always observed", Journal of the American Statistical Association 89, 1994. Cross-fitting: V. Chernozhukov et
        al., "Double/debiased machine learning for treatment and structural parameters", Econometrics Journal 21, 2018.
    """
    source, target = read_samples(source, target)
    weights = read_weights("weights", weights)
    weights = read_values("weights", weights, source.shape[0], like=source)
    losses = read_values("losses", without_graph(losses), source.shape[0], like=source)
    common_namespace((source, weights, losses))
    model = quadratic_regression if regressor is None else regressor
    check_model("regressor", model)
    check_folds(folds, source.shape[0])
    check_choice("normalised", normalised, (True, False))
    warn_of_concentration(weights)
    on_source, on_target = _cross_fitted(model, source, losses, target, folds, random_state)
    residuals = weighted_mean(in_double(losses) - on_source, in_double(weights), normalised)
    xp = namespace(on_target)
    mean, m = float(xp.mean(on_target)), on_target.shape[0]
    variance = float(xp.sum((on_target - mean) ** 2)) / (m * (m - 1))
    return Risk(mean + residuals.estimate, math.hypot(math.sqrt(variance), residuals.standard_error))


def _cross_fitted(
    model: Any,
    source: Array,
    losses: Array,
    target: Array,
    folds: int,
    random_state: int | numpy.random.Generator,
) -> tuple[Array, Array]:
    """Return predictions of float64 at the points of the source, held out, and of the target, averaged."""
    splits, back = folds_of_rows(source, folds, random_state)
    on_source, on_target = [], 0.0
    for inside, outside in splits:
        predict = trained("regressor", model, take_rows(source, outside), take_rows(losses, outside))
        on_source.append(_predicted(predict, take_rows(source, inside)))
        on_target = on_target + _predicted(predict, target) / folds
    return take_rows(namespace(source).concat(on_source), back), on_target


def _predicted(predict: Predict, points: Array) -> Array:
    found = predict(points)
    if tuple(found.shape) == (points.shape[0], 1):
        found = found[:, 0]
    return in_double(read_values("the regressor's predictions", found, points.shape[0], like=points))
