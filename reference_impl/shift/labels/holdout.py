"""The labelled hold-out from the source: scores, labels, class frequencies, and the confusion matrix."""

import numpy

from reference_impl._array import Array, check_same_place, namespace, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.precision import in_double
from reference_impl.shift.samples import read_labels
from reference_impl.shift.warning import warn

SINGULAR, DOUBTFUL = 1e8, 1e3


def read_classes(labels: Array, scores: Array) -> Array:
    """Return one-hot labels (points, classes) in float64, once every class of the scores is seen among them."""
    xp = namespace(scores)
    check_same_place(scores, labels)
    points, classes = scores.shape
    labels = read_labels("labels", labels, classes, points)
    numbers = xp.arange(classes, dtype=labels.dtype, device=scores.device)
    chosen = in_double(labels[:, None] == numbers[None, :])
    missing = numpy.flatnonzero(to_numpy(xp.sum(chosen, axis=0)) == 0).tolist()
    if missing:
        rule = f"has no point of {_named(missing)}: q(y) = 0, so the weight is undefined"
        refuse("labels", f"of {points} points", rule, "add labelled points, or leave out the scores' column")
    return chosen


def summarise(scores: Scores, kind: str) -> Array:
    """Return posteriors ("soft"), or the one-hot class with the largest, the first where two are equal ("hard")."""
    if kind == "soft":
        return scores.posteriors
    xp = namespace(scores.posteriors)
    numbers = xp.arange(scores.posteriors.shape[1], device=scores.posteriors.device)
    return in_double(xp.argmax(scores.posteriors, axis=1)[:, None] == numbers[None, :])


def means_of(functions: Array) -> numpy.ndarray:
    """Return the mean of each column."""
    return to_numpy(namespace(functions).sum(functions, axis=0)) / functions.shape[0]


def joint_moments(functions: Array, chosen: Array) -> numpy.ndarray:
    r"""Return $\frac1n \sum_i h(x_i) e_{y_i}^\top$: for predictions h, the joint confusion matrix."""
    xp = namespace(functions)
    return to_numpy(xp.matmul(xp.matrix_transpose(functions), chosen)) / functions.shape[0]


def check_condition(confusion: numpy.ndarray) -> float:
    """Return the condition number of the conditional confusion matrix; raise if singular, warn if it is large."""
    values, vectors = numpy.linalg.svd(confusion)[1:]
    condition = float(values[0] / values[-1]) if values[-1] > 0 else float("inf")
    if condition > SINGULAR:
        involved = numpy.abs(vectors[-1])
        coincide = numpy.flatnonzero(involved > 0.1 * numpy.max(involved)).tolist()
        rule = f"is singular: the columns of {_named(coincide)} coincide or depend on one another"
        fix = "merge these classes, or use a classifier that tells them apart"
        refuse("scores", f"with a confusion matrix of condition {condition:.1e}", rule, fix)
    if condition > DOUBTFUL:
        value = f"{condition:.0f}"
        warn("the condition number of the confusion matrix", value, "above 1000", "errors grow by as much")
    return condition


def _named(classes: list[int]) -> str:
    listed = ", ".join(map(str, classes))
    return f"class {listed}" if len(classes) == 1 else f"classes {listed}"
