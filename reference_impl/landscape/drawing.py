"""The picture of a loss of two parameters and of paths on it."""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, is_array, to_numpy
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.landscape.paths import Loss

COLOURS = 6
GRID = 101
STYLES = ("o-", "s--", "^-.", "D:", "v-", "P--")


def draw_paths(
    loss: Loss,
    paths: Mapping[str, Array],
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    *,
    minima: Sequence[tuple[float, float]] = (),
    levels: int = 12,
    axes: Any = None,
) -> Any:
    r"""Draw contours of a loss of two parameters, and paths on it.

    Contours are closer to each other near the lowest point. Of the values $L$ on a grid, sorted, the lines are at the
    shares $(k / n)^2$ for $k = 1, \dots, n - 1$. A path begins at a ring, ends at a large mark and has a colour and a
    marker of its own; a cross is a minimum. Lines, text and crosses are black, and paths have the colours `C0` to `C5`,
    which this site turns into colours for light and dark pages.

    Args:
        loss: The loss $L(x, y)$; it is computed with arrays, in the library of the paths.
        paths: For each name the positions in rows, as [`descend`][reference_impl.landscape.descend] gives them; up to
            six.
        xlim: The ends of the picture along $x$.
        ylim: The ends of the picture along $y$.
        minima: Points to mark with a cross.
        levels: The number $n$: one more than there are contours.
        axes: Where to draw, an `Axes` of matplotlib; a new one if None.

    Returns:
        The `Axes` of matplotlib.

    Raises:
        ValueError: There are no paths or more than six, a path isn't of shape (steps, 2), an interval is empty, or
            `levels` is below 1.
        TypeError: A path is no array.
        ImportError: matplotlib isn't installed.

    Shape:
        Each path $(*, 2)$.

    Examples:
        The loss is $x$, so the heights of the contours are the shares themselves.

        ```pycon { #paths-and-contours data-needs="matplotlib" }
        >>> import torch
        >>> from matplotlib.figure import Figure
        >>> from reference_impl.landscape import draw_paths
        >>> path, wide, fine = torch.tensor([[0.5, 1.0], [0.25, 2.0]]), Figure().add_subplot(), Figure().add_subplot()
        >>> axes = draw_paths(lambda x, y: x, {"SGD": path}, xlim=(0, 1), ylim=(0, 9), levels=5, axes=wide)
        >>> [round(height, 4) for height in axes.collections[0].levels.tolist()]  # (1/5)**2, (2/5)**2, …
        [0.04, 0.16, 0.36, 0.64]
        >>> axes.lines[0].get_xydata().tolist(), axes.lines[0].get_label(), max(axes.get_ylim()).item()
        ([[0.5, 1.0], [0.25, 2.0]], 'SGD', 9.0)
        >>> len(draw_paths(lambda x, y: x, {"SGD": path}, (0, 1), (0, 9), axes=fine).collections[0].levels)
        11
        ```
    """
    _check(paths, xlim, ylim, levels)
    plt = _pyplot()
    axes = plt.subplots(layout="constrained")[1] if axes is None else axes
    x, y = numpy.meshgrid(numpy.linspace(*xlim, GRID), numpy.linspace(*ylim, GRID))
    values = _on_grid(loss, x, y, next(iter(paths.values())))
    shares = (numpy.arange(1, levels) / levels) ** 2
    heights = numpy.unique(numpy.quantile(values[numpy.isfinite(values)], shares))
    axes.contour(x, y, values, levels=heights, colors="black", linewidths=0.5, linestyles="solid", alpha=0.5)
    for number, ((name, path), style) in enumerate(zip(paths.items(), cycle(STYLES), strict=False)):
        points, colour = to_numpy(path), f"C{number}"
        axes.plot(*points.T, style, color=colour, linewidth=1.5, label=name)
        axes.lines[-1].set(markersize=3.5, markevery=max(1, len(points) // 20))
        axes.plot(*points[0], "o", color="black", markersize=9, fillstyle="none")
        axes.plot(*points[-1], style[0], color=colour, markersize=8)
    for minimum in minima:
        axes.plot(*minimum, "+", color="black", markersize=12)
    axes.set(xlim=xlim, ylim=ylim, xlabel="$x$", ylabel="$y$")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, labelcolor="linecolor", frameon=False)
    return axes


def _pyplot() -> Any:
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError(
            "`draw_paths` needs matplotlib, which isn't installed; pip install matplotlib"
        ) from error
    return pyplot


def _on_grid(loss: Loss, x: numpy.ndarray, y: numpy.ndarray, like: Array) -> numpy.ndarray:
    values = loss(from_numpy(x, like), from_numpy(y, like))
    return to_numpy(values.data if isinstance(values, Tensor) else values)


def _check(
    paths: Mapping[str, Array], xlim: tuple[float, float], ylim: tuple[float, float], levels: int
) -> None:
    if not 1 <= len(paths) <= COLOURS:
        refuse("paths", list(paths), f"must be 1 to {COLOURS}", "draw the others in another picture")
    for name, path in paths.items():
        if not is_array(path):
            refuse(f"paths[{name!r}]", path, "must be an array", "pass what descend returns", TypeError)
        if len(path.shape) != 2 or path.shape[1] != 2 or path.shape[0] == 0:
            shape = f"`paths[{name!r}]` (of shape {tuple(path.shape)})"
            raise ValueError(f"{shape} must have shape (steps, 2); pass what descend returns")
    for name, (low, high) in (("xlim", xlim), ("ylim", ylim)):
        if not low < high:
            refuse(name, (low, high), "must be a low end and a high end", f"pass e.g. {name}=(-1.0, 1.0)")
    check_size("levels", levels)
