"""Modules and sequences of them: against torch's, their parameters, their state and the words of their errors."""

import re

import numpy as np
import pytest
import torch
from draws import seeds, sizes, values
from hypothesis import given

from reference_impl.autograd import Tensor
from reference_impl.layers import Flatten, Linear, Module, ReLU, Sequential, Tanh


def network(library, n=2, m=3, dtype="float64"):
    layers = library.layers
    return layers.Sequential(
        layers.Linear(n, m, dtype=dtype), layers.Tanh(), layers.Linear(m, 2, dtype=dtype)
    )


def state_of_network(seed, n=2, m=3):
    shapes = {"0.weight": (m, n), "0.bias": (m,), "2.weight": (2, m), "2.bias": (2,)}
    return {name: values(seed + number, shape) for number, (name, shape) in enumerate(shapes.items())}


def test_a_sequence_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Sequential", "torch.nn.Sequential", precision) as compare:

        @given(seed=seeds, batch=sizes, n=sizes, m=sizes)
        def drawn(seed, batch, n, m):
            state = {name: array.astype(precision) for name, array in state_of_network(seed, n, m).items()}

            def run(library, x):
                model = network(library, n, m, precision)
                model.load_state_dict({name: library.array(array) for name, array in state.items()})
                return model(x)

            compare(run, values(seed, (batch, n)), sums=True)

        drawn()


def test_a_module_of_ones_own_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.layers.Module", "torch.nn.Module", precision) as compare:

        @given(seed=seeds, batch=sizes, n=sizes, m=sizes)
        def drawn(seed, batch, n, m):
            weight, bias = values(seed, (m, n)).astype(precision), values(seed + 1, (m,)).astype(precision)

            def run(library, x):
                class Residual(library.layers.Module):
                    def __init__(self):
                        super().__init__()
                        self.inner = library.layers.Linear(n, m, dtype=precision)
                        self.activation = library.layers.Tanh()

                    def forward(self, input):
                        hidden = self.inner(input)
                        return self.activation(hidden) + hidden

                model = Residual()
                state = {"inner.weight": library.array(weight), "inner.bias": library.array(bias)}
                assert (
                    [name for name, _ in model.named_parameters()] == list(model.state_dict()) == list(state)
                )
                model.load_state_dict(state)
                return model(x)

            compare(run, values(seed + 2, (batch, n)), sums=True)

        drawn()


@pytest.fixture
def model():
    rng = np.random.default_rng(0)
    return Sequential(Linear(2, 3, rng=rng), ReLU(), Linear(3, 2, rng=rng))


def test_state_travels_to_torch_and_back(model):
    theirs = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 2))
    theirs.load_state_dict({name: torch.tensor(array) for name, array in model.state_dict().items()})
    x = values(0, (4, 2)).astype("float32")
    np.testing.assert_allclose(model(x).data, theirs(torch.tensor(x)).detach(), rtol=1e-6, atol=1e-7)
    theirs[0].weight.data += 1.0
    before = model[0].weight.data
    model.load_state_dict(theirs.state_dict())
    assert model[0].weight.data is before, "parameters are loaded in place"
    assert np.array_equal(before, theirs[0].weight.detach())
    theirs[0].weight.data += 1.0
    assert not np.array_equal(before, theirs[0].weight.detach()), "the loaded array is a copy"


def test_state_is_moved_to_the_library_of_the_parameter(library):
    model = network(library)
    model.load_state_dict({name: array.astype("float32") for name, array in state_of_network(0).items()})
    wanted = state_of_network(0)["0.weight"].astype("float32")
    assert np.array_equal(library.values(model[0].weight), wanted)
    assert library.values(model[0].weight).dtype == np.float64


