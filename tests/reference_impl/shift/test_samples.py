"""What every function of shift asks of its samples, in the words that the reader sees."""

import numpy as np
import pytest
import torch

from reference_impl.shift.samples import read_labels, read_points, read_samples, read_values

GOOD = np.zeros((3, 2))


def holed(*places: tuple[int, int]) -> np.ndarray:
    points = GOOD.copy()
    for place in places:
        points[place] = np.nan
    return points


@pytest.mark.parametrize(
    ("source", "target", "error", "words"),
    [
        (np.zeros((0, 2)), GOOD, ValueError, "`source`.*is empty; pass at least 2 points"),
        (GOOD, np.zeros((1, 2)), ValueError, "`target`.*has 1 of at least 2 points"),
        (
            holed((1, 1)),
            GOOD,
            ValueError,
            r"`source`.*1 entry is NaN or infinite, the first at index \(1, 1\)",
        ),
        (
            GOOD,
            holed((0, 1), (2, 0)),
            ValueError,
            r"`target`.*2 entries are NaN or infinite, the first at index \(0, 1\)",
        ),
        (GOOD, np.zeros((3, 5)), ValueError, "`target`.*has 5 features where 2 were expected"),
        (np.zeros((2, 2, 2)), GOOD, ValueError, "`source`.*one or two axes"),
        (np.zeros((3, 2), int), GOOD, TypeError, "`source`.*must hold floats"),
        ([[1.0]], GOOD, TypeError, "expected an array"),
        (GOOD, torch.zeros(3, 2), TypeError, "arrays of one library"),
        (GOOD, GOOD.astype("float32"), TypeError, "one dtype"),
        (torch.zeros(3, 2), torch.zeros(3, 2, device="sim:0"), RuntimeError, "same device"),
    ],
)
def test_bad_samples(source, target, error, words):
    with pytest.raises(error, match=words):
        read_samples(source, target)


def test_graphs_of_torch_are_left_behind():
    with_graph = torch.zeros(3, 2, requires_grad=True) * 2
    assert not any(sample.requires_grad for sample in read_samples(with_graph, with_graph))
    assert with_graph.requires_grad


def test_one_axis_is_one_feature(library):
    values = np.asarray([1.0, 2.0, 4.0])
    assert library.values(read_points("x", library.array(values))).tolist() == [[1.0], [2.0], [4.0]]


@pytest.mark.parametrize(
    ("labels", "error", "words"),
    [
        (np.asarray([0.0, 1.0]), TypeError, "must hold integers"),
        (np.asarray([0, 1, 1]), ValueError, r"must have shape \(2,\)"),
        (np.asarray([0, 3]), ValueError, r"`y` \(=3\) must lie from 0 to 2"),
        (np.asarray([-1, 0]), ValueError, r"`y` \(=-1\) must lie from 0 to 2"),
    ],
)
def test_bad_labels(labels, error, words):
    with pytest.raises(error, match=words):
        read_labels("y", labels, classes=3, points=2)


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        (np.asarray([1, 2]), TypeError, "must hold floats"),
        (np.asarray([[1.0], [2.0]]), ValueError, r"must have shape \(2,\)"),
        (np.asarray([1.0, np.inf]), ValueError, r"1 entry is NaN or infinite, the first at index \(1,\)"),
        (torch.zeros(2), TypeError, "arrays of one library"),
    ],
)
def test_bad_values(values, error, words):
    with pytest.raises(error, match=words):
        read_values("w", values, points=2, like=np.zeros(2))
