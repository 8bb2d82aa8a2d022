"""Classifiers behind one name: trained on points and labels, each gives a logit for each point."""

from collections.abc import Callable
from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, is_array, namespace, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.estimator import clone
from reference_impl.shift.samples import check_finite

Score = Callable[[Array], Array]
"""Gives logits (k,) of float64 for points (k, d)."""


def check_classifier(classifier: Any) -> None:
    """Raise unless `classifier` can be trained."""
    if hasattr(classifier, "state_dict"):
        rule = "says nothing of its training"
        fix = "pass a function of points and labels that makes a module, trains it and returns it"
        refuse("classifier", classifier, rule, fix, TypeError)
    scored = hasattr(classifier, "decision_function") or hasattr(classifier, "predict_proba")
    estimator = hasattr(classifier, "fit") and scored and not isinstance(classifier, type)
    if not estimator and (not callable(classifier) or isinstance(classifier, type)):
        rule = "must have fit and decision_function or predict_proba, or be a function of points and labels"
        refuse("classifier", classifier, rule, "pass e.g. LogisticRegression()", TypeError)


def trained(classifier: Any, points: Array, labels: numpy.ndarray) -> Score:
    """Train a new copy of the classifier, and return what gives its logits."""
    if not hasattr(classifier, "fit"):
        model = classifier(points, from_numpy(labels, points))
        if not callable(model):
            refuse(
                "classifier(points, labels)",
                model,
                "must be a function of points",
                "return e.g. the module",
                TypeError,
            )
        return lambda new: _logits(model(new), new)
    fitted = clone(classifier).fit(to_numpy(points), labels)
    if hasattr(fitted, "decision_function"):
        return lambda new: _moved(fitted.decision_function(to_numpy(new)), new)
    return lambda new: _moved(_log_odds(fitted.predict_proba(to_numpy(new)), len(labels)), new)


def _log_odds(probabilities: numpy.ndarray, points: int) -> numpy.ndarray:
    """Return log odds; from so many points, no probability below 1 / (points + 2) can be told from 0."""
    least = 1 / (points + 2)
    kept = numpy.clip(probabilities.astype(numpy.float64), least, 1 - least)
    return numpy.log(kept[:, 1]) - numpy.log(kept[:, 0])


def _moved(logits: numpy.ndarray, like: Array) -> Array:
    return from_numpy(logits, like, namespace(like).float64)


def _logits(found: Any, points: Array) -> Array:
    name = "classifier(points, labels)(points)"
    if not is_array(found):
        refuse(name, found, "must be an array", "return one logit for each point", TypeError)
    values = found.detach() if hasattr(found, "detach") else found
    shape = tuple(values.shape)
    if shape not in ((points.shape[0],), (points.shape[0], 1)):
        refuse(
            name,
            f"of shape {shape}",
            f"must have shape ({points.shape[0]},)",
            "return one logit for each point",
        )
    check_finite(name, values)
    xp = namespace(values)
    return xp.astype(xp.reshape(values, (-1,)), xp.float64)
