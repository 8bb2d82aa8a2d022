"""The array API and reference_impl on `sim`: what the pages' examples are built from."""

import numpy as np
import pytest
import torch
from array_api_compat import array_namespace, device, to_device
from array_api_extra import at

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients, grad
from reference_impl.layers import Linear, Sequential, Tanh
from reference_impl.optim import SGD, Adam

pytestmark = pytest.mark.usefixtures("sim_by_default")


def test_arrays_stay_on_the_device():
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    xp = array_namespace(x)
    here = device(x)
    assert here == torch.device("sim", 0)
    made = [
        xp.asarray([1.0, 2.0], device=here),
        xp.zeros((2, 2), device=here, dtype=xp.float64),
        xp.zeros_like(x),
        xp.arange(3, device=here),
        xp.sum(x, axis=0),
        xp.max(x, axis=1, keepdims=True),
        xp.take(x, xp.asarray([1, 0], device=here), axis=0),
        xp.broadcast_to(xp.asarray(1.0, device=here), (2, 2)),
        xp.astype(x[:, None] == x[None, :], x.dtype),
        xp.matrix_transpose(x) @ x,
        xp.where(x > 1, x, 0.0),
        xp.clip(x, min=2.0),
        xp.flip(x, axis=0),
        xp.concat([x, x]),
        xp.linalg.svd(x).S,
        at(x, (0, 0)).add(1.0, copy=True),
    ]
    assert {array.device.type for array in made} == {"sim"}
    assert to_device(x, "cpu").device.type == "cpu"
    with pytest.raises(RuntimeError, match="same device"):
        x + xp.zeros(2, device="cpu")


def network(like: torch.Tensor) -> Sequential:
    """Make a small network whose first weights are the same on every device."""
    rng = np.random.default_rng(0)
    return Sequential(Linear(3, 5, rng=rng, like=like), Tanh(), Linear(5, 2, rng=rng, like=like))


@pytest.mark.parametrize("rule", [lambda p: SGD(p, lr=0.2, momentum=0.5), lambda p: Adam(p, lr=0.1)])
def test_training_agrees_with_the_cpu(rule):
    values = np.random.default_rng(1).normal(size=(6, 3))
    losses = {}
    for place in ("cpu", "sim"):
        x = torch.tensor(values, device=place)
        target = torch.tensor([0, 1, 1, 0, 1, 0], device=place)
        model = network(like=x)
        optimizer = rule(model.parameters())
        losses[place] = []
        for _ in range(5):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(Tensor(x)), target)
            loss.backward()
            optimizer.step()
            losses[place].append(loss.item())
        assert {p.data.device.type for p in model.parameters()} == {place}
        assert {p.grad.device.type for p in model.parameters()} == {place}
    assert losses["sim"] == pytest.approx(losses["cpu"], rel=1e-12)
    assert losses["sim"][-1] < losses["sim"][0]


def test_gradients_of_the_engine():
    x = torch.tensor([[0.3, -0.7], [1.1, 0.4]], dtype=torch.float64)

    def loss(x):
        return (F.softmax(x @ x.mT, dim=1) * x.sum()).sum()

    assert grad(loss)(x).device.type == "sim"
    check_gradients(loss, x)


def test_a_constant_of_the_default_device_is_found():
    def loss(x):
        return (x * Tensor(torch.ones(2, device="cpu"))).sum()

    assert grad(loss)(torch.ones(2, device="cpu")).tolist() == [1, 1]
    with pytest.raises((RuntimeError, ValueError, TypeError), match="device"):
        grad(loss)(torch.ones(2))
