"""jvp, jacobian, hvp and hessian: against torch, nested to third order, on containers, and the words of errors."""

import numpy as np
import pytest
import torch
from agreement import Comparison
from draws import seeds, shapes, values
from hypothesis import given
from hypothesis.extra.numpy import array_shapes
from libraries import ORACLE

from reference_impl.autograd import Tensor, grad, hessian, hvp, jacobian, jvp
from reference_impl.autograd.primitives import stack

NAME = "reference_impl.autograd."


def small(least, most):
    """Draw a shape with few entries: a Jacobian takes a walk for each."""
    return array_shapes(min_dims=least, max_dims=most, max_side=3)


def energy(x, y):
    return ((x * y).tanh() * x + y * y * 0.5).sum()


def vector(x, y):
    return (x * y).tanh().sum(0) + x * x


def test_jvp_agrees_with_torch(agreement, precision):
    with agreement(NAME + "jvp", "torch.autograd.functional.jvp", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1))
        def drawn(seed, shape):
            def run(library, x, y, along_x, along_y):
                return library.jvp(vector, (x, y), (along_x, along_y))

            compare.arrays("gradient", run, *(values(seed + number, shape) for number in range(4)))

        drawn()


def test_hvp_agrees_with_torch(agreement, precision):
    with agreement(NAME + "hvp", "torch.autograd.functional.hvp", precision) as compare:

        @given(seed=seeds, shape=shapes())
        def drawn(seed, shape):
            def run(library, x, y, along_x, along_y):
                return library.hvp(energy, (x, y), (along_x, along_y))

            compare.arrays("gradient", run, *(values(seed + number, shape) for number in range(4)))

        drawn()


def test_jacobian_agrees_with_torch(agreement, precision):
    with agreement(NAME + "jacobian", "torch.func.jacrev", precision) as compare:

        @given(seed=seeds, shape=small(1, 2))
        def drawn(seed, shape):
            x, y = values(seed, shape), values(seed + 1, shape)
            compare.arrays("gradient", lambda library, *xs: library.jacobian(vector, (1, 0))(*xs), x, y)

        drawn()


def test_hessian_agrees_with_torch(agreement, precision):
    with agreement(NAME + "hessian", "torch.autograd.functional.hessian", precision) as compare:

        @given(seed=seeds, shape=small(0, 1))
        def drawn(seed, shape):
            def run(library, *xs):
                blocks = (
                    library.hessian(energy, xs) if library is ORACLE else library.hessian(energy, (0, 1))(*xs)
                )
                return [block for row in blocks for block in row]

            compare.arrays("gradient", run, values(seed, shape), values(seed + 1, shape))

        drawn()


def test_third_derivatives_agree_with_torch():
    def run(library, x, y):
        jacobian = library.jacobian
        return [jacobian(jacobian(jacobian(lambda x: (x * x * x * y).sum() * x[0] + x[1] ** 3)))(x)]

    with Comparison("float64", None) as compare:
        compare.arrays("gradient", run, values(0, (3,)), values(1, (3,)))
    x, y = values(0, (3,)), values(1, (3,))
    third = jacobian(hessian(lambda x: (x * x * x * y).sum()))(x)
    assert third.tolist() == [
        [[6.0 * y[i] * (i == j == k) for k in range(3)] for j in range(3)] for i in range(3)
    ]
    speed = grad(lambda x: jvp(lambda x: x * x * y, (x,), (y,))[1].sum())(x)
    np.testing.assert_allclose(speed, 2.0 * y * y, rtol=1e-15)  # d/dx of 2 x y * y


def test_by_hand():
    x, v = np.asarray([3.0, 5.0]), np.asarray([1.0, -2.0])

    def f(x):
        return stack([x[0] * x[1], x[1] ** 3, x[0] * 0.0])

    rows = jacobian(f)(x)
    assert rows.tolist() == [[5.0, 3.0], [0.0, 75.0], [0.0, 0.0]]
    value, rate = jvp(f, (x,), (v,))
    assert (value.tolist(), rate.tolist()) == ([15.0, 125.0, 0.0], (rows @ v).tolist())
    curvature = hessian(lambda x: f(x)[1] * x[0])(x)
    assert curvature.tolist() == [[0.0, 75.0], [75.0, 90.0]]
    assert hvp(lambda x: f(x)[1] * x[0], (x,), (v,))[0].tolist() == (curvature @ v).tolist()


