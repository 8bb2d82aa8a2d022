"""The picture: what stands in it, in which colours, on which libraries, and the words of errors."""

import sys

import matplotlib
import numpy as np
import pytest
import torch
from matplotlib.figure import Figure

from reference_impl import functional as F
from reference_impl.landscape import descend, draw_paths, ravine
from reference_impl.optim import SGD, Adam

MADE = {"SGD": lambda params: SGD(params, lr=0.02), "Adam": lambda params: Adam(params, lr=0.2)}
BLACK = "black"


@pytest.fixture
def axes():
    return Figure().add_subplot()


def markers(axes, kind):
    return [line for line in axes.lines if line.get_marker() == kind]


def test_paths_marks_and_labels(axes):
    paths = descend(ravine, MADE, torch.tensor([-4.0, 1.0]), steps=30)
    found = draw_paths(ravine, paths, (-5, 2), (-1.5, 1.5), minima=[(0, 0)], levels=8, axes=axes)
    assert found is axes
    sgd, adam = (line for line in axes.lines if len(line.get_xdata()) == 31)
    np.testing.assert_allclose(sgd.get_xydata(), paths["SGD"], rtol=1e-6)
    np.testing.assert_allclose(adam.get_xydata(), paths["Adam"], rtol=1e-6)
    assert [sgd.get_color(), adam.get_color()] == ["C0", "C1"]
    assert sgd.get_linestyle() != adam.get_linestyle() and sgd.get_marker() != adam.get_marker()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["SGD", "Adam"]
    ends = [line.get_xydata()[0].tolist() for line in axes.lines if line.get_markersize() == 8]
    np.testing.assert_allclose(ends, [paths["SGD"][-1].tolist(), paths["Adam"][-1].tolist()])
    starts = [line for line in axes.lines if line.get_fillstyle() == "none"]
    assert [(line.get_xydata()[0].tolist(), line.get_color()) for line in starts] == [([-4, 1], BLACK)] * 2
    assert [(line.get_xydata()[0].tolist(), line.get_color()) for line in markers(axes, "+")] == [
        ([0, 0], BLACK)
    ]
    assert axes.get_xlim() == (-5, 2) and axes.get_ylim() == (-1.5, 1.5)


def test_contours_are_where_the_docstring_says(axes):
    path = {"one": np.zeros((1, 2))}
    draw_paths(lambda x, y: x, path, (0, 1), (0, 1), levels=5, axes=axes)
    (contours,) = axes.collections
    np.testing.assert_allclose(contours.levels, [0.04, 0.16, 0.36, 0.64], atol=1e-9)
    assert contours.get_edgecolor()[:, :3].max() == 0


@pytest.mark.parametrize(
    ("loss", "like"),
    [
        (lambda x, y: torch.exp(x) + y, torch.zeros(1, 2)),
        (lambda x, y: F.relu(x) + y, np.zeros((1, 2))),
        (lambda x, y: 1 / x + y, np.ones((1, 2))),
    ],
    ids=["torch", "Tensor", "infinite values"],
)
@pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
def test_any_loss_and_library(loss, like, axes):
    draw_paths(loss, {"here": like}, (-1, 1), (-1, 1), axes=axes)
    assert len(axes.collections[0].get_paths()) > 5


def test_a_path_that_left_does_not_stretch_the_picture(axes):
    draw_paths(ravine, {"away": np.asarray([[0.0, 0.0], [1e30, np.nan]])}, (-1, 1), (-1, 1), axes=axes)
    assert axes.get_xlim() == (-1, 1)


def test_a_new_picture(monkeypatch):
    matplotlib.use("svg")
    from matplotlib import pyplot

    axes = draw_paths(ravine, {"here": np.zeros((1, 2))}, (-1, 1), (-1, 1))
    assert axes is pyplot.gca()
    pyplot.close("all")


def test_without_matplotlib_the_error_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(
        ImportError, match="`draw_paths` needs matplotlib, which isn't installed; pip install matpl"
    ):
        draw_paths(ravine, {"here": np.zeros((1, 2))}, (-1, 1), (-1, 1))


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"paths": {}}, ValueError, r"`paths` \(=\[\]\) must be 1 to 6; draw the others in another picture"),
        ({"paths": {str(k): np.zeros((1, 2)) for k in range(7)}}, ValueError, "must be 1 to 6"),
        (
            {"paths": {"a": [[0.0, 0.0]]}},
            TypeError,
            r"`paths\['a'\]` \(=\[\[0.0, 0.0\]\]\) must be an array; pass",
        ),
        (
            {"paths": {"a": np.zeros(2)}},
            ValueError,
            r"`paths\['a'\]` \(of shape \(2,\)\) must have shape \(steps, 2\)",
        ),
        (
            {"xlim": (1, 1)},
            ValueError,
            r"`xlim` \(=\(1, 1\)\) must be a low end and a high end; pass e.g. xlim=",
        ),
        ({"ylim": (0, float("nan"))}, ValueError, r"`ylim` \(=\(0, nan\)\) must be a low end and a high end"),
        ({"levels": 0}, ValueError, r"`levels` \(=0\) must be at least 1"),
    ],
)
def test_bad_arguments_are_named(change, error, words, axes):
    right = {"loss": ravine, "paths": {"a": np.zeros((1, 2))}, "xlim": (-1, 1), "ylim": (-1, 1), "axes": axes}
    with pytest.raises(error, match=words):
        draw_paths(**(right | change))
