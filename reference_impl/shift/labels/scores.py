"""Reading a classifier's scores: posteriors that sum to one, or logits of any sign."""

from functools import cached_property

from reference_impl._array import Array, check_same_place, common_namespace, namespace
from reference_impl._checks import refuse
from reference_impl.shift.precision import in_double
from reference_impl.shift.samples import check_finite, check_floats, check_points

TOLERANCE = 1e-3
SMALLEST = 1e-12
"""A score below it counts as this much where its logarithm is taken: log 0 would be infinite."""


class Scores:
    """Posteriors (points, classes) in float64, their logarithms, and the logits as they were before a calibration.

    The logarithms are taken when they are asked for, and are the logits where none were given.
    """

    def __init__(
        self, posteriors: Array, logarithms: Array | None = None, logits: Array | None = None
    ) -> None:
        self.posteriors = posteriors
        if logarithms is not None:
            self.logarithms = logarithms
        if logits is not None:
            self.logits = logits

    @cached_property
    def logarithms(self) -> Array:
        """Return the logarithms of the posteriors."""
        xp, posteriors = namespace(self.posteriors), self.posteriors
        return xp.log(xp.where(posteriors > SMALLEST, posteriors, xp.full_like(posteriors, SMALLEST)))

    @cached_property
    def logits(self) -> Array:
        """Return the logits before any calibration."""
        return self.logarithms


def read_scores(
    name: str, scores: Array, *, logits: bool, like: Array | None = None, least: int = 1
) -> Scores:
    """Return `scores` once they are finite and, unless they are logits, posteriors with the classes of `like`."""
    check_floats(name, scores)
    shape = tuple(scores.shape)
    if scores.ndim != 2:
        refuse(name, f"of shape {shape}", "must have two axes", "pass (points, classes)")
    check_points(name, scores, least)
    if shape[1] < 2:
        refuse(name, f"of shape {shape}", "has fewer than 2 classes", "give each class a column")
    if like is not None:
        check_same_place(like, scores)
        common_namespace((like, scores))
        if shape[1] != like.shape[1]:
            rule = f"has {shape[1]} classes where {like.shape[1]} were expected"
            refuse(name, f"of shape {shape}", rule, "take all scores from the same classifier")
    check_finite(name, scores)
    doubled = in_double(scores)
    return from_logits(doubled) if logits else _from_posteriors(name, doubled)


def from_logits(logits: Array, before: Array | None = None) -> Scores:
    """Return the softmax of logits, which were those of `before` a calibration, if any."""
    xp = namespace(logits)
    shifted = logits - xp.max(logits, axis=1, keepdims=True)
    exponentials = xp.exp(shifted)
    totals = sum_over_classes(exponentials)
    return Scores(exponentials / totals, shifted - xp.log(totals), logits if before is None else before)


def _from_posteriors(name: str, scores: Array) -> Scores:
    xp = namespace(scores)
    lowest = float(xp.min(scores))
    if lowest < 0:
        refuse(name, lowest, "must not be negative", "pass logits=True?")
    totals = sum_over_classes(scores)
    off = xp.abs(totals - 1)
    if float(xp.max(off)) > TOLERANCE:
        row = int(xp.argmax(off))
        rule = f"must sum to one over the classes, but row {row} sums to {float(totals[row, 0]):.6g}"
        refuse(name, f"of shape {tuple(scores.shape)}", rule, "pass logits=True?")
    posteriors = scores / totals
    floor = xp.full_like(posteriors, SMALLEST)
    logarithms = xp.log(xp.where(posteriors > SMALLEST, posteriors, floor))
    return Scores(posteriors, logarithms, logarithms)


def sum_over_classes(values: Array) -> Array:
    """Return the sums (points, 1) of the rows: a product with ones, which is faster than a sum of few columns."""
    xp = namespace(values)
    return xp.matmul(values, xp.ones((values.shape[1], 1), dtype=values.dtype, device=values.device))
