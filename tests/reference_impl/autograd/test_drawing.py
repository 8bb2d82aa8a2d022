"""The drawing of a graph: its gradients against torch, what it says in words, where boxes lie, and what is refused."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from draws import seeds, shapes, values
from hypothesis import given

from reference_impl import functional as F
from reference_impl.autograd import Tensor, draw_graph
from reference_impl.autograd.graph import gradients_of_all
from sitebuild.figures import inline, tidy

SVG = "{http://www.w3.org/2000/svg}"


def leaf(*entries):
    return Tensor(np.asarray(entries), requires_grad=True)


def example():
    w, x, b = (Tensor(np.asarray(number), requires_grad=True) for number in (2.0, 3.0, -1.0))
    z = w * x + b
    return z * z, {"w": w, "x": x, "b": b, "z": z}


def in_words(picture):
    return ElementTree.fromstring(picture).find(f"{SVG}desc").text


def test_gradients_of_all_nodes_agree_with_torch(agreement, precision):
    with agreement("reference_impl.autograd.draw_graph", "torch.Tensor.retain_grad", precision) as compare:

        @given(seed=seeds, shape=shapes(most=2))
        def drawn(seed, shape):
            def run(library, x, y):
                ours = isinstance(library.tensor(np.ones(1)), Tensor)
                leaves = [Tensor(one, requires_grad=True) if ours else one.requires_grad_() for one in (x, y)]
                first = leaves[0] * leaves[1]
                second = first.tanh() * leaves[0]
                third = (second + first).sum()
                everything = [third, second, first, *leaves]
                if ours:
                    assert draw_graph(third).startswith("<svg ")
                    found = gradients_of_all(third, None)
                    return [found[one] for one in everything]
                for one in everything:
                    one.retain_grad()
                third.backward()
                return [one.grad for one in everything]

            compare.arrays("gradient", run, values(seed, shape), values(seed + 1, shape))

        drawn()


def test_it_says_in_words_what_it_shows():
    y, names = example()
    picture = draw_graph(y, names=names)
    assert in_words(picture) == (
        "w = 2, gradient 30. x = 3, gradient 20. multiply of w and x = 6, gradient 10. b = -1, gradient 10. "
        "z of multiply and b = 5, gradient 10. multiply of z and z = 25, gradient 1."
    )
    assert ElementTree.fromstring(picture).find(f"{SVG}title").text == "How multiply was computed"


def test_each_value_has_a_box_and_each_use_an_arrow():
    y, names = example()
    root = ElementTree.fromstring(draw_graph(y, names=names))
    boxes = [(float(box.get("x")), float(box.get("y"))) for box in root.iter(f"{SVG}rect")]
    assert len(boxes) == len(set(boxes)) == 6
    assert len(list(root.iter(f"{SVG}path"))) == 6
    (w_x, w_y), (x_x, x_y), (product_x, product_y), (b_x, _), (z_x, _), (y_x, _) = boxes
    assert w_x == x_x < product_x == b_x < z_x < y_x
    assert product_y == (w_y + x_y) / 2
    width, height = map(float, root.get("viewBox").split()[2:])
    assert all(0 < x < width and 0 < y < height for x, y in boxes)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[:3] == ["w", "2", "gradient 30"]


def test_boxes_of_a_tangled_graph_do_not_overlap():
    x, y = leaf(1.0, 2.0), leaf(0.5, -0.5)
    a, b = x * y, x + y
    root = ((a * b + b * x) * (a - y)).sum()
    boxes = [
        (float(box.get("x")), float(box.get("y")), float(box.get("width")), float(box.get("height")))
        for box in ElementTree.fromstring(draw_graph(root)).iter(f"{SVG}rect")
    ]
    for number, (x0, y0, width, height) in enumerate(boxes):
        for x1, y1, _, _ in boxes[number + 1 :]:
            assert abs(x0 - x1) >= width or abs(y0 - y1) >= height


def test_constants_are_dashed_and_large_arrays_in_short():
    w = leaf(1.0, 2.0, 3.0, 4.0)
    picture = draw_graph((w * np.asarray([0.5, 1.0, 0.0, 2.0]) * 2.0).sum())
    assert in_words(picture).split(". ")[:3] == [
        "leaf = shape (4,), gradient norm 4.583",  # the root of 1 + 4 + 0 + 16
        "constant = shape (4,)",
        "multiply of leaf and constant = shape (4,), gradient norm 4",
    ]
    dashed = [
        box for box in ElementTree.fromstring(picture).iter(f"{SVG}rect") if box.get("stroke-dasharray")
    ]
    assert len(dashed) == 2


def test_a_number_that_is_used_twice_is_two_constants():
    x = Tensor(np.asarray(3.0), requires_grad=True)
    picture = draw_graph((x * 2) ** 2)
    assert in_words(picture) == (
        "leaf = 3, gradient 24. constant = 2. multiply of leaf and constant = 6, gradient 12. constant = 2. "
        "pow of multiply and constant = 36, gradient 1."
    )


def test_drawing_changes_nothing(library):
    x = library.tensor(np.asarray([1.0, 2.0]), requires_grad=True)
    y = (x * x).sum()
    first = draw_graph(y)
    assert x.grad is None
    y.backward()
    assert library.values(x.grad).tolist() == [2.0, 4.0]
    assert in_words(first) == (
        "leaf = [1, 2], gradient [2, 4]. multiply of leaf and leaf = [1, 4], gradient [1, 1]. "
        "sum of multiply = 5, gradient 1."
    )
    with pytest.raises(RuntimeError, match="Trying to backward through the graph a second time"):
        draw_graph(y)


def test_a_vector_needs_a_gradient():
    x = leaf(1.0, 2.0)
    with pytest.raises(RuntimeError, match="grad can be implicitly created only for scalar outputs"):
        draw_graph(x * 3.0)
    assert "gradient [3, 30]" in draw_graph(x * 3.0, gradient=np.asarray([1.0, 10.0]))


def test_only_colours_that_follow_the_theme_are_used():
    y, names = example()
    picture = draw_graph(y, names=names)
    colours = set(re.findall(r'(?:fill|stroke)="([^"]*)"', picture))
    assert colours == {"none", "currentColor", "var(--figure-c0, #2b7bc6)", "var(--figure-c1, #d0560a)"}


def test_names_are_escaped_and_the_site_can_show_it():
    x = leaf(1.0)
    picture = draw_graph(x * 2.0, names={"a < b & c": x})
    assert "a < b & c = [1]" in in_words(picture)
    shown = inline(tidy(picture, "prefix"), "a text alternative")
    assert ElementTree.fromstring(shown).find(f".//{SVG}rect") is not None
    assert shown.count('role="img"') == 1


def test_a_graph_that_nobody_could_read_is_refused():
    y = leaf(1.0)
    for _ in range(10_000):
        y = F.relu(y)
    with pytest.raises(
        ValueError, match=r"`root` \(='relu'\) has a graph of more than 200 nodes; draw a part of it"
    ):
        draw_graph(y)


def test_a_leaf_alone_is_a_graph():
    x = Tensor(torch.tensor(2.0), requires_grad=True)
    assert in_words(draw_graph(x)) == "leaf = 2, gradient 1."
    assert in_words(draw_graph(x.detach())) == "constant = 2."
