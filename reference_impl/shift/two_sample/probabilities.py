"""Reading a classifier's probabilities."""

from reference_impl._array import Array, namespace
from reference_impl._checks import refuse

TOLERANCE = 1e-3
SOFTMAX = "pass probabilities, e.g. the softmax of logits"


def check_probabilities(name: str, scores: Array) -> None:
    """Raise unless each row of `scores` (points, classes) is at least 0 and sums to 1."""
    xp = namespace(scores)
    if scores.shape[1] < 2:
        fix = "pass a column for each class"
        refuse(name, f"of shape {tuple(scores.shape)}", "must have at least two classes", fix)
    negative = xp.any(scores < 0, axis=1)
    unequal = xp.abs(xp.sum(scores, axis=1) - 1) > TOLERANCE
    for bad, rule in ((negative, "must not be negative"), (unequal, "must sum to 1 in each row")):
        count = int(xp.count_nonzero(bad))
        if count:
            first = int(xp.argmax(xp.astype(bad, xp.int8)))
            row = [round(float(score), 4) for score in scores[first, :]]
            what = "1 row doesn't" if count == 1 else f"{count} rows don't"
            refuse(name, row, f"{rule}, but {what}, the first is row {first}", SOFTMAX)
