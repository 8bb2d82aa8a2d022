"""Smaller large weights: a little bias against much variance."""

from reference_impl._array import Array, namespace
from reference_impl._checks import check_number, refuse
from reference_impl.shift.weights.reading import read_weights


def clip_weights(weights: Array, most: float) -> Array:
    r"""Bound the weights from above.

    $$\min(w_i, c)$$

    The smaller $c$, the smaller the variance of a weighted mean and the larger its bias. With
    [`importance_weighted_cross_validation`][reference_impl.shift.importance_weighted_cross_validation] one chooses
    $c$: train with the clipped weights, score with the unclipped ones, and take the $c$ of the smallest risk.

    Args:
        weights: The weights $w_i \ge 0$; they aren't changed.
        most: The bound $c > 0$.

    Returns:
        The clipped weights. They aren't divided by their mean, which shows how much was cut off.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0, or `most` isn't positive.
        TypeError: `weights` is no array of floating-point numbers, or `most` no number.

    Shape:
        `weights` and the result $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import clip_weights
        >>> weights = torch.tensor([0.5, 2.0, 9.0])
        >>> clip_weights(weights, most=2.5).tolist(), weights.tolist()
        ([0.5, 2.0, 2.5], [0.5, 2.0, 9.0])

    Source:
        E. L. Ionides, "Truncated importance sampling", Journal of Computational and Graphical Statistics 17(2), 2008.
    """
    read_weights("weights", weights)
    _check_bound(most)
    xp = namespace(weights)
    return xp.where(weights < most, weights, xp.full_like(weights, float(most)))


def _check_bound(most: float) -> None:
    check_number("most", most, 10.0)
    if not most > 0:
        refuse("most", most, "must be positive", "pass e.g. most=10.0")


def flatten_weights(weights: Array, exponent: float) -> Array:
    r"""Draw the weights towards 1 by a power.

    $$w_i^\gamma, \qquad 0 \le \gamma \le 1$$

    With $\gamma = 1$ nothing changes, with $\gamma = 0$ all points count alike.
    [`importance_weighted_cross_validation`][reference_impl.shift.importance_weighted_cross_validation] chooses
    $\gamma$: train with the flattened weights, score with the weights themselves, and take the $\gamma$ of the
    smallest risk.

    Args:
        weights: The weights $w_i \ge 0$; they aren't changed.
        exponent: The power $\gamma$.

    Returns:
        The flattened weights.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0, or `exponent` doesn't lie
            from 0 to 1.
        TypeError: `weights` is no array of floating-point numbers, or `exponent` no number.

    Shape:
        `weights` and the result $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import flatten_weights
        >>> flatten_weights(
        ...     torch.tensor([0.25, 1.0, 9.0]), exponent=0.5
        ... ).tolist()
        [0.5, 1.0, 3.0]

    Source:
        H. Shimodaira, "Improving predictive inference under covariate shift by weighting the log-likelihood function",
        Journal of Statistical Planning and Inference 90(2), 2000.
    """
    read_weights("weights", weights)
    _check_exponent(exponent)
    return weights ** float(exponent)


def _check_exponent(exponent: float) -> None:
    check_number("exponent", exponent, 0.5)
    if not 0 <= exponent <= 1:
        refuse("exponent", exponent, "must lie from 0 to 1", "pass e.g. exponent=0.5")
