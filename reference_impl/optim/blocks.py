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


def apply_in_place(rule: Rule, parameter: Array, gradient: Array, others: Sequence[Array | None]) -> None:
    """Overwrite `parameter` and `others` with what `rule(parameter, gradient, *others)` returns.

    None among the others is handed to the rule, and what it returns in that place is dropped.
    """
    fused = has_fused_operations(parameter)
    for part in _blocks(prod(parameter.shape), [parameter, gradient, *others]):
        target, _, *targets = part
        if fused:
            value, *values = rule(*(None if array is None else Fused(array) for array in part))
            for other in values:
                if other is not None:
                    other.value()  # before the parameter changes, which it may depend on
            value.store(target)
        else:
            value, *values = rule(*part)
            assign(target, value)
        for other, array in zip(targets, values, strict=False):
            if other is not None:
                assign(other, array.value() if fused else array)


def _blocks(size: int, arrays: list[Array | None]) -> Iterator[list[Array | None]]:
    views = [None if array is None else flat_view(array) for array in arrays] if size > BLOCK else []
    if not views or any((view is None) != (array is None) for view, array in zip(views, arrays, strict=True)):
        yield arrays
        return
    for start in range(0, size, BLOCK):
        yield [None if view is None else view[start : start + BLOCK] for view in views]
