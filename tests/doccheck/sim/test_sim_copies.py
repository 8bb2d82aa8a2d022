"""Copies, files and modules that move: what leaves the device, and what comes back, is the same."""

import copy
import io
import pickle
from typing import Any

import pytest
import torch

pytestmark = pytest.mark.usefixtures("sim_by_default")


@pytest.mark.parametrize("make_copy", [copy.deepcopy, lambda value: saved(value)])
def test_copies_keep_the_device_and_shared_memory(make_copy: Any):
    base = torch.arange(6.0)
    copied, view = make_copy([base, base[2:4]])
    assert (copied.device.type, copied.tolist(), view.tolist()) == ("sim", [0, 1, 2, 3, 4, 5], [2, 3])
    view[0] = 9
    assert (copied[2].item(), base[2].item()) == (9, 2)


def test_a_pickle_keeps_the_device():
    copied = pickle.loads(pickle.dumps({"x": torch.arange(3)[1:]}))["x"]
    assert (copied.device.type, copied.tolist()) == ("sim", [1, 2])


def saved(value: Any, **options: Any) -> Any:
    """Save to memory and load again."""
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return torch.load(file, **options)


def test_files_can_be_read_on_another_device():
    assert saved(torch.ones(2), map_location="cpu").device.type == "cpu"
    assert saved(torch.ones(2, device="cpu"), map_location="sim").tolist() == [1, 1]
    assert saved(torch.ones(2, device="cpu"), map_location="sim").device.type == "sim"


def test_states_of_modules_and_optimizers():
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    x = torch.tensor([[1.0, 2.0], [0.5, -1.0]])
    model(x).pow(2).sum().backward()
    optimizer.step()
    twin = copy.deepcopy(model)
    fresh = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
    fresh.load_state_dict(saved(model.state_dict()))
    torch.testing.assert_close(fresh.eval()(x), model.eval()(x), rtol=0, atol=0)
    torch.testing.assert_close(twin.eval()(x), model.eval()(x), rtol=0, atol=0)
    other = torch.optim.Adam(fresh.parameters(), lr=0.5)
    other.load_state_dict(saved(optimizer.state_dict()))
    assert other.state[fresh[0].weight]["exp_avg"].device.type == "sim"


def test_a_module_that_moves_keeps_its_parameters():
    first, last = torch.nn.Linear(2, 2, device="cpu"), torch.nn.Linear(2, 2, device="cpu")
    last.weight = first.weight
    weight = first.weight
    model = torch.nn.Sequential(first, torch.nn.BatchNorm1d(2, device="cpu"), last)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model.to("sim")
    assert first.weight is last.weight is weight
    assert {p.device.type for p in model.parameters()} == {b.device.type for b in model.buffers()} == {"sim"}
    before = weight.tolist()
    model(torch.tensor([[1.0, 2.0], [3.0, 5.0]])).pow(2).sum().backward()
    optimizer.step()
    assert weight.tolist() != before
    assert model.double().cpu()[2].weight is weight
    assert (weight.dtype, weight.grad.device.type) == (torch.float64, "cpu")
    assert torch.__future__.get_swap_module_params_on_conversion() is False
