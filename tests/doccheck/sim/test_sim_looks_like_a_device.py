"""A tensor of `sim` prints, formats, converts and reports itself as a tensor of a GPU does."""

import numpy as np
import pytest
import torch

pytestmark = pytest.mark.usefixtures("sim_by_default")


def test_it_prints_its_device():
    assert repr(torch.tensor([1.0, 2.0])) == "tensor([1., 2.], device='sim:0')"
    assert str(torch.tensor([[1, 2]])) == "tensor([[1, 2]], device='sim:0')"
    assert repr(torch.tensor(True)) == "tensor(True, device='sim:0')"


def test_it_prints_its_place_in_a_graph():
    x = torch.tensor([1.0], requires_grad=True)
    assert repr(x) == "tensor([1.], device='sim:0', requires_grad=True)"
    assert repr(x * 2) == "tensor([2.], device='sim:0', grad_fn=<MulBackward0>)"
    assert repr(torch.nn.Parameter(torch.tensor([2.0]))) == (
        "Parameter containing:\ntensor([2.], device='sim:0', requires_grad=True)"
    )


def test_it_formats():
    x = torch.tensor([1.0, 2.5])
    assert f"{x.sum():.2f} {x[0].item():g} {x.mean():>6.3f}" == "3.50 1  1.750"
    assert f"{x}" == "tensor([1.0000, 2.5000], device='sim:0')"


def test_it_becomes_python_values():
    x = torch.tensor([[1.5, -2.0]])
    assert x.tolist() == [[1.5, -2.0]]
    assert (x[0, 0].item(), float(x[0, 1]), int(x[0, 1]), bool(x[0, 0])) == (1.5, -2.0, -2, True)
    assert torch.tensor([3, 4]).tolist() == [3, 4]
    assert [float(value) for value in x[0]] == [1.5, -2.0]
    assert list(range(5))[torch.tensor(2)] == 2


def test_it_becomes_an_array_only_by_way_of_the_cpu():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    assert np.array_equal(x.detach().cpu().numpy(), np.array([1.0, 2.0], dtype=np.float32))
    for convert in (lambda: x.detach().numpy(), lambda: np.asarray(x.detach())):
        with pytest.raises(TypeError, match="can't convert sim:0 device type tensor to numpy"):
            convert()


def test_it_reports_its_device():
    x = torch.arange(3)
    assert x.device == torch.device("sim", 0)
    assert x.device.type == "sim"
    assert (x.get_device(), x.is_sim, x.is_cuda, x.is_cpu) == (0, True, False, False)
    assert type(x) is torch.Tensor
    assert torch.get_default_device().type == "sim"
    assert torch.accelerator.current_accelerator().type == "sim"


@pytest.mark.parametrize(
    "made",
    [
        lambda: torch.arange(3),
        lambda: torch.linspace(0, 1, 3),
        lambda: torch.ones(2, dtype=torch.bool),
        lambda: torch.full((2,), 7),
        lambda: torch.eye(2, dtype=torch.float64),
        lambda: torch.as_tensor(np.ones(2)),
        lambda: torch.zeros_like(torch.ones(2)),
        lambda: torch.ones(2).new_zeros(3),
        lambda: torch.tensor([torch.tensor(1.0), torch.tensor(2.0)]),
        lambda: torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij")[1],
        lambda: torch.tril_indices(3, 3),
        lambda: torch.empty(2, 3).fill_(1),
        lambda: torch.complex(torch.ones(2), torch.zeros(2)),
        lambda: torch.hann_window(4),
        lambda: torch.nn.Linear(2, 2).weight,
    ],
)
def test_what_is_made_is_made_on_it(made):
    assert made().device.type == "sim"


def test_moving_there_and_back_keeps_values_and_dtype():
    for dtype in (torch.float64, torch.float16, torch.bfloat16, torch.int32, torch.bool, torch.complex64):
        x = torch.tensor([0, 1, 3], device="cpu").to(dtype)
        there = x.to("sim")
        assert (there.device.type, there.dtype) == ("sim", dtype)
        assert torch.equal(there.cpu(), x)
        assert there.to("sim") is there
    assert torch.ones(2, device="cpu").sim().to(torch.float64).to("cpu").dtype == torch.float64


def test_moving_is_differentiable():
    x = torch.tensor([1.0, 2.0], device="cpu", requires_grad=True)
    (x.to("sim") ** 2).sum().cpu().backward()
    assert (x.grad.device.type, x.grad.tolist()) == ("cpu", [2.0, 4.0])


def test_a_comparison_of_the_testing_module():
    x = torch.tensor([1.0, 2.0])
    torch.testing.assert_close(x, torch.tensor([1.0, 2.0]))
    with pytest.raises(AssertionError, match="Mismatched elements: 1 / 2"):
        torch.testing.assert_close(x, torch.tensor([1.0, 3.0]))
    with pytest.raises(AssertionError, match="'device' do not match: sim:0 != cpu"):
        torch.testing.assert_close(x, x.cpu())


def test_what_it_has_not_is_refused():
    with torch.autocast("sim"), pytest.raises(RuntimeError, match="autocast is not simulated on sim"):
        torch.ones(2, 2) @ torch.ones(2, 2)
    with pytest.raises(NotImplementedError, match=r"torch\.sparse_coo tensors are not simulated on sim"):
        torch.eye(2).to_sparse()
