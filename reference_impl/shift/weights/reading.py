"""Reading weights: one finite number of at least 0 for each point of the source."""

from reference_impl._array import Array, namespace
from reference_impl._checks import refuse
from reference_impl.shift.samples import check_finite, check_floats

RATIO = "pass p/q as an estimator's weights() returns it, not its logarithm"


def read_weights(name: str, weights: Array, *, least: int = 1) -> Array:
    """Return `weights` once they are finite floats (points,), at least `least`, none negative and not all 0."""
    xp = namespace(weights)
    check_floats(name, weights)
    shape = tuple(weights.shape)
    if weights.ndim != 1:
        refuse(name, f"of shape {shape}", "must have one axis", "pass one weight for each point")
    if shape[0] < least:
        few = "is empty" if shape[0] == 0 else f"has {shape[0]} of at least {least} weights"
        refuse(name, f"of shape {shape}", few, f"pass at least {least}")
    check_finite(name, weights)
    negative = int(xp.count_nonzero(weights < 0))
    if negative:
        first = int(xp.argmax(xp.astype(weights < 0, xp.int8)))
        count = "1 is" if negative == 1 else f"{negative} are"
        rule = f"must not be negative, but {count}, the first at index {first}"
        refuse(name, float(weights[first]), rule, RATIO)
    if not bool(xp.any(weights > 0)):
        fix = "check that source and target overlap"
        refuse(name, f"of shape {shape}", "must not all be 0", fix)
    return weights
