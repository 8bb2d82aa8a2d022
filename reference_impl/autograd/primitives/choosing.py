"""Choosing between entries: the gradient goes to the one that was chosen."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.tensor import Tensor


@primitive
def maximum(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute the larger of $x$ and $y$; where they tie, each gets half of the gradient."""
    below, above, tie = array_of(x < y), array_of(x > y), _equal(x, y)
    return xp.maximum(x, y), (
        lambda g: _to_chosen(xp, g, tie, lost=below),
        lambda g: _to_chosen(xp, g, tie, lost=above),
    )


@primitive
def minimum(xp: Namespace, x: Array, y: Array) -> Result:
    """Compute the smaller of $x$ and $y$; where they tie, each gets half of the gradient."""
    below, above, tie = array_of(x < y), array_of(x > y), _equal(x, y)
    return xp.minimum(x, y), (
        lambda g: _to_chosen(xp, g, tie, lost=above),
        lambda g: _to_chosen(xp, g, tie, lost=below),
    )


def _equal(x: Array, y: Array) -> Array:
    return array_of(x) == array_of(y)


def _to_chosen(xp: Namespace, g: Array, tie: Array, lost: Array) -> Array:
    return xp.where(lost, 0.0, xp.where(tie, 0.5 * g, g))


@primitive
def _clip(xp: Namespace, x: Array, *, least: float | None, most: float | None) -> Result:
    y = xp.clip(x, least, most)
    return y, (lambda g: xp.where(array_of(x) == array_of(y), g, 0.0),)


def clip(x: Array, min: float | None = None, max: float | None = None) -> Tensor:
    """Bring the entries into the range from `min` to `max`; those that lay outside get no gradient."""
    return _clip(x, least=min, most=max)


@primitive
def _where(xp: Namespace, x: Array, y: Array, *, condition: Array) -> Result:
    return xp.where(condition, x, y), (
        lambda g: xp.where(condition, g, 0.0),
        lambda g: xp.where(condition, 0.0, g),
    )


def where(condition: Array, x: Array, y: Array) -> Tensor:
    """Take $x$ where `condition` holds and $y$ elsewhere; the gradient goes to the one that was taken."""
    return _where(x, y, condition=array_of(condition))
