"""Every primitive: against torch on every library, and its gradients numerically to second order."""

import numpy as np
import pytest
import torch
from agreement import Comparison, second_gradients
from draws import seeds, values
from hypothesis import given
from libraries import OURS
from primitive_cases import CASES, CUBE, A

from reference_impl.autograd import Tensor, check_gradients, primitives

NUMPY = OURS[0]
INDEX = np.asarray([2, 0, 2, -1])

each_case = pytest.mark.parametrize(("arrays", "run"), CASES.values(), ids=CASES)


@each_case
def test_primitives_agree_with_torch(arrays, run):
    with Comparison("float64", None) as compare:
        compare(lambda library, *tensors: run(library.xp, *tensors), *arrays, sums=True)


@each_case
def test_gradients_are_right_to_second_order(arrays, run):
    check_gradients(lambda *tensors: run(primitives, *tensors), *arrays, order=2)


@each_case
def test_second_gradients_agree_with_torch(arrays, run):
    def with_namespace(library, *tensors):
        return run(library.xp, *tensors)

    with Comparison("float64", None) as compare:
        compare.arrays(
            "gradient", lambda library, *xs: second_gradients(library, with_namespace, *xs), *arrays
        )


def test_every_primitive_has_a_case():
    tested = " ".join(CASES) + "getitem take alias astype zeros_like argsort"
    assert [name for name in primitives.__all__ if name not in tested] == []


PICKING = {
    "rows": ([A], lambda library, x: x[library.array(INDEX)] ** 2),
    "entries": ([A], lambda library, x: x[library.array(INDEX), library.array(INDEX)] ** 2),
    "a table of rows": ([A], lambda library, x: x[library.array(np.asarray([[0, 1], [1, 1]]))] ** 2),
    "along an axis": ([CUBE], lambda library, x: library.xp.take(x, library.array(INDEX[:3]), axis=1) ** 2),
    "along the last axis": (
        [CUBE],
        lambda library, x: library.xp.take(x, library.array(INDEX[:3]), axis=-1) ** 2,
    ),
}


@pytest.mark.parametrize(("arrays", "run"), PICKING.values(), ids=PICKING)
def test_picking_by_number_adds_up_what_is_picked_twice(arrays, run):
    with Comparison("float64", None) as compare:
        compare(run, *arrays)
    check_gradients(lambda *tensors: run(NUMPY, *tensors), *arrays, order=2)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_astype_converts_the_gradient_back(library, dtype):
    x = library.tensor(np.asarray([1.0, 2.0], dtype="float32"), requires_grad=True)
    y = primitives.astype(x, getattr(library.dtypes, dtype))
    (y * y).sum().backward()
    assert library.values(y).dtype == dtype
    assert library.values(x.grad).dtype == np.float32
    assert library.values(x.grad).tolist() == [2.0, 4.0]


@pytest.mark.parametrize(("x", "y"), [(0.0, 2.0), (0.0, 0.0), (2.0, 0.0), (0.0, 0.5), (-2.0, 3.0)])
def test_powers_have_the_gradients_of_torch_at_the_edges(x, y):
    ours = [Tensor(np.asarray([value]), requires_grad=True) for value in (x, y)]
    theirs = [torch.tensor([value], dtype=torch.float64, requires_grad=True) for value in (x, y)]
    with np.errstate(all="ignore"):
        (ours[0] ** ours[1]).sum().backward()
    (theirs[0] ** theirs[1]).sum().backward()
    for found, wanted in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(found.grad, wanted.grad)


def test_powers_of_the_number_zero_do_not_grow():
    x = Tensor(np.asarray([1.0, 2.0]), requires_grad=True)
    (0.0**x).sum().backward()
    assert x.grad.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", ["max", "min"])
def test_ties_share_the_gradient_as_in_torch(name):
    rows = np.asarray([[1.0, 3.0, 3.0], [3.0, 3.0, 3.0], [1.0, 1.0, 2.0]])
    x = Tensor(rows, requires_grad=True)
    getattr(x, name)(axis=1).sum().backward()
    theirs = torch.tensor(rows, requires_grad=True)
    getattr(theirs, f"a{name}")(dim=1).sum().backward()
    np.testing.assert_allclose(x.grad, theirs.grad)


def test_a_tie_of_maximum_is_shared_as_in_torch():
    x, y = (Tensor(np.asarray([2.0, 2.0]), requires_grad=True) for _ in range(2))
    primitives.maximum(x, y).sum().backward()
    assert x.grad.tolist() == y.grad.tolist() == [0.5, 0.5]


@each_case
def test_gradients_of_leaves_share_no_memory(arrays, run):
    leaves = [Tensor(array, requires_grad=True) for array in arrays]
    result = run(primitives, *leaves)
    gradient = np.ones(result.shape)
    result.backward(gradient)
    everything = [leaf.grad for leaf in leaves] + [leaf.data for leaf in leaves] + [gradient]
    for position, one in enumerate(everything):
        for other in everything[position + 1 :]:
            assert not np.shares_memory(one, other) or one is other
    for leaf in leaves:
        leaf.grad *= 2.0


@given(seed=seeds)
def test_sums_are_linear_and_products_commute(seed):
    x, y = values(seed, (3, 2)), values(seed + 1, (3, 2))
    np.testing.assert_array_equal((Tensor(x) * y).data, (Tensor(y) * x).data)
    np.testing.assert_allclose((Tensor(x) * 3.0 + y).sum().item(), 3.0 * x.sum() + y.sum(), atol=1e-12)


@pytest.mark.parametrize("key", [[0, 1], (INDEX, slice(None)), (slice(None), INDEX), "a", 1.5])
def test_keys_that_cannot_be_differentiated_are_refused(key):
    with pytest.raises(
        TypeError, match=r"a tensor cannot be indexed with .*; use integers and slices, or one mask"
    ):
        Tensor(A)[key]


@pytest.mark.parametrize("bad", [3, -4])
def test_numbers_out_of_bounds_are_refused(bad):
    with pytest.raises(IndexError, match="an index is out of bounds for axis 0 with size 3"):
        Tensor(A)[np.asarray([0, bad])]
