"""Differentiation on `sim`: torch's own engine, its function transforms and the words of its errors."""

import warnings

import pytest
import torch
from torch.autograd import functional

pytestmark = pytest.mark.usefixtures("sim_by_default")


def test_grad_of_grad():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (first,) = torch.autograd.grad((x**3).sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), x)
    assert (first.tolist(), second.tolist()) == ([3, 12], [6, 12])


def test_functional_derivatives():
    x = torch.tensor([1.0, 2.0])

    def cubes(x: torch.Tensor) -> torch.Tensor:
        return (x**3).sum() + x[0] * x[1]

    assert functional.hessian(cubes, x).tolist() == [[6, 1], [1, 12]]
    assert functional.jacobian(lambda x: x * x.sum(), x).tolist() == [[4, 1], [2, 5]]
    assert functional.hvp(cubes, x, torch.tensor([1.0, 0.0]))[1].tolist() == [6, 1]
    assert functional.vjp(lambda x: x**2, x, torch.ones(2))[1].tolist() == [2, 4]
    assert functional.jvp(lambda x: x**2, x, torch.ones(2))[1].tolist() == [2, 4]


def test_function_transforms():
    x = torch.tensor([1.0, 2.0])

    def loss(x: torch.Tensor) -> torch.Tensor:
        return (x**3).sum() + x[0] * x[1]

    assert torch.func.grad(loss)(x).tolist() == [5, 13]
    assert torch.func.jacrev(lambda x: x**2)(x).tolist() == [[2, 0], [0, 4]]
    assert torch.func.vmap(torch.dot)(torch.eye(2), torch.stack([x, x])).tolist() == [1, 2]
    assert torch.func.vmap(torch.func.grad(loss))(torch.stack([x, 2 * x])).tolist() == [[5, 13], [16, 50]]
    with warnings.catch_warnings():
        # torch itself compiles a table with the deprecated torch.jit.script, on every device, the first time.
        warnings.filterwarnings("ignore", "`torch.jit.script` is deprecated", DeprecationWarning)
        assert torch.func.hessian(loss)(x).tolist() == [[6, 1], [1, 12]]
        assert torch.func.jacfwd(lambda x: x**2)(x).tolist() == [[2, 0], [0, 4]]
        value, slope = torch.func.jvp(torch.sin, (torch.zeros(2),), (torch.ones(2),))
    assert (value.tolist(), slope.tolist()) == ([0, 0], [1, 1])


def test_gradients_for_each_sample_of_a_layer():
    layer = torch.nn.Linear(2, 1)
    parameters = {name: p.detach() for name, p in layer.named_parameters()}

    def loss(parameters: dict[str, torch.Tensor], x: torch.Tensor) -> torch.Tensor:
        return torch.func.functional_call(layer, parameters, (x,)).sum()

    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    gradients = torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0))(parameters, x)
    assert gradients["weight"].squeeze(1).tolist() == x.tolist()


def test_gradients_are_checked_numerically():
    x = torch.tensor([[0.3, -0.7], [1.1, 0.4]], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x: (x @ x).softmax(1), x)
    assert torch.autograd.gradgradcheck(lambda x: x.tanh() @ x, x)
    weight = torch.ones(2, 1, 2, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(torch.nn.functional.conv1d, (x[:, None], weight))


def test_recurrent_layers_differentiate_twice():
    for layer in (torch.nn.LSTM(2, 2), torch.nn.GRU(2, 2)):
        x = torch.tensor([[[0.3, -0.7]]], requires_grad=True)
        (first,) = torch.autograd.grad(layer(x)[0].pow(2).sum(), x, create_graph=True)
        (second,) = torch.autograd.grad(first.sum(), x)
        assert second.isfinite().all()
        assert second.abs().sum() > 0


def test_hooks_see_the_gradient_on_the_device():
    seen = []
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * 3
    y.retain_grad()
    y.register_hook(lambda gradient: seen.append(gradient.device.type) or gradient * 2)
    layer = torch.nn.Linear(2, 1)
    layer.register_full_backward_hook(lambda module, into, out: seen.append(out[0].device.type))
    layer(y).backward()
    assert seen == ["sim", "sim"]
    torch.testing.assert_close(x.grad, 6 * layer.weight.detach()[0])
    assert y.grad.device.type == "sim"


@pytest.mark.parametrize(
    "register",
    [
        lambda x, y, hook: y.register_hook(hook),
        lambda x, y, hook: x.register_hook(hook),
        lambda x, y, hook: y.grad_fn.register_hook(hook),
        lambda x, y, hook: y.grad_fn.register_prehook(hook),
        lambda x, y, hook: x.register_post_accumulate_grad_hook(hook),
    ],
)
def test_the_error_of_a_hook_reaches_the_caller(register):
    def hook(*gradients):
        raise LookupError("from the hook")

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x.exp()
    register(x, y, hook)
    with pytest.raises(LookupError, match="from the hook"):
        y.sum().backward()
    x = torch.tensor([3.0], requires_grad=True)
    (x * x).backward()
    assert x.grad.tolist() == [6]


def test_a_function_with_a_derivative_of_its_own():
    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(context, x):
            context.save_for_backward(x)
            return x**3

        @staticmethod
        def backward(context, gradient):
            (x,) = context.saved_tensors
            return 3 * x**2 * gradient

    x = torch.tensor([2.0], requires_grad=True)
    Cube.apply(x).backward()
    assert x.grad.tolist() == [12]


def test_a_checkpoint_recomputes():
    x = torch.tensor([2.0], requires_grad=True)
    torch.utils.checkpoint.checkpoint(lambda x: x.exp() * x, x, use_reentrant=False).backward()
    torch.testing.assert_close(x.grad, 3 * torch.tensor([2.0]).exp())


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda x: [(x**2).sum().backward() for _ in range(2)] and twice(x), "a second time"),
        (lambda x: x.add_(1), "a leaf Variable that requires grad is being used in an in-place operation"),
        (lambda x: (x * 2).backward(), "grad can be implicitly created only for scalar outputs"),
        (lambda x: changed_before_backward(x), "modified by an inplace operation"),
        (lambda x: x.detach().sum().backward(), "does not require grad and does not have a grad_fn"),
        (lambda x: torch.zeros(2, dtype=torch.int64, requires_grad=True), "floating point"),
        (lambda x: x.numpy(), "can't convert sim:0|requires grad"),
    ],
)
def test_mistakes_have_the_words_of_torch(mistake, words: str):
    with pytest.raises((RuntimeError, TypeError), match=words):
        mistake(torch.tensor([1.0, 2.0], requires_grad=True))


def twice(x: torch.Tensor) -> None:
    """Run a backward pass through a graph that the first pass has freed."""
    loss = (x**2).sum()
    loss.backward()
    loss.backward()


def changed_before_backward(x: torch.Tensor) -> None:
    """Change a value in place that the backward pass needs."""
    y = x.exp()
    y += 1
    y.sum().backward()


def test_a_graph_that_is_kept_serves_twice():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = (x**2).sum()
    loss.backward(retain_graph=True)
    loss.backward()
    assert x.grad.tolist() == [4, 8]


def test_no_grad_and_inference_mode():
    x = torch.tensor([1.0], requires_grad=True)
    with torch.no_grad():
        assert (x * 2).requires_grad is False
        x += 1
    assert x.tolist() == [2]
    with torch.inference_mode():
        made = torch.nn.LSTM(1, 1)(torch.ones(2, 1))[0]
    assert made.is_inference()
