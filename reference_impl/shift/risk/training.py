"""Models behind one name: trained on points and values, each predicts a value for each point."""

from collections.abc import Callable
from typing import Any

from reference_impl._array import Array, check_same_place, from_numpy, is_array, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.estimator import clone

Predict = Callable[[Array], Array]


def check_model(name: str, model: Any) -> None:
    """Raise unless `model` can be trained."""
    estimator = hasattr(model, "fit") and hasattr(model, "predict") and not isinstance(model, type)
    function = callable(model) and not isinstance(model, type) and not hasattr(model, "state_dict")
    if not estimator and not function:
        rule = "must have fit and predict, or be a function of points and values that returns a trained model"
        refuse(name, model, rule, "pass e.g. LinearRegression()", TypeError)


def trained(name: str, model: Any, points: Array, values: Array, weights: Array | None = None) -> Predict:
    """Train a new copy of the model, and return what predicts with it.

    What has fit and predict, as in scikit-learn, gets NumPy's arrays. A function gets those of the caller.
    """
    given = () if weights is None else (weights,)
    if hasattr(model, "fit"):
        arrays = (to_numpy(array) for array in (points, values))
        options = {} if weights is None else {"sample_weight": to_numpy(weights)}
        fitted = clone(model).fit(*arrays, **options)
        return lambda new: from_numpy(fitted.predict(to_numpy(new)), like=new)
    predict = model(points, values, *given)
    if not callable(predict):
        fix = "return the trained model itself, e.g. a module of torch"
        refuse(f"{name}(points, values)", predict, "must be a function of points", fix, TypeError)
    return lambda new: _checked(name, predict(new), new)


def _checked(name: str, found: Any, points: Array) -> Array:
    if not is_array(found):
        rule, fix = "must return an array", "return one prediction for each point"
        refuse(f"{name}(points, values)(points)", found, rule, fix, TypeError)
    values = found.detach() if hasattr(found, "detach") else found
    check_same_place(points, values)
    return values
