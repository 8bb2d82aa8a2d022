"""The one file that knows array libraries: moving arrays, naming them, and what it refuses."""

import numpy as np
import pytest
import torch

from reference_impl import _array


def test_arrays_move_to_numpy_and_back_as_copies(library):
    values = np.asarray([[1.0, 2.5], [3.0, -4.0]])
    moved = _array.from_numpy(values, like=library.empty(library.dtypes.float32))
    assert moved.dtype == library.dtypes.float32
    assert moved.device == library.empty(library.dtypes.float32).device
    back = _array.to_numpy(moved)
    assert back.tolist() == values.tolist()
    back[0, 0] = values[0, 0] = 9.0
    assert _array.to_numpy(moved)[0, 0] == 1.0


def test_one_library_has_one_namespace():
    assert _array.namespace(np.ones(2)) is _array.namespace(np.float32(1.0))
    assert _array.namespace(torch.ones(2)) is _array.namespace(torch.nn.Parameter(torch.ones(2)))


def test_reductions_of_numpy_follow_the_standard():
    xp, x = _array.namespace(np.ones(2)), np.asarray([[1.0, 5.0], [-2.0, 3.0]])
    assert (xp.sum(x), xp.max(x), xp.min(x)) == (7.0, 5.0, -2.0)
    assert xp.sum(x, axis=0, keepdims=True).tolist() == [[-1.0, 8.0]]
    assert xp.max(x, axis=(0, 1)) == 5.0
    assert xp.min(x, axis=-1).tolist() == [1.0, -2.0]


def test_a_copy_is_owned():
    x = np.ones(3)
    assert not np.shares_memory(_array.own(x), x)


def test_arrays_are_named_for_messages(library):
    words = _array.describe(library.empty(library.dtypes.float32))
    assert words.split()[0] in ("numpy", "array_api_strict", "torch")
    assert " float32 on " in words


@pytest.mark.parametrize("value", [[1.0], 2.0, None, "a"])
def test_other_things_are_no_arrays(value):
    assert not _array.is_array(value)
    with pytest.raises(
        TypeError, match=r"expected an array, not .*; pass e.g. numpy.asarray\(\[1.0, 2.0\]\)"
    ):
        _array.namespace(value)


def test_without_an_array_there_is_no_namespace():
    with pytest.raises(TypeError, match=r"expected an array or a Tensor among \(1.0, None\)"):
        _array.common_namespace((1.0, None))
