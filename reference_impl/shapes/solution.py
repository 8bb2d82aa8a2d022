"""Searching a grid of arguments for those that give a size."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse, shown, whole

MOST_CELLS = 200_000


class Solution:
    r"""What a search for arguments has found; the arguments are attributes as well.

    The distance of two sizes is $\sum_d \lvert M_d - M'_d \rvert$.

    Args:
        options: All sets of arguments that give the size, simplest first; each can be passed on by `**`.
        nearest: If there are none, the sizes at the least distance, in order.
        searched: For each argument the first and the last value that was tried, or the one value that was given.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import solve_pool
        >>> found = solve_pool(9, 3, padding=0, ceil_mode=False, limits={"kernel_size": 3})
        >>> [torch.nn.MaxPool1d(**option)(torch.zeros(1, 9)).tolist() for option in found.options]
        [[[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]]]
        >>> found.nearest, found.searched["kernel_size"], found.searched["padding"]
        ([], (1, 3), 0)
    """

    def __init__(self, options: list[dict[str, Any]], nearest: list[Any], searched: dict[str, Any]) -> None:
        self.options, self.nearest, self.searched = options, nearest, searched

    def __repr__(self) -> str:
        found = f"options={self.options!r}" if self.options else f"nearest={self.nearest!r}"
        return f"Solution({found})"


def search(function: Any, size: Any, wanted: Any, axes: list[tuple[str, Any]]) -> Solution:
    """Try every cell of a grid: each axis has a name and a range of values, or the one value that was given."""
    cells = 1
    for _, values in axes:
        cells *= len(values) if isinstance(values, (range, list)) else 1
    if cells > MOST_CELLS:
        refuse(
            "limits",
            cells,
            f"make a grid of more than {MOST_CELLS} cells",
            "pass smaller limits or fix arguments",
        )
    goal = tuple(wanted) if isinstance(wanted, (tuple, list)) else wanted
    options: list[dict[str, Any]] = []
    reached: set[Any] = set()
    for cell in _cells(axes):
        try:
            result = function(size, **cell)
        except ValueError:
            continue
        if result == goal:
            options.append(cell)
        else:
            reached.add(result)
    searched = {name: _bounds(values) for name, values in axes}
    return Solution(options, [] if options else _nearest(reached, goal), searched)


def axis(name: str, given: Any, least: int, limits: dict[str, int]) -> tuple[str, Any]:
    """Give the values of one argument: the given one, or all from the least to its limit."""
    return (name, range(least, limits[name] + 1)) if given is None else (name, given)


def limits_with(defaults: dict[str, int], limits: Any) -> dict[str, int]:
    """Give the limits with the caller's put in."""
    if limits is None:
        return defaults
    if not isinstance(limits, dict):
        refuse("limits", limits, "must be a dict", f"pass e.g. limits={shown(defaults)}", TypeError)
    for name in limits:
        if name not in defaults:
            refuse(
                "limits",
                name,
                "names no argument that is searched",
                f"choose among {', '.join(sorted(defaults))}",
            )
        whole(f"limits[{name!r}]", limits[name], 0 if name.endswith("padding") else 1)
    return defaults | limits


def _cells(axes: list[tuple[str, Any]]) -> Any:
    """Yield all combinations; the last axis moves fastest."""
    if not axes:
        yield {}
        return
    for cell in _cells(axes[:-1]):
        name, values = axes[-1]
        for value in values if isinstance(values, (range, list)) else [values]:
            yield cell | {name: value}


def _bounds(values: Any) -> Any:
    return (values[0], values[-1]) if isinstance(values, (range, list)) and len(values) > 1 else _only(values)


def _only(values: Any) -> Any:
    return values[0] if isinstance(values, (range, list)) else values


def _nearest(reached: set[Any], goal: Any) -> list[Any]:
    distances = {size: _distance(size, goal) for size in reached}
    least = min(distances.values(), default=0) if distances else 0
    return sorted([size for size in distances if distances[size] == least])


def _distance(size: Any, goal: Any) -> int:
    if isinstance(size, tuple):
        return sum(map(lambda one, other: abs(one - other), size, goal))
    return abs(size - goal)
