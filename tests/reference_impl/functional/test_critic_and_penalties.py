"""The Wasserstein critic with its gradient penalty, and penalties on parameters, against torch."""

import numpy as np
import pytest
import torch
from draws import seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


def test_the_loss_of_a_critic_agrees_with_torch(agreement, precision):
    oracle = "torch: fake.mean() - real.mean()"
    with agreement("reference_impl.functional.wasserstein_critic_loss", oracle, precision) as compare:

        @some
        @given(seed=seeds, real=shapes(most=2), fake=shapes(most=2))
        def drawn(seed, real, fake):
            def run(library, x, y):
                return y.mean() - x.mean() if library is ORACLE else library.F.wasserstein_critic_loss(x, y)

            compare(run, values(seed, real), values(seed + 1, fake), sums=True)

        drawn()


def torch_penalty(critic, real, fake, weight, rng):
    share = torch.tensor(rng.uniform(size=(len(real),) + (1,) * (real.ndim - 1)), dtype=real.dtype)
    between = share * real + (1 - share) * fake
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return weight * ((gradient.flatten(1).norm(dim=1) - 1) ** 2).mean()


def test_the_gradient_penalty_and_its_gradients_agree_with_torch(agreement, precision):
    oracle = "torch.autograd.grad(create_graph=True)"
    with agreement("reference_impl.functional.gradient_penalty", oracle, precision) as compare:

        @some
        @given(seed=seeds, samples=sizes, features=sizes, hidden=sizes, weight=st.floats(0.5, 10.0))
        def drawn(seed, samples, features, hidden, weight):
            rng = np.random.default_rng(seed)
            w1, w2 = rng.standard_normal((hidden, features)), rng.standard_normal((1, hidden))

            def run(library, real, fake, w1, w2):
                def critic(x):
                    return library.F.linear(library.F.tanh(library.F.linear(x, w1)), w2)

                drawing = np.random.default_rng(seed)
                if library is ORACLE:
                    return torch_penalty(critic, real, fake, weight, drawing)
                return library.F.gradient_penalty(critic, real, fake, weight, rng=drawing)

            points = [rng.standard_normal((samples, features)) for _ in range(2)]
            compare(run, *points, w1, w2, sums=True)

        drawn()


def test_a_critic_of_slope_one_is_not_penalised():
    rng = np.random.default_rng(0)
    real, fake = rng.standard_normal((4, 2, 3)), rng.standard_normal((4, 2, 3))
    penalty = F.gradient_penalty(lambda x: x.sum(axis=(1, 2)) * 6**-0.5, real, fake, rng=rng)
    assert penalty.item() == pytest.approx(0.0, abs=1e-25)


@pytest.mark.parametrize(("name", "norm"), [("l1_penalty", 1), ("l2_penalty", 2)])
def test_penalties_agree_with_torch(name, norm, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", "torch.linalg.vector_norm", precision) as compare:

        @some
        @given(seed=seeds, one=shapes(), other=shapes())
        def drawn(seed, one, other):
            def run(library, *parameters):
                if library is ORACLE:
                    return sum(
                        torch.linalg.vector_norm(torch.where(p == 0, 1e-30 * p, p), norm) ** norm
                        for p in parameters
                    )
                return getattr(library.F, name)(parameters)

            arrays = [
                np.random.default_rng(seed + number).standard_normal(shape)
                for number, shape in enumerate((one, other))
            ]
            compare(run, *arrays, sums=True)

        drawn()


def test_half_of_the_square_penalty_is_weight_decay():
    weight = Tensor(np.asarray([3.0, -4.0]), requires_grad=True)
    (0.5 * 0.1 * F.l2_penalty([weight])).backward()
    np.testing.assert_allclose(weight.grad, 0.1 * weight.data)


def test_gradients_are_right_to_second_order():
    x = np.asarray([[1.5, -2.0], [0.5, 3.0]])
    check_gradients(lambda x: F.l2_penalty([x, x * x]), x, order=2)
    check_gradients(lambda x: F.l1_penalty([x * x * x]), x, order=2)


def test_what_does_not_fit_is_named():
    with pytest.raises(TypeError, match=r"`parameters` is empty; pass e.g. model.parameters\(\), which can"):
        F.l1_penalty([])
    with pytest.raises(
        ValueError, match=r"`fake` \(of shape \(2, 2\)\) must have the shape of `input`, \(2, 3\)"
    ):
        F.gradient_penalty(lambda x: x, np.ones((2, 3)), np.ones((2, 2)), rng=np.random.default_rng(0))
    with pytest.raises(TypeError, match=r"`rng` \(=0\) must be a numpy.random.Generator"):
        F.gradient_penalty(lambda x: x, np.ones((2, 3)), np.ones((2, 3)), rng=0)
