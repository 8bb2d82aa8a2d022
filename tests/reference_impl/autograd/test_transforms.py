"""grad, value_and_grad and vjp: against torch.func, nested, on containers, and the words of errors."""

import numpy as np
import pytest
from draws import seeds, shapes, values
from hypothesis import given

from reference_impl import functional as F
from reference_impl.autograd import Tensor, grad, no_grad, value_and_grad, vjp


def energy(x, y):
    return ((x * y).tanh() * x + y * y * 0.5).sum()


def cubic(x, y):
    return (y * x * y).sum()


def test_grad_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.autograd.grad", "torch.func.grad", precision) as compare:

        @given(seed=seeds, shape=shapes())
        def drawn(seed, shape):
            x, y = values(seed, shape), values(seed + 1, shape)
            compare.arrays("gradient", lambda library, *xs: library.grad(energy, (0, 1))(*xs), x, y)
            compare.arrays("gradient", lambda library, *xs: [library.grad(cubic, 1)(*xs)], x, y)

        drawn()


def test_value_and_grad_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.autograd.value_and_grad", "torch.func.grad_and_value", precision
    ) as compare:

        @given(seed=seeds, shape=shapes())
        def drawn(seed, shape):
            x, y = values(seed, shape), values(seed + 1, shape)
            compare.arrays("forward", lambda library, *xs: library.value_and_grad(energy)(*xs)[:1], x, y)
            compare.arrays("gradient", lambda library, *xs: library.value_and_grad(energy)(*xs)[1:], x, y)

        drawn()


def test_vjp_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.autograd.vjp", "torch.func.vjp", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1))
        def drawn(seed, shape):
            def run(library, x, y, direction):
                value, pull_back = library.vjp(lambda x, y: (x * y).tanh() * x, x, y)
                return [*pull_back(direction), *pull_back(value)]

            compare.arrays("gradient", run, *(values(seed + number, shape) for number in range(3)))

        drawn()


def test_second_derivatives_agree_with_torch():
    from agreement import Comparison

    def run(library, x, y):
        def slope(x):
            return (library.grad(energy)(x, y) ** 2).sum()

        return [
            library.grad(slope)(x),
            library.grad(library.grad(lambda x: (x * x.sum()).sum().tanh()))(x[0, 0]),
        ]

    with Comparison("float64", None) as compare:
        compare.arrays("gradient", run, values(0, (2, 3)), values(1, (2, 3)))


def test_gradients_of_gradients_of_gradients():
    x = np.asarray(2.0)
    assert [f(x).item() for f in (grad(quartic), grad(grad(quartic)), grad(grad(grad(quartic))))] == [
        32.0,
        48.0,
        48.0,
    ]


def quartic(x):
    return x**4


def test_an_inner_gradient_is_not_confused_with_an_outer_one():
    # d/dx [x * d/dy (x * y)] = d/dx [x * x] = 2x
    assert grad(lambda x: x * grad(lambda y: x * y)(np.asarray(3.0)))(np.asarray(5.0)).item() == 10.0
    assert grad(lambda x: x * grad(lambda y: x * y)(x))(np.asarray(5.0)).item() == 10.0


def test_a_gradient_penalty_reaches_the_weights():
    weights = Tensor(np.asarray([[2.0, -1.0]]), requires_grad=True)
    x = Tensor(np.asarray([[0.5, 3.0]]))
    slope = grad(lambda x: F.linear(x, weights).sum())(x)
    ((slope * slope).sum() - 1.0).backward()
    assert weights.grad.tolist() == [[4.0, -2.0]]


def test_arrays_in_arrays_out(library):
    x = library.array(np.asarray([1.0, 2.0], dtype=np.float32))
    value, gradient = value_and_grad(lambda x: (x * x).sum())(x)
    assert not isinstance(value, Tensor)
    assert library.values(value).tolist() == 5.0
    assert library.values(gradient).tolist() == [2.0, 4.0]
    assert library.values(gradient).dtype == np.float32


def test_tensors_in_tensors_out():
    x = Tensor(np.asarray([1.0, 2.0]), requires_grad=True)
    value, gradient = value_and_grad(lambda x: (x**3).sum())(x)
    assert isinstance(value, Tensor)
    gradient.sum().backward()
    assert x.grad.tolist() == [6.0, 12.0]
    plain = grad(lambda x: (x**3).sum())(Tensor(np.asarray([1.0, 2.0])))
    assert plain.tolist() == [3.0, 12.0]


def test_containers_of_arrays_are_arguments_too():
    tree = {
        "w": np.asarray([1.0, 2.0]),
        "rest": [np.asarray(3.0), (np.asarray(4.0),)],
        "unused": np.asarray([9.0]),
    }
    gradient = grad(lambda p: (p["w"] * p["rest"][0]).sum() * p["rest"][1][0])(tree)
    assert gradient["w"].tolist() == [12.0, 12.0]
    assert gradient["rest"][0].item() == 12.0
    assert gradient["rest"][1][0].item() == 9.0
    assert gradient["unused"].tolist() == [0.0]


def test_other_arguments_are_passed_on_as_they_are():
    classes = np.asarray([0, 1])
    gradient = grad(lambda x, target, scale: F.cross_entropy(x, target) * scale)(
        np.zeros((2, 2)), classes, 8.0
    )
    assert gradient.tolist() == [[-2.0, 2.0], [2.0, -2.0]]


def test_a_function_of_nothing_that_matters_has_no_gradient():
    assert grad(lambda x: Tensor(np.asarray(1.0)))(np.asarray([1.0, 2.0])).tolist() == [0.0, 0.0]
    assert grad(lambda x: x * 0.0 + 1.0)(np.asarray(3.0)).item() == 0.0


def test_gradients_share_no_memory():
    first, second = grad(lambda x, y: (x + y).sum(), (0, 1))(np.ones(2), np.ones(2))
    assert not np.shares_memory(first, second)
    first *= 2.0


def test_other_leaves_are_left_alone():
    weight = Tensor(np.asarray([3.0]), requires_grad=True)
    grad(lambda x: (x * weight).sum())(np.asarray([2.0]))
    assert weight.grad is None


def test_a_transform_works_under_no_grad():
    with no_grad():
        assert grad(lambda x: x * x)(np.asarray(3.0)).item() == 6.0


def test_values_that_are_no_scalars_or_tensors_are_refused():
    with pytest.raises(
        RuntimeError, match=r"grad can be implicitly created only for scalar outputs, .* shape \(2,\)"
    ):
        grad(lambda x: x * 2.0)(np.ones(2))
    with pytest.raises(TypeError, match=r"`f` must return a Tensor, and returned a float: 1.0"):
        grad(lambda x: 1.0)(np.ones(2))
    with pytest.raises(RuntimeError, match="Only Tensors of floating point dtype can require gradients"):
        grad(lambda x: x.sum())(np.ones(2, dtype=int))
    with pytest.raises(
        RuntimeError, match=r"Mismatch in shape: `gradient` has shape \(3,\), and the tensor \(2,\)"
    ):
        vjp(lambda x: x * 2.0, np.ones(2))[1](np.ones(3))
