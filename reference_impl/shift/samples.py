"""Reading samples: rows are points, columns are features, and both samples live in one place."""

import math
from typing import Any

from reference_impl._array import Array, check_same_place, common_namespace, is_floating, namespace
from reference_impl._checks import refuse

LARGEST = 0.46
"""Points reach up to this power of the largest number: so many squares of distances, added up, don't overflow."""


def read_points(name: str, points: Array, *, least: int = 1, features: int | None = None) -> Array:
    """Return `points` as (points, features), once they are finite floats, at least `least`, with `features` columns.

    An array with one axis is read as points of one feature.
    """
    xp = namespace(points)
    check_floats(name, points)
    if points.ndim not in (1, 2):
        fix = "pass (points, features), or (points,) for one feature"
        refuse(name, f"of shape {tuple(points.shape)}", "must have one or two axes", fix)
    if points.ndim == 1:
        points = xp.reshape(points, (-1, 1))
    check_points(name, points, least)
    if points.shape[1] == 0:
        refuse(name, f"of shape {tuple(points.shape)}", "has no features", "give each point at least one")
    if features is not None and points.shape[1] != features:
        rule = f"has {points.shape[1]} features where {features} were expected"
        refuse(
            name,
            f"of shape {tuple(points.shape)}",
            rule,
            "give all samples the same columns in the same order",
        )
    limit = float(xp.finfo(points.dtype).max) ** LARGEST
    if not _within(points, limit):
        check_finite(name, points)
        largest = float(xp.max(xp.abs(points)))
        rule = f"must lie within {limit:.0e}, or sums of squares would overflow"
        refuse(name, f"of up to {largest:.2g}", rule, "divide the features by their standard deviations")
    return points


def check_floats(name: str, values: Array) -> None:
    """Raise TypeError unless `values` holds real floating-point numbers of single or double precision."""
    xp = namespace(values)
    if not is_floating(values):
        refuse(name, f"an array of {values.dtype}", "must hold floats", "convert it first", TypeError)
    if values.dtype not in (xp.float32, xp.float64):
        rule, fix = (
            "must hold float32 or float64",
            "convert it first: half precision loses the weights' digits",
        )
        refuse(name, f"an array of {values.dtype}", rule, fix, TypeError)


def check_points(name: str, values: Array, least: int) -> None:
    """Raise unless `values` has at least so many rows, one for each point."""
    points = values.shape[0]
    if points < least:
        few = "is empty" if points == 0 else f"has {points} of at least {least} points"
        fix = f"pass at least {least} point{'s' * (least > 1)}"
        refuse(name, f"of shape {tuple(values.shape)}", few, fix)


def check_finite(name: str, values: Array) -> None:
    """Raise unless no entry is NaN or infinite, naming how many are and where the first stands."""
    if _within(values, math.inf):
        return
    xp = namespace(values)
    bad = xp.reshape(xp.logical_not(xp.isfinite(values)), (-1,))
    count = int(xp.count_nonzero(bad))
    if count:
        place = int(xp.argmax(xp.astype(bad, xp.int8)))
        first: list[int] = []
        for size in reversed(values.shape):
            place, rest = divmod(place, size)
            first.insert(0, rest)
        entries = "entry is" if count == 1 else "entries are"
        rule = f"must be finite, but {count} {entries} NaN or infinite, the first at index {tuple(first)}"
        refuse(name, f"of shape {tuple(values.shape)}", rule, "drop or impute those rows")


def _within(values: Array, limit: float) -> bool:
    """Say whether all entries are below the limit in size; NaN isn't. That takes a pass for each end, and no memory."""
    xp = namespace(values)
    return 0 in values.shape or (float(xp.max(values)) < limit and float(xp.min(values)) > -limit)


def read_samples(source: Array, target: Array, *, least: int = 2) -> tuple[Array, Array]:
    """Return both samples as (points, features), once they agree in features, library, dtype and device."""
    source = read_points("source", without_graph(source), least=least)
    check_same_place(source, target)
    common_namespace((source, target))
    return source, read_points("target", without_graph(target), least=least, features=source.shape[1])


def without_graph(values: Array) -> Array:
    """Return an array of torch without its graph of derivatives: nothing is differentiated here."""
    return values.detach() if getattr(values, "requires_grad", False) else values


def read_values(name: str, values: Array, points: int, like: Array | None = None) -> Array:
    """Return `values` as floats (points,), one for each point, in the place of `like`."""
    if like is not None:
        check_same_place(like, values)
    check_floats(name, values)
    if tuple(values.shape) != (points,):
        refuse(
            name,
            f"of shape {tuple(values.shape)}",
            f"must have shape ({points},)",
            "pass one value for each point",
        )
    check_finite(name, values)
    return values


def read_labels(name: str, labels: Any, classes: int, points: int) -> Array:
    """Return `labels` as integers (points,) from 0 to classes - 1."""
    xp = namespace(labels)
    if not xp.isdtype(labels.dtype, "integral"):
        refuse(
            name, f"an array of {labels.dtype}", "must hold integers", "number the classes from 0", TypeError
        )
    if tuple(labels.shape) != (points,):
        refuse(
            name,
            f"of shape {tuple(labels.shape)}",
            f"must have shape ({points},)",
            "pass one label for each point",
        )
    low, high = int(xp.min(labels)), int(xp.max(labels))
    if low < 0 or high >= classes:
        wrong = low if low < 0 else high
        refuse(
            name,
            wrong,
            f"must lie from 0 to {classes - 1}",
            "number the classes in the order of the scores' columns",
        )
    return labels
