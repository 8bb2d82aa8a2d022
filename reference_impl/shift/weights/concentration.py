"""How few points carry the weight."""

from reference_impl._array import Array, namespace
from reference_impl.shift.precision import in_double
from reference_impl.shift.weights.reading import read_weights


def effective_sample_size(weights: Array) -> float:
    r"""Compute the number of equally weighted points that would give an average of the same variance.

    $$n_\text{eff} = \frac{\left(\sum_i w_i\right)^2}{\sum_i w_i^2}, \qquad
    \frac{n_\text{eff}}{n} \to \frac{1}{\mathbb{E}_q w^2} = \frac{1}{1 + \chi^2(p \,\|\, q)}$$

    It lies from 1, where one point has all the weight, to the number of points, where all weights are equal. The
    limit needs a finite $\mathbb{E}_q w^2$; [`pareto_k`][reference_impl.shift.pareto_k] says whether to believe in it.

    Args:
        weights: The weights $w_i \ge 0$. Their scale doesn't matter.

    Returns:
        The effective sample size.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0.
        TypeError: `weights` is no array of floating-point numbers.

    Shape:
        `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import effective_sample_size
        >>> # 8 * 8 / (1 + 4 + 25)
        >>> round(effective_sample_size(torch.tensor([1.0, 2.0, 5.0])), 4)
        2.1333

    Source:
        L. Kish, "Survey Sampling", Wiley, 1965.
    """
    w = _relative_to_the_largest(weights)
    xp = namespace(w)
    return float(xp.sum(w)) ** 2 / float(xp.sum(w * w))


def largest_share(weights: Array) -> float:
    r"""Compute the share of the largest weight in the sum of all.

    $$\frac{\max_i w_i}{\sum_i w_i}$$

    A single point with more than 5 % of all the weight decides about the result.

    Args:
        weights: The weights $w_i \ge 0$. Their scale doesn't matter.

    Returns:
        The share, from $1/n$ to 1.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0.
        TypeError: `weights` is no array of floating-point numbers.

    Shape:
        `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import largest_share
        >>> largest_share(torch.tensor([1.0, 4.0, 3.0]))  # 4 / 8
        0.5

    Source:
        S. Chatterjee, P. Diaconis, "The sample size required in importance sampling", Annals of Applied Probability
        28(2), 2018: the statistic $q_n$ there.
    """
    w = _relative_to_the_largest(weights)
    return 1.0 / float(namespace(w).sum(w))


def _relative_to_the_largest(weights: Array) -> Array:
    w = in_double(read_weights("weights", weights))
    return w / namespace(w).max(w)
