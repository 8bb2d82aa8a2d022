"""The kinds of layers that a network is made of, and those that join branches."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.dense import DENSE_KINDS, ELEMENTWISE
from reference_impl.shapes.network.kind import Kind, with_channels
from reference_impl.shapes.network.windows import WINDOW_KINDS
from reference_impl.shapes.terms import product

__all__ = ["ELEMENTWISE", "JOINS", "KINDS"]


def _sum_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    for shape in shapes[1:]:
        if shape != shapes[0]:
            refuse("shapes", tuple(shapes), "must be equal to be added", _join_fix(shapes[0], shape))
    return shapes[0]


def _joined_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    for shape in shapes[1:]:
        if shape[1:] != shapes[0][1:]:
            rule = "must be equal but for the channels to be concatenated"
            refuse("shapes", tuple(shapes), rule, _join_fix(shapes[0], shape))
    return with_channels(sum([shape[0] for shape in shapes]), shapes[0][1:])


def _join_fix(one: Any, other: Any) -> str:
    if len(one) != len(other):
        return "pass inputs with the same number of axes"
    if one[1:] == other[1:]:
        return f"put a conv {one[0]} 1 behind the one of {other[0]} channels"
    smaller, larger = (one, other) if product(*one[1:]) < product(*other[1:]) else (other, one)
    size = "x".join([str(number) for number in smaller[1:]])
    return f"crop the one of {larger[1:]} to {size}, or give its path the stride that leads there"


JOIN_KINDS = {"add": Kind([], {}, _sum_shape), "concat": Kind([], {}, _joined_shape)}
JOINS = ("add", "concat")
KINDS = WINDOW_KINDS | DENSE_KINDS | JOIN_KINDS
