"""Applying a rule to arrays in place, block by block, so that what it computes on the way stays in the cache.

Every rule works entry by entry, so it may be applied to any part of its arrays. On a large array, what lies between its
lines would otherwise travel to main memory and back. On a GPU an array is one block.
"""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any

from reference_impl._array import Array, assign, flat_view, has_fused_operations
from reference_impl.optim.fused import Fused

BLOCK = 2**17
Rule = Callable[..., Any]
Part = tuple[Any, ...]


def apply_in_place(rule: Rule, parameter: Array, gradient: Array, others: Sequence[Array | None]) -> None:
    """Overwrite `parameter` and `others` with what `rule(parameter, gradient, *others)` returns.

    None among the others is handed to the rule, and what it returns in that place is dropped.
    """
    whole = (parameter, gradient, *others)
    apply = _apply_fused if has_fused_operations(parameter) else _apply
    if prod(parameter.shape) <= BLOCK:
        apply(rule, whole)
        return
    for part in _blocks(whole):
        apply(rule, part)


def _apply(rule: Rule, part: Part) -> None:
    values = rule(*part)
    assign(part[0], values[0])
    if len(part) > 2:
        for target, array in zip(part[2:], values[1:], strict=False):
            if target is not None:
                assign(target, array)


def _apply_fused(rule: Rule, part: Part) -> None:
    value, *values = rule(*(None if array is None else Fused(array) for array in part))
    # before the parameter changes, which they may depend on
    arrays = [None if other is None else other.value() for other in values]
    value.store(part[0])
    for target, array in zip(part[2:], arrays, strict=False):
        if target is not None:
            assign(target, array)


def _blocks(whole: Part) -> Iterator[Part]:
    views = [None if array is None else flat_view(array) for array in whole]
    if any((view is None) != (array is None) for view, array in zip(views, whole, strict=True)):
        yield whole
        return
    for start in range(0, prod(whole[0].shape), BLOCK):
        yield tuple(None if view is None else view[start : start + BLOCK] for view in views)