def test_what_does_not_fit_is_named_in_the_order_of_the_layers():
    rng = np.random.default_rng(0)
    deep = Sequential(*(Linear(n, n + 1, rng=rng) for n in range(2, 8)))
    wide = Sequential(*(Linear(n, n + 1, rng=rng) for n in range(3, 9)))
    names, renamed = list(deep.state_dict()), {f"old.{name}": a for name, a in deep.state_dict().items()}
    for state, words, expected in (
        (wide.state_dict(), r"size mismatch for ([\w.]+):", names),
        ({}, r'Missing key\(s\) in state_dict: "([\w.]+)"', names),
        (renamed, r'Unexpected key\(s\) in state_dict: "([\w.]+)"', list(renamed)),
    ):
        with pytest.raises(RuntimeError) as caught:
            deep.load_state_dict(state)
        assert re.findall(words, str(caught.value)) == expected


def test_a_state_that_does_not_fit_changes_nothing(model):
    state = {name: array + 1 for name, array in model.state_dict().items()}
    before = {name: array.copy() for name, array in model.state_dict().items()}
    state["2.bias"] = np.ones(5)
    state["3.weight"] = state.pop("0.bias")
    with pytest.raises(RuntimeError) as caught:
        model.load_state_dict(state)
    words = str(caught.value)
    assert 'Missing key(s) in state_dict: "0.bias"' in words
    assert 'Unexpected key(s) in state_dict: "3.weight"' in words
    assert (
        "size mismatch for 2.bias: copying a param with shape (5,), the shape in current model is (2,)"
        in words
    )
    assert "load the state of a model with the same layers" in words
    for name, array in model.state_dict().items():
        assert np.array_equal(array, before[name])
    with pytest.raises(TypeError, match=r"`state_dict\['0.bias'\]` \(a list\) must be an array"):
        model.load_state_dict(before | {"0.bias": [1.0, 2.0, 3.0]})


def test_a_shared_parameter_is_counted_once_and_collects_both_gradients():
    rng = np.random.default_rng(0)
    shared = Linear(2, 2, bias=False, rng=rng, like=np.empty(0))
    model = Sequential(shared, Tanh(), shared)
    assert [name for name, _ in model.named_parameters()] == ["0.weight"]
    assert list(model.state_dict()) == ["0.weight", "2.weight"]
    x = values(0, (3, 2))
    model(x).sum().backward()
    weight = torch.tensor(shared.weight.data, requires_grad=True)
    (torch.tanh(torch.tensor(x) @ weight.T) @ weight.T).sum().backward()
    np.testing.assert_allclose(shared.weight.grad, weight.grad, rtol=1e-13)


def test_zero_grad_drops_every_gradient(model):
    model(np.ones((1, 2), dtype=np.float32)).sum().backward()
    assert all(parameter.grad is not None for parameter in model.parameters())
    model.zero_grad()
    assert all(parameter.grad is None for parameter in model.parameters())


def test_modes_reach_every_part():
    inner = Sequential(Flatten())
    model = Sequential(inner, ReLU())
    assert model.eval() is model
    assert not any(module.training for module in (model, inner, inner[0], model[1]))
    assert model.train() is model
    assert all(module.training for module in (model, inner, inner[0], model[1]))


def test_a_sequence_is_a_sequence(model):
    assert len(model) == 3
    assert [type(module) for module in model] == [Linear, ReLU, Linear]
    assert model[-1] is list(model)[2]


def test_it_prints_as_in_torch():
    rng = np.random.default_rng(0)
    ours = Sequential(Flatten(), Sequential(Linear(4, 3, rng=rng), ReLU()), Tanh())
    nn = torch.nn
    assert repr(ours) == repr(
        nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(4, 3), nn.ReLU()), nn.Tanh())
    )


def test_errors_name_what_is_missing():
    with pytest.raises(
        TypeError, match=r"`modules\[1\]` \(=<built-in function abs>\) must be a Module; pass"
    ):
        Sequential(ReLU(), abs)

    class Empty(Module):
        pass

    with pytest.raises(
        NotImplementedError, match=r'Module \[Empty\] is missing the required "forward" function'
    ):
        Empty()(np.ones(2))


def test_a_parameter_may_be_frozen(model):
    model[0].weight.requires_grad = False
    model(np.ones((1, 2), dtype=np.float32)).sum().backward()
    assert model[0].weight.grad is None
    assert model[0].bias.grad is not None
    assert isinstance(next(model.parameters()), Tensor)
