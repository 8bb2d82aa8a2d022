"""Cross-validation whose score is the risk on the target."""

from collections.abc import Callable
from typing import Any

import numpy

from reference_impl._array import Array, check_same_place, common_namespace, is_floating, namespace
from reference_impl._checks import check_choice, refuse
from reference_impl.shift.precision import in_double
from reference_impl.shift.risk.estimates import Risk
from reference_impl.shift.risk.folding import check_folds, folds_of_rows
from reference_impl.shift.risk.training import check_model, trained
from reference_impl.shift.risk.weighted_means import weighted_mean
from reference_impl.shift.rows import take_rows
from reference_impl.shift.samples import check_finite, read_points, read_values
from reference_impl.shift.weights.reading import read_weights
from reference_impl.shift.weights.report import warn_of_concentration

Loss = Callable[[Array, Array], Array]


def importance_weighted_cross_validation(
    model: Any,
    source: Array,
    labels: Array,
    weights: Array,
    *,
    training_weights: Array | None = None,
    loss: Loss | None = None,
    folds: int = 5,
    normalised: bool = False,
    random_state: int | numpy.random.Generator = 0,
) -> Risk:
    r"""Estimate the risk on the target that a model has after training on the source, by weighted cross-validation.

    $$\hat R = \frac1n \sum_i w_i\, \ell\big(\hat f^{-k(i)}(x_i), y_i\big)$$

    where $\hat f^{-k(i)}$ was trained without the fold of $x_i$. With known weights it is unbiased under covariate
    shift, for a sample that is smaller by a fold. The standard error is that of
    [`importance_weighted_risk`][reference_impl.shift.importance_weighted_risk], with its limits.

    This chooses all that depends on the shift: how much to clip or flatten weights, how much to regularise, which
    model. Train each candidate with its own `training_weights`, score all with the same `weights`.

    Args:
        model: What has `fit` and `predict` as in scikit-learn, which gets NumPy's arrays, or a function of points and
            labels (and training weights, if there are any) that returns a function of points.
        source: The points $x_i$ of the source.
        labels: Their labels $y_i$, of any shape that begins with $n$.
        weights: Their weights $w_i$.
        training_weights: Weights for the training, such as flattened ones; None trains without.
        loss: A function of predictions and labels that returns a loss for each point; None takes the squared error.
        folds: The number of folds.
        normalised: Whether to divide by the sum of the weights instead of by $n$.
        random_state: A seed, or a generator of NumPy. It draws the folds.

    Returns:
        The estimate and its standard error, as a [`Risk`][reference_impl.shift.Risk].

    Raises:
        ValueError: There are fewer than two points, shapes differ, numbers are not finite, weights are negative or all
            0, or `folds` doesn't lie from 2 to the number of points.
        TypeError: An argument is no array of the kind that it must be, they are of two libraries or of two dtypes of
            floats, or `model` can't be trained.
        RuntimeError: The arguments are on different devices.

    Shape:
        `source` $(n, d)$ or $(n)$, `labels` $(n, \dots)$, `weights` and `training_weights` $(n)$.

    Examples:
        How much to flatten the weights of a straight line that is fitted to a cubic curve:

        >>> import torch
        >>> from reference_impl.shift import flatten_weights
        >>> from reference_impl.shift import importance_weighted_cross_validation
        >>> def line(x, y, w):
        ...     columns = torch.cat([torch.ones_like(x), x], 1)
        ...     solution = torch.linalg.solve(
        ...         columns.T @ (w[:, None] * columns), columns.T @ (w * y)
        ...     )
        ...     return lambda new: solution[0] + solution[1] * new[:, 0]
        >>> x = torch.linspace(-1.2, 2.2, 150, dtype=torch.float64)[:, None]
        >>> y, w = x[:, 0] ** 3, torch.exp(2 - 3 * x[:, 0] ** 2)
        >>> for exponent in (0.0, 0.5, 1.0):
        ...     train = flatten_weights(w, exponent)
        ...     risk = importance_weighted_cross_validation(
        ...         line, x, y, w, training_weights=train
        ...     )
        ...     print(risk)
        1.81 ± 0.19 (95 % interval 1.44 to 2.18)
        0.103 ± 0.01 (95 % interval 0.0825 to 0.123)
        0.0518 ± 0.0036 (95 % interval 0.0448 to 0.0588)
        >>> options = {
        ...     "training_weights": w, "normalised": True, "random_state": 4
        ... }
        >>> found = [
        ...     importance_weighted_cross_validation(
        ...         line, x, y, w, folds=n, **options
        ...     ) for n in (3, 5)
        ... ]
        >>> [round(risk.estimate, 6) for risk in found]
        [0.023528, 0.023164]

    Source:
        M. Sugiyama, M. Krauledat, K.-R. Müller, "Covariate shift adaptation by importance weighted cross validation",
        Journal of Machine Learning Research 8, 2007.
    """
    check_model("model", model)
    source = read_points("source", source)
    points = source.shape[0]
    weights = read_values("weights", read_weights("weights", weights), points, like=source)
    common_namespace((source, weights))
    _check_labels(labels, source)
    if training_weights is not None:
        training_weights = read_weights("training_weights", training_weights)
        training_weights = read_values("training_weights", training_weights, points, like=source)
        common_namespace((source, training_weights))
    check_folds(folds, points)
    check_choice("normalised", normalised, (True, False))
    warn_of_concentration(weights)
    splits, back = folds_of_rows(source, folds, random_state)
    losses = []
    for inside, outside in splits:
        given = None if training_weights is None else take_rows(training_weights, outside)
        predict = trained("model", model, take_rows(source, outside), take_rows(labels, outside), given)
        held_out = take_rows(source, inside)
        losses.append(_losses(loss or squared_error, predict(held_out), take_rows(labels, inside), held_out))
    every = take_rows(namespace(source).concat(losses), back)
    return weighted_mean(every, in_double(weights), normalised)


def squared_error(predictions: Array, labels: Array) -> Array:
    """Return the squared differences of predictions and labels (n,)."""
    if tuple(predictions.shape) != tuple(labels.shape):
        shape = tuple(labels.shape)
        fix = "pass a `loss` of your own for other labels"
        refuse("predictions", f"of shape {tuple(predictions.shape)}", f"must have shape {shape}", fix)
    gaps = predictions - namespace(predictions).astype(labels, predictions.dtype)
    return gaps * gaps


def _check_labels(labels: Array, source: Array) -> None:
    check_same_place(source, labels)
    if is_floating(labels):
        common_namespace((source, labels))
        check_finite("labels", labels)
    if labels.ndim == 0 or labels.shape[0] != source.shape[0]:
        rule = f"must have {source.shape[0]} rows"
        refuse("labels", f"of shape {tuple(labels.shape)}", rule, "pass a label for each point of the source")


def _losses(loss: Loss, predictions: Array, labels: Array, points: Array) -> Array:
    found = loss(predictions, labels)
    if not is_floating(found):
        found = namespace(found).astype(found, points.dtype)
    return in_double(read_values("loss(predictions, labels)", found, points.shape[0], like=points))
