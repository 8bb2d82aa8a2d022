"""Views, in-place changes, outputs, resizing and files: the memory of `sim` behaves as a device's does."""

import weakref
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.usefixtures("sim_by_default")

STEPS = st.sampled_from(
    [
        ("first", lambda x: x[0] if x.dim() else x),
        ("last", lambda x: x[-1:] if x.dim() else x),
        ("every second", lambda x: x[..., ::2] if x.dim() else x),
        ("transpose", lambda x: x.mT if x.dim() > 1 else x),
        ("flat", lambda x: x.view(-1) if x.is_contiguous() else x),
        ("more axes", lambda x: x[None].unsqueeze(-1)),
        ("diagonal", lambda x: x.diagonal() if x.dim() > 1 else x),
        ("windows", lambda x: x.unfold(-1, 2, 1) if x.dim() and x.shape[-1] > 1 else x),
        ("other half", lambda x: x.chunk(2, dim=-1)[-1] if x.dim() else x),
        ("data", lambda x: x.data),
        ("bits", lambda x: x.view(torch.int32).view(torch.float32)),
        ("add", lambda x: x.add_(1.5)),
        ("scale", lambda x: x.mul_(-2)),
        ("fill", lambda x: x.fill_(7)),
        ("squeeze", lambda x: x.squeeze_()),
        (
            "elsewhere",
            lambda x: x.as_strided_(x.shape, x.stride(), x.storage_offset() + 1) if x.dim() < 2 else x,
        ),
    ]
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, max_size=8))
def test_changes_through_views_are_seen(steps: Any):
    results = []
    for device in ("cpu", "sim"):
        base = torch.arange(24, dtype=torch.float32, device=device).reshape(2, 3, 4)
        view = base
        for _, step in steps:
            try:
                view = step(view)
            except RuntimeError as error:
                assert any(words in str(error) for words in ("more than one element", "out of bounds"))
        results.append((base.tolist(), view.tolist(), view.stride(), view.storage_offset()))
    assert results[0] == results[1]


def test_a_view_shares_its_memory():
    x = torch.zeros(2, 3)
    x[0] = 5
    y = x.view(-1)
    y += 1
    x.T[2, 1] = 9
    assert x.tolist() == [[6, 6, 6], [1, 1, 9]]
    assert y.data_ptr() == x.data_ptr() == x.T.data_ptr()
    assert x[1].data_ptr() == x.data_ptr() + 12
    assert y.untyped_storage()._cdata == x.untyped_storage()._cdata
    assert x.clone().data_ptr() != x.data_ptr()
    assert x.T.is_contiguous() is False


def test_assignment():
    x = torch.arange(6.0).reshape(2, 3)
    x[x > 3] = -1
    x[:, 0] = torch.tensor([8.0, 9.0])
    x[torch.tensor([0]), torch.tensor([1])] = 7
    x[1, ..., -1] += 0.5
    assert x.tolist() == [[8, 7, 2], [9, -1, -0.5]]
    x[0] = torch.tensor([1.0, 2.0, 3.0], device="cpu")
    assert x[0].tolist() == [1, 2, 3]


def test_results_written_to_a_given_tensor():
    x = torch.tensor([1.0, 4.0])
    out = torch.zeros(2)
    assert torch.sqrt(x, out=out) is out
    assert out.tolist() == [1, 2]
    row = torch.zeros(2, 2)
    torch.mul(x, 3, out=row[1])
    assert row.tolist() == [[0, 0], [3, 12]]


def test_an_empty_output_takes_the_shape_of_the_result():
    values, places = torch.empty(0), torch.empty(0, dtype=torch.int64)
    torch.max(torch.tensor([[1.0, 3.0], [5.0, 2.0]]), dim=1, out=(values, places))
    assert (values.tolist(), places.tolist()) == ([3, 5], [1, 0])
    assert torch.add(values, 1, out=torch.empty(0)).tolist() == [4, 6]
    assert values.untyped_storage().nbytes() == 8


def test_resizing_keeps_values_and_views():
    x = torch.tensor([1.0, 2.0])
    view = x[1:]
    x.resize_(4)
    x[2:] = 0
    view += 5
    assert x.tolist() == [1, 7, 0, 0]
    assert x.untyped_storage().nbytes() == 16
    assert torch.arange(4).resize_(2).tolist() == [0, 1]


def test_a_tensor_can_take_the_memory_of_another():
    x, y = torch.zeros(2), torch.tensor([[1.0, 2.0, 3.0]])
    x.set_(y)
    x[0, 0] = 9
    assert y.tolist() == [[9, 2, 3]]
    weight = torch.nn.Parameter(torch.ones(2))
    weight.data = torch.tensor([4.0, 5.0])
    weight.data += 1
    assert weight.tolist() == [5, 6]
    with pytest.raises(RuntimeError, match="incompatible tensor type"):
        weight.data = torch.ones(2, device="cpu")


def test_gradients_accumulate_in_place():
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    (x**2).sum().backward()
    first = x.grad
    (x**2).sum().backward()
    assert x.grad is first
    assert first.tolist() == [4, 8]
    x.grad.zero_()
    assert first.tolist() == [0, 0]
    with pytest.raises(RuntimeError, match="same device"):
        x.grad = torch.zeros(2, device="cpu")


def test_complex_marks_survive():
    x = torch.tensor([1 + 2j, 3 - 1j]).conj()
    assert x.is_conj()
    assert x.tolist() == x.cpu().tolist() == [1 - 2j, 3 + 1j]
    assert x.imag.is_neg()
    assert x.imag.cpu().tolist() == x.imag.clone().tolist() == [-2, 1]
    assert torch.view_as_real(x.resolve_conj()).tolist() == [[1, -2], [3, 1]]


def memory_of(x: torch.Tensor) -> weakref.ref[torch.UntypedStorage]:
    """Watch the memory behind a tensor without keeping it."""
    return weakref.ref(x.untyped_storage().cpu_storage)


def test_a_view_keeps_its_memory_and_a_result_does_not():
    x = torch.zeros(1000)
    memory = memory_of(x)
    view, result = x[10:], x + 1
    del x
    assert memory() is not None
    assert result.sum().item() == 1000
    del view
    assert memory() is None


def test_ten_thousand_operations_leave_nothing_behind():
    x = torch.ones(64, requires_grad=True)
    memories = []
    for _ in range(700):
        y = (x * 2)[3:].exp()
        y.sum().backward()
        z = torch.zeros(8).resize_(64)
        z[1:] += x.grad[1:]
        memories += [memory_of(y), memory_of(z), memory_of(x.grad)]
        x.grad = None
    assert sum(memory() is not None for memory in memories) <= 3
