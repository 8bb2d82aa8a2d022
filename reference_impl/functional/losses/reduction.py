"""What is done with the losses of all entries, and the checks that every loss makes."""

from collections.abc import Collection
from typing import Any

from reference_impl._array import Array
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor, primitives

REDUCTIONS = ("mean", "sum", "none")


def check_reduction(reduction: Any, choices: Collection[str] = REDUCTIONS) -> None:
    """Raise unless `reduction` is known."""
    check_choice("reduction", reduction, choices)


def check_same_shape(input: Tensor | Array, target: Tensor | Array, name: str = "target") -> None:
    """Raise unless `target` has the shape of `input`."""
    if tuple(input.shape) != tuple(target.shape):
        raise ValueError(
            f"`{name}` (of shape {tuple(target.shape)}) must have the shape of `input`, {tuple(input.shape)}; "
            "reshape it, because broadcasting would compare every entry with every other"
        )


def reduced(losses: Tensor, reduction: str) -> Tensor:
    """Return the losses, their sum or their mean."""
    if reduction == "none":
        return losses
    return primitives.sum(losses) if reduction == "sum" else primitives.mean(losses)
