"""Applying a rule to arrays in place, block by block, so that what it computes on the way stays in the cache.

Every rule works entry by entry, so it may be applied to any part of its arrays. On a large array, what lies between its
lines would otherwise travel to main memory and back. On a GPU an array is one block.
"""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any

from reference_impl._array import Array, flat_view, has_fused_operations
from reference_impl.optim.fused import Fused

BLOCK = 2**17
Rule = Callable[..., Any]
Others = Sequence[Array | None]
Part = tuple[Any, ...]


def apply_in_place(rule: Rule, parameter: Array, gradient: Array, others: Others) -> None:
    """Overwrite `parameter` and `others` with what `rule(parameter, gradient, *others)` returns.

    None among the others is handed to the rule, and what it returns in that place is dropped.
    """
    apply = _apply_fused if has_fused_operations(parameter) else _apply
    if prod(parameter.shape) <= BLOCK:
        apply(rule, parameter, gradient, others)
        return
    for part in _blocks((parameter, gradient, *others)):
        apply(rule, part[0], part[1], part[2:])


def _apply(rule: Rule, parameter: Array, gradient: Array, others: Others) -> None:
    values = rule(parameter, gradient, *others)
    parameter[...] = values[0]
    if others:
        for number, target in enumerate(others, 1):
            if target is not None:
                target[...] = values[number]


def _apply_fused(rule: Rule, parameter: Array, gradient: Array, others: Others) -> None:
    fused = [None if array is None else Fused(array) for array in others]
    value, *values = rule(Fused(parameter), Fused(gradient), *fused)
    # before the parameter changes, which they may depend on
    arrays = [None if other is None else other.value() for other in values]
    value.store(parameter)
    for target, array in zip(others, arrays, strict=False):
        if target is not None:
            target[...] = array


def _blocks(whole: Part) -> Iterator[Part]:
    views = [None if array is None else flat_view(array) for array in whole]
    if any((view is None) != (array is None) for view, array in zip(views, whole, strict=True)):
        yield whole
        return
    for start in range(0, prod(whole[0].shape), BLOCK):
        yield tuple(None if view is None else view[start : start + BLOCK] for view in views)
