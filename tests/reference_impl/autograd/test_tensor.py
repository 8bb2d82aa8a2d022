"""Tensors: what they hold, how gradients collect, when graphs are freed, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds, shapes, values
from hypothesis import given

from reference_impl.autograd import Tensor, primitives


def leaf(*entries):
    return Tensor(np.asarray(entries), requires_grad=True)


def test_tensors_agree_with_torch(agreement, precision):
    with agreement("reference_impl.autograd.Tensor", "torch.Tensor", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1, most=3))
        def drawn(seed, shape):
            def run(library, x, y):
                z = (x * y - 2.0 * x).tanh() / (y.exp() + 1.5) + (x**2).mean(axis=-1, keepdims=True)
                return (
                    (z * x).sum(axis=0)
                    - y.reshape(-1)[0] * x.sin().abs().sum()
                    + (y * y + 1.0).log().cos().sqrt().sum()
                )

            compare(run, values(seed, shape), values(seed + 1, shape) / 4, sums=True)

        drawn()


def test_a_tensor_holds_the_array_itself(library):
    array = library.array(np.asarray([[1.0, 2.0, 3.0]], dtype=np.float32))
    x = Tensor(array)
    assert x.data is array
    assert (x.shape, x.ndim, len(x), x.dtype) == ((1, 3), 2, 1, array.dtype)
    assert x.device == array.device
    assert x.tolist() == [[1.0, 2.0, 3.0]]
    assert x[0, 1].item() == float(x[0, 1]) == 2.0
    assert (x.grad, x.requires_grad, x.op, x.parents) == (None, False, None, ())


def test_a_result_knows_how_it_was_made():
    x, w = leaf(1.0, 2.0), leaf(3.0, 4.0)
    product = x * w
    assert (product.op, product.parents) == ("multiply", (x, w))
    assert (product.sum().op, (x * 2.0).parents) == ("sum", (x,))
    assert repr(x) == "Tensor([1. 2.], requires_grad=True)"
    assert repr(product) == "Tensor([3. 8.], op=multiply)"
    assert repr(product.detach()) == "Tensor([3. 8.])"


def test_an_array_of_numpy_or_torch_may_stand_on_the_left():
    for array in (np.asarray([1.0, 2.0]), torch.tensor([1.0, 2.0])):
        x = Tensor(array)
        for result in (array + x, array - x, array * x, array / x, array**x, array @ x):
            assert isinstance(result, Tensor)


def test_comparisons_give_plain_arrays():
    x, y = leaf(1.0, 2.0), leaf(2.0, 2.0)
    for found, wanted in (
        (x < y, [True, False]),
        (x <= y, [True, True]),
        (x > 1, [False, True]),
        (y >= x, [True] * 2),
    ):
        assert isinstance(found, np.ndarray)
        assert found.tolist() == wanted


def test_gradients_accumulate_until_they_are_dropped():
    x = leaf(1.0, 2.0)
    (x * 3.0).sum().backward()
    first = x.grad
    (x * x).sum().backward()
    assert x.grad.tolist() == [5.0, 7.0]
    assert first.tolist() == [3.0, 3.0]


def test_a_tensor_used_twice_collects_both_gradients():
    x = leaf(2.0)
    y = x * x
    (y * x + y).sum().backward()
    assert x.grad.tolist() == [3 * 4.0 + 2 * 2.0]


def test_a_leaf_can_be_the_root():
    x, gradient = leaf(2.0), np.asarray([5.0])
    x.backward(gradient)
    assert x.grad.tolist() == [5.0]
    assert not np.shares_memory(x.grad, gradient)


def test_the_root_may_be_scalar_in_a_shape_with_axes_as_in_torch():
    x = leaf(3.0)
    (x * x).backward()
    assert x.grad.tolist() == [6.0]


def test_detach_cuts_the_graph():
    x = leaf(0.0, 1.0, 2.0, 3.0)
    y = (x * x).detach()
    assert y.data is not None
    (y * x).sum().backward()
    assert x.grad.tolist() == [0.0, 1.0, 4.0, 9.0]


def test_a_long_chain_needs_no_recursion():
    x = y = leaf(1.0)
    for _ in range(100_000):
        y = y + 1.0
    y.backward()
    assert (y.item(), x.grad.tolist()) == (100_001.0, [1.0])


def test_a_graph_of_diamonds_is_walked_once():
    x = y = leaf(1.0)
    for _ in range(60):
        y = y + y
    y.backward()
    assert x.grad.tolist() == [2.0**60]


def test_a_second_backward_says_what_was_freed():
    x = leaf(1.0, 2.0)
    y = x * x
    z = y.sum()
    z.backward()
    with pytest.raises(
        RuntimeError,
        match="Trying to backward through the graph a second time: the first backward freed what `sum` had kept; pass "
        "retain_graph=True to the first one, or compute the value again",
    ):
        z.backward()
    with pytest.raises(RuntimeError, match="freed what `multiply` had kept"):
        (y * 2.0).sum().backward()
    assert x.grad.tolist() == [2.0, 4.0], "a backward that fails changes no gradient"
    assert (y.op, y.parents) == ("multiply", ())


def test_a_retained_graph_can_be_walked_again():
    x = leaf(1.0, 2.0)
    y = (x * x).sum()
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad.tolist() == [4.0, 8.0]


def test_a_root_without_a_gradient_must_be_scalar():
    with pytest.raises(
        RuntimeError,
        match=r"grad can be implicitly created only for scalar outputs, and this one has shape \(2,\); reduce it, e.g. "
        r"with .sum\(\), or pass its `gradient`",
    ):
        (leaf(1.0, 2.0) * 2.0).backward()


def test_a_root_that_depends_on_no_leaf_is_refused():
    with pytest.raises(
        RuntimeError, match="element 0 of tensors does not require grad and does not have a grad_fn"
    ):
        Tensor(np.asarray(1.0)).backward()


@pytest.mark.parametrize(
    ("gradient", "error", "words"),
    [
        (np.ones(3), RuntimeError, r"Mismatch in shape: `gradient` has shape \(3,\), and the tensor \(2,\)"),
        (
            np.ones(2, dtype=np.float32),
            TypeError,
            "Expected one dtype, but found numpy float64 on cpu and numpy float32",
        ),
        (
            torch.ones(2),
            TypeError,
            "Expected arrays of one library, but found numpy float64 on cpu and torch float32",
        ),
    ],
    ids=["shape", "dtype", "library"],
)
def test_a_gradient_that_does_not_fit_is_refused(gradient, error, words):
    with pytest.raises(error, match=words):
        (leaf(1.0, 2.0) * 2.0).backward(gradient)


def test_data_that_is_no_array_is_refused():
    with pytest.raises(
        TypeError, match=r"`data` \(a list\) must be an array; pass e.g. numpy.asarray\(\[1.0, 2.0\]\)"
    ):
        Tensor([1.0, 2.0])
    with pytest.raises(TypeError, match=r"`data` \(a Tensor\) must be an array"):
        Tensor(leaf(1.0))


def test_a_tensor_that_torch_differentiates_is_refused():
    with pytest.raises(
        ValueError, match=r"torch tensor with requires_grad=True\) must not; pass its .detach\(\)"
    ):
        Tensor(torch.ones(2, requires_grad=True))


@pytest.mark.parametrize("dtype", ["int64", "bool"])
def test_integers_cannot_require_gradients(dtype):
    with pytest.raises(
        RuntimeError,
        match=r"Only Tensors of floating point dtype can require gradients; `data` \(=numpy \w+ on cpu\) must be conv",
    ):
        Tensor(np.ones(2, dtype=dtype), requires_grad=True)


def test_mixtures_are_refused():
    x = leaf(1.0, 2.0)
    with pytest.raises(TypeError, match=r"Expected arrays of one library, but found .*; convert one of them"):
        x * torch.ones(2, dtype=torch.float64)
    with pytest.raises(
        TypeError, match=r"Expected one dtype, but found .*; convert one of them \(astype; in t"
    ):
        x * np.ones(2, dtype=np.float32)
    with pytest.raises(TypeError, match="Expected one dtype"):
        x * np.float32(2.0)
    with pytest.raises(
        RuntimeError,
        match="Expected all tensors to be on the same device, but found torch float32 on cpu and torch float32 on "
        "sim:0; move one of them",
    ):
        Tensor(torch.ones(2)) * torch.ones(2, device="sim")
    with pytest.raises(TypeError, match="expected an array, not 'a'"):
        x * "a"


def test_numbers_of_numpy_are_arrays_of_their_dtype():
    x = Tensor(np.asarray([1.0, 2.0], dtype=np.float32))
    assert (x * np.float32(2.0)).dtype == np.float32
    assert isinstance(Tensor(np.float32(2.0)).data, np.ndarray)


@pytest.mark.parametrize(
    "name", ["exp", "log", "sqrt", "abs", "sin", "cos", "tanh", "sum", "mean", "var", "max", "min"]
)
def test_methods_are_the_primitives_of_their_names(name):
    x = leaf(0.5, 2.0)
    assert np.array_equal(getattr(x, name)().data, getattr(primitives, name)(x).data)


def test_methods_that_reshape():
    x = Tensor(values(0, (2, 3, 4)))
    assert x.reshape(6, -1).shape == x.reshape((6, 4)).shape == (6, 4)
    assert np.array_equal(x.transpose(0, -1).data, np.swapaxes(x.data, 0, -1))
    assert np.array_equal(x.mT.data, np.swapaxes(x.data, 1, 2))
    assert x.sum(axis=1, keepdims=True).shape == x.mean(1, True).shape == x.max(1, True).shape == (2, 1, 4)
