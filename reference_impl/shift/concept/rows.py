"""Reading the points and targets that arrive on a stream."""

from typing import Any

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import refuse
from reference_impl.shift.samples import read_points, read_values


def read_rows(inputs: Array, targets: Array, known: Array | None) -> tuple[Array, Array]:
    """Return points (n, d) and their targets (n,), in the place and with the features of the `known` coefficients."""
    points = read_points("inputs", inputs, features=None if known is None else known.shape[0])
    common_namespace((points, targets) if known is None else (known, points, targets))
    return points, read_values("targets", targets, points.shape[0], like=points)


def read_inputs(inputs: Array, known: Array) -> Array:
    """Return points (n, d) in the place and with the features of the `known` coefficients."""
    points = read_points("inputs", inputs, features=known.shape[0])
    common_namespace((known, points))
    return points


def zeros_for(points: Array) -> Array:
    """Return a zero for each feature (d,), in the place of the points."""
    return namespace(points).zeros_like(points[0, :])


def check_flag(name: str, value: Any) -> None:
    """Raise TypeError unless `value` is a bool."""
    if not isinstance(value, bool):
        refuse(name, value, "must be True or False", f"pass e.g. {name}=True", TypeError)
