"""A classifier's posteriors, moved from the source's class frequencies to the target's."""

from reference_impl._array import Array, namespace
from reference_impl._checks import refuse
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.mixture import in_double
from reference_impl.shift.samples import read_values


def correct_posteriors(scores: Array, weights: Array, *, logits: bool = False) -> Array:
    r"""Turn posteriors of the source into those of the target.

    $$p(y \mid x) = \frac{w_y\, q(y \mid x)}{\sum_j w_j\, q(j \mid x)}$$

    """
    read = read_scores("scores", scores, logits=logits)
    weights = read_values("weights", weights, scores.shape[1], scores)
    xp = namespace(scores)
    lowest = float(xp.min(weights))
    if lowest < 0:
        refuse("weights", lowest, "must not be negative", "clip them at zero")
    return xp.astype(correct(read.posteriors, in_double(weights)), scores.dtype)


def correct(posteriors: Array, weights: Array) -> Array:
    """Return the posteriors times the weights, each row over its sum, all in float64."""
    xp = namespace(posteriors)
    weighed = posteriors * weights
    totals = xp.sum(weighed, axis=1, keepdims=True)
    if float(xp.min(totals)) <= 0:
        row = int(xp.argmin(totals))
        rule = f"give row {row} of the scores no class that is possible: all its weights are zero"
        refuse("weights", f"of {weights.shape[0]} classes", rule, "raise the zero weights above zero")
    return weighed / totals
