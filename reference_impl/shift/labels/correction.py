"""A classifier's posteriors, moved from the source's class frequencies to the target's."""

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import refuse
from reference_impl.shift.labels.scores import read_scores, sum_over_classes
from reference_impl.shift.precision import in_double
from reference_impl.shift.samples import read_values


def correct_posteriors(scores: Array, weights: Array, *, logits: bool = False) -> Array:
    r"""Turn posteriors of the source into those of the target, without training anything again.

    $$p(y \mid x) = \frac{w_y\, q(y \mid x)}{\sum_j w_j\, q(j \mid x)}, \qquad w_y = \frac{p(y)}{q(y)}$$

    It is Bayes' rule with another prior, and right where $p(x \mid y) = q(x \mid y)$.

    Args:
        scores: The classifier's posteriors $q(y \mid x)$, or its logits.
        weights: The weight $w$ of each class, not negative.
        logits: Whether `scores` are logits.

    Returns:
        The posteriors of the target.

    Raises:
        ValueError: Scores are negative or don't sum to one; a weight is negative; all classes that a row of the scores
            allows have weight zero.
        TypeError: The arrays differ in library or dtype.

    Shape:
        scores and result: (points, classes); weights: (classes,).

    Examples:
        >>> import torch
        >>> from reference_impl.shift import correct_posteriors
        >>> scores = torch.tensor([[0.7, 0.3]], dtype=torch.float64)
        >>> weights = torch.tensor([0.4, 1.6], dtype=torch.float64)
        >>> # 0.28 / (0.28 + 0.48)
        >>> corrected = correct_posteriors(scores, weights)
        >>> [round(share, 6) for share in corrected[0].tolist()]
        [0.368421, 0.631579]
        >>> corrected = correct_posteriors(scores.log(), weights, logits=True)
        >>> [round(share, 6) for share in corrected[0].tolist()]
        [0.368421, 0.631579]

    Source:
        Saerens, Latinne and Decaestecker, Adjusting the outputs of a classifier to new a priori probabilities, Neural
        Computation 14, 2002.
    """
    read = read_scores("scores", scores, logits=logits)
    weights = read_values("weights", weights, scores.shape[1], scores)
    common_namespace((scores, weights))
    xp = namespace(scores)
    lowest = float(xp.min(weights))
    if lowest < 0:
        refuse("weights", lowest, "must not be negative", "clip them at zero")
    return xp.astype(reweigh(read.posteriors, in_double(weights)), scores.dtype)


def reweigh(posteriors: Array, weights: Array) -> Array:
    """Return the posteriors times the weights, each row over its sum, all in float64."""
    xp = namespace(posteriors)
    weighed = posteriors * weights
    totals = sum_over_classes(weighed)
    if float(xp.min(totals)) <= 0:
        row = int(xp.argmin(totals))
        rule = f"leave no class possible at row {row} of the scores: all its classes have weight zero"
        refuse("weights", f"of {weights.shape[0]} classes", rule, "raise them above zero")
    return weighed / totals
