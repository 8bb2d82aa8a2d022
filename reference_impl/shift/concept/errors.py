"""The error of a model followed along a stream."""

from reference_impl._array import Array, is_floating, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.shift.numbers import check_factor
from reference_impl.shift.samples import check_finite

TINY = 1e-40
"""What fades to less than this changes no sum."""


def prequential_error(losses: Array, *, fading: float | None = None, window: int | None = None) -> Array:
    r"""Follow the error of a model along a stream: the mean of its losses, with the older ones fading or left out.

    $$E_t = \frac{\sum_{i \le t} \alpha^{t - i} L_i}{\sum_{i \le t} \alpha^{t - i}} \qquad \text{or} \qquad
    E_t = \frac{1}{\min(t, W)} \sum_{i = \max(1, t - W + 1)}^{t} L_i$$

    Without either, it is the mean of all losses so far, which hides a change the longer, the later it comes.

    Args:
        losses: The losses $L_t$.
        fading: The factor $\alpha$, above 0 and at most 1.
        window: The number $W$ of losses that count.

    Returns:
        The errors $E_t$.

    Raises:
        TypeError: `losses` is no array of floats; a setting is no number.
        ValueError: `losses` is empty, has several axes or holds NaN; a setting is out of range, or both are given.

    Shape:
        $(T)$ to $(T)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import prequential_error
        >>> losses = torch.tensor([4.0, 0.0, 2.0, 0.0])
        >>> # 4, 2 / 1.5, 3 / 1.75, 1.5 / 1.875
        >>> [round(x, 4) for x in prequential_error(losses, fading=0.5).tolist()]
        [4.0, 1.3333, 1.7143, 0.8]
        >>> prequential_error(losses, window=2).tolist()
        [4.0, 2.0, 1.0, 1.0]
        >>> prequential_error(losses).tolist()
        [4.0, 2.0, 2.0, 1.5]

    Source:
        [Gama, Sebastião, Rodrigues 2013](https://doi.org/10.1007/s10994-012-5320-9), On evaluating stream learning
        algorithms.
    """
    xp = namespace(losses)
    if losses.ndim != 1 or not is_floating(losses) or losses.shape[0] == 0:
        given = f"of shape {tuple(losses.shape)} and {losses.dtype}"
        refuse("losses", given, "must have one axis of floats and an entry", "pass one loss for each step")
    check_finite("losses", losses)
    check_means(fading, window)
    sums = xp.astype(losses, xp.float64)
    counts = xp.ones_like(sums)
    if window is None:
        alpha = 1.0 if fading is None else float(fading)
        sums, counts = (_faded(terms, alpha) for terms in (sums, counts))
    else:
        sums, counts = (_windowed(terms, window) for terms in (sums, counts))
    return xp.astype(sums / counts, losses.dtype)


def _faded(terms: Array, alpha: float) -> Array:
    """Sum with weights α^(t-i): doubling how far back the sums reach takes as many passes as T has binary digits."""
    xp = namespace(terms)
    reach = 1
    while reach < terms.shape[0] and alpha > TINY:
        terms = terms + alpha * xp.concat([xp.zeros_like(terms[:reach]), terms[: terms.shape[0] - reach]])
        reach, alpha = 2 * reach, alpha * alpha
    return terms


def _windowed(terms: Array, window: int) -> Array:
    xp = namespace(terms)
    sums, window = xp.cumulative_sum(terms), min(window, terms.shape[0])
    return xp.concat([sums[:window], sums[window:] - sums[: terms.shape[0] - window]])


def check_means(fading: float | None, window: int | None) -> None:
    if fading is not None and window is not None:
        refuse("window", window, f"can't be joined with `fading` (={fading})", "pass one of them")
    if window is not None:
        check_size("window", window)
    if fading is not None:
        check_factor("fading", fading)
