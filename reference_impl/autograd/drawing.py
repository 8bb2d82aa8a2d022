"""Drawing a recorded graph as SVG."""

import math
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape

from reference_impl._array import Array, is_array, to_numpy
from reference_impl.autograd.graph import Node, trace
from reference_impl.autograd.tensor import Tensor

HEIGHT, GAP, ROW, MARGIN = 58, 58, 76, 12
WIDTH_OF_A_LETTER, NARROWEST = 7, 90
FEW = 3
VALUE, GRADIENT = "var(--figure-c0, #2b7bc6)", "var(--figure-c1, #d0560a)"


def draw_graph(root: Tensor, gradient: Any = None, names: Mapping[str, Tensor] | None = None) -> str:
    r"""Draw how a tensor was computed: a box for each value $v$, with its gradient $\bar v$ below.

    Values flow from left to right along the arrows, gradients from right to left. Dashed boxes are constants, which
    have no gradient. Of arrays with more than three entries the shape is shown, of their gradients the norm. Draw
    before `backward` frees the graph; drawing changes nothing, no `.grad` either.

    The picture takes the colour of the text around it, and the site's colours of figures where they are defined, so it
    is readable in light and in dark. It says in words what it shows, for those who don't see it.

    Args:
        root: The tensor whose graph is drawn, at most 200 values.
        gradient: The gradient $\bar y$ of `root`, of its shape; a scalar needs none, its gradient is 1.
        names: Tensors by the names that the picture gives them; the others are named after their operation.

    Returns:
        The picture, an `<svg>` element.

    Raises:
        RuntimeError: The graph was freed, or `root` isn't a scalar and no `gradient` is given.
        ValueError: The graph has more than 200 values.

    Examples:
        The gradient of $w$ in $y = (w x)^2$ is $2 w x \cdot x = 2 \cdot 6 \cdot 3$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor, draw_graph
        >>> w, x = Tensor(torch.tensor(2.0), requires_grad=True), Tensor(torch.tensor(3.0))
        >>> picture = draw_graph((w * x) ** 2, names={"w": w, "x": x})
        >>> in_words = picture.split("<desc>")[1].split("</desc>")[0]
        >>> picture[:5], in_words.split(". ")[:3]
        ('<svg ', ['w = 2, gradient 36', 'x = 3', 'multiply of w and x = 6, gradient 12'])
        >>> picture.split('viewBox="')[1].split('"')[0]  # left, top, width, height
        '0 0 443 234'
    """
    nodes = trace(root, gradient, names or {})
    texts = {id(node): _lines(node) for node in nodes}
    longest = max(len(line) for lines in texts.values() for line, _, _ in lines)
    box = max(NARROWEST, WIDTH_OF_A_LETTER * longest + 2 * MARGIN)
    places = _places(nodes, box)
    width = max(x for x, _ in places.values()) + box + MARGIN
    height = max(y for _, y in places.values()) + HEIGHT + MARGIN
    words = (
        f"<title>How {escape(nodes[-1].label)} was computed</title><desc>{escape(_described(nodes))}</desc>"
    )
    arrows = "".join(_arrows(node, places, box) for node in nodes)
    boxes = "".join(_box(texts[id(node)], *places[id(node)], box) for node in nodes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" fill="currentColor" font-family="sans-serif" font-size="13" text-anchor="middle">'
        f'{words}<g fill="none" stroke="currentColor">{arrows}</g>{boxes}</svg>'
    )


def _places(nodes: list[Node], box: float) -> dict[int, tuple[float, float]]:
    """Place each node right of its inputs, at their mean height where there is room, and next to who uses it first."""
    columns: dict[int, int] = {}
    for node in nodes:
        columns[id(node)] = 1 + max((columns[id(one)] for one in node.inputs), default=-1)
    for node in reversed(nodes):
        for one in node.inputs:
            if not one.inputs:
                columns[id(one)] = columns[id(node)] - 1
    rows: dict[int, float] = {}
    lowest: dict[int, float] = {}
    start = 0
    for node in nodes:
        column, heights = columns[id(node)], [rows[id(one)] for one in node.inputs]
        wished = sum(heights) / len(heights) if heights else start
        start += not heights
        rows[id(node)] = lowest[column] = max(wished, lowest.get(column, -1) + 1)
    return {
        id(node): (MARGIN + (box + GAP) * columns[id(node)], MARGIN + ROW * rows[id(node)]) for node in nodes
    }


def _arrows(node: Node, places: Mapping[int, tuple[float, float]], box: float) -> str:
    """Draw an arrow from each input to the left side of the node, one below the other."""
    x, y = places[id(node)]
    drawn = ""
    for number, one in enumerate(node.inputs):
        from_x, from_y = places[id(one)][0] + box, places[id(one)][1] + HEIGHT / 2
        to_y = y + HEIGHT * (number + 1) / (len(node.inputs) + 1)
        middle = (from_x + x) / 2
        drawn += (
            f'<path d="M{from_x:g} {from_y:g}C{middle:g} {from_y:g} {middle:g} {to_y:g} {x:g} {to_y:g}'
            f'm-7 -4l7 4l-7 4"/>'
        )
    return drawn


def _lines(node: Node) -> list[tuple[str, str, str]]:
    """Return the lines in the box of a node, with their colour and weight; of a constant, two."""
    lines = [(node.label, "currentColor", "bold"), (_written(node.value), VALUE, "normal")]
    return (
        lines if node.gradient is None else [*lines, (_written_gradient(node.gradient), GRADIENT, "normal")]
    )


def _box(lines: list[tuple[str, str, str]], x: float, y: float, width: float) -> str:
    dashes = "" if len(lines) == 3 else ' stroke-dasharray="4 3"'
    texts = "".join(
        f'<text x="{x + width / 2:g}" y="{y + 18 + 16 * number:g}" fill="{colour}" font-weight="{weight}">'
        f"{escape(text)}</text>"
        for number, (text, colour, weight) in enumerate(lines)
    )
    frame = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{HEIGHT}" rx="6" fill="none" stroke="currentColor"'
    return f"{frame}{dashes}/>{texts}"


def _written(value: Any) -> str:
    """Write a number with four digits, an array with few entries in brackets, and of a larger one the shape."""
    if not is_array(value):
        return f"{value:.4g}"
    shape = tuple(value.shape)
    if math.prod(shape) > FEW:
        return f"shape {shape}"
    entries = ", ".join(f"{entry:.4g}" for entry in to_numpy(value).reshape(-1).tolist())
    return f"[{entries}]" if shape else entries


def _written_gradient(gradient: Array) -> str:
    if math.prod(gradient.shape) > FEW:
        return f"gradient norm {math.hypot(*to_numpy(gradient).reshape(-1).tolist()):.4g}"
    return f"gradient {_written(gradient)}"


def _described(nodes: list[Node]) -> str:
    sentences = []
    for node in nodes:
        made_of = f" of {' and '.join(one.label for one in node.inputs)}" if node.inputs else ""
        gradient = "" if node.gradient is None else f", {_written_gradient(node.gradient)}"
        sentences.append(f"{node.label}{made_of} = {_written(node.value)}{gradient}.")
    return " ".join(sentences)