def test_the_hessian_is_symmetric_and_the_products_are_its_columns():
    x = values(3, (4,))

    def f(x):
        return (x.sin() * x.sum()).exp().sum()

    whole = hessian(f)(x)
    np.testing.assert_allclose(whole, whole.T, rtol=1e-12)
    for column, direction in zip(whole.T, np.eye(4), strict=True):
        np.testing.assert_allclose(hvp(f, (x,), (direction,))[0], column, rtol=1e-12)


def test_shapes_are_those_of_the_value_then_of_the_argument():
    x = values(0, (2, 3))
    assert jacobian(lambda x: x.sum(axis=0) * 2.0)(x).shape == (3, 2, 3)
    assert jacobian(lambda x: x.sum())(x).shape == (2, 3)
    assert jacobian(lambda x: x[x > 1e9])(x).shape == (0, 2, 3)
    assert jacobian(lambda x: x * 2.0)(np.ones((0, 2))).shape == (0, 2, 0, 2)
    assert hessian(lambda x: x.sum())(np.asarray(2.0)).shape == ()


def test_containers_of_arrays_are_arguments_too():
    tree = {"w": np.asarray([1.0, 2.0]), "rest": [np.asarray(3.0)]}
    whole = jacobian(lambda p: p["w"] * p["rest"][0])(tree)
    assert whole["w"].tolist() == [[3.0, 0.0], [0.0, 3.0]]
    assert whole["rest"][0].tolist() == [1.0, 2.0]
    along = {"w": np.asarray([1.0, 0.0]), "rest": [np.asarray(10.0)]}
    assert jvp(lambda p: p["w"] * p["rest"][0], (tree,), (along,))[1].tolist() == [13.0, 20.0]


def test_tensors_in_tensors_out():
    x = Tensor(np.asarray([2.0, 3.0]), requires_grad=True)
    _, rate = jvp(lambda x: x**3, (x,), (np.asarray([1.0, 10.0]),))
    rate.sum().backward()
    assert x.grad.tolist() == [12.0, 180.0]
    x.grad = None
    jacobian(lambda x: x * x)(x).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_inputs_are_unchanged_and_results_share_no_memory():
    x, v = np.asarray([2.0, 3.0]), np.asarray([1.0, 10.0])
    value, rate = jvp(lambda x: x + 0.0, (x,), (v,))
    (product,) = hvp(lambda x: (x * x).sum() * 0.5, (x,), (v,))
    assert not any(np.shares_memory(one, other) for one in (value, rate, product) for other in (x, v))
    assert (x.tolist(), v.tolist()) == ([2.0, 3.0], [1.0, 10.0])


@pytest.mark.parametrize("transform", [jvp, hvp])
def test_directions_must_fit_their_arguments(transform):
    x = np.ones(2)
    with pytest.raises(
        ValueError, match=r"`tangents` \(='1 arrays'\) must be one for each of the 2 arrays of"
    ):
        transform(energy, (x, x), (x,))
    with pytest.raises(ValueError, match=r"`tangents` \(of shape \(3,\)\) must have shape \(2,\)"):
        transform(energy, (x, x), (x, np.ones(3)))
    with pytest.raises(TypeError, match="Expected arrays of one library"):
        transform(energy, (x, x), (x, torch.ones(2, dtype=torch.float64)))


def test_values_of_the_wrong_kind_are_refused():
    with pytest.raises(RuntimeError, match="grad can be implicitly created only for scalar outputs"):
        hessian(lambda x: x * x)(np.ones(2))
    with pytest.raises(TypeError, match=r"`f` must return a Tensor, and returned a float: 1.0"):
        jacobian(lambda x: 1.0)(np.ones(2))


def test_what_nothing_depends_on_has_a_jacobian_of_zeros():
    assert jacobian(lambda x: Tensor(np.ones(2)))(np.ones(3)).tolist() == [[0.0] * 3] * 2
    assert jvp(lambda x: Tensor(np.ones(2)), (np.ones(3),), (np.ones(3),))[1].tolist() == [0.0, 0.0]
    assert grad(lambda x: hessian(lambda y: (y * y).sum())(x).sum())(np.ones(2)).tolist() == [0.0, 0.0]
