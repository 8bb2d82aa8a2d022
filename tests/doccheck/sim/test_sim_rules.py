"""What `sim` allows and refuses where CPU tensors meet device tensors, and what it says."""

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]], device="cpu")
NUMBER = torch.tensor(2.0, device="cpu")
PLACE = torch.tensor(1, device="cpu")


def masked(x: torch.Tensor) -> torch.Tensor:
    """Assign a number of the CPU where a mask holds."""
    y = x.clone()
    y[y > 2] = NUMBER
    return y


ALLOWED: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "a number of the CPU as the second operand": lambda x: x + NUMBER,
    "as the first operand": lambda x: NUMBER / x,
    "with a number of the device": lambda x: NUMBER * x.sum(),
    "in a comparison": lambda x: (x > NUMBER).float(),
    "as an exponent": lambda x: x**NUMBER,
    "in a choice": lambda x: torch.where(x > 1, x, NUMBER),
    "where a mask holds": lambda x: x.masked_fill(x > 2, NUMBER),
    "assigned by a mask": masked,
    "as a bound": lambda x: torch.clamp(x, max=NUMBER),
    "in a fused product": lambda x: torch.addcmul(x, x, x, value=2) + torch.lerp(x, x, NUMBER),
    "changed in place": lambda x: x.clone().mul_(NUMBER),
    "as an index": lambda x: x[PLACE] + x[:, PLACE],
    "copied over": lambda x: x.clone().copy_(X),
    "as a Python number": lambda x: x * NUMBER.item(),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_a_number_of_the_cpu_is_allowed(name: str):
    result = ALLOWED[name](X.to("sim"))
    assert result.device.type == "sim"
    torch.testing.assert_close(result.cpu(), ALLOWED[name](X))


def test_a_number_of_the_cpu_may_start_a_backward_pass():
    x = X.to("sim").requires_grad_()
    x.sum().backward(NUMBER)
    assert x.grad.tolist() == [[2, 2], [2, 2]]


REFUSED: dict[str, Callable[[torch.Tensor], object]] = {
    "a number of the CPU changed in place": lambda x: NUMBER.clone().add_(x.sum()),
    "a number of the CPU as output": lambda x: torch.sum(x, dim=(0, 1), out=torch.zeros((), device="cpu")),
    "a number of the CPU in a stack": lambda x: torch.stack([x.sum(), NUMBER]),
    "a number of the CPU in a product": lambda x: torch.dot(x[0], NUMBER.reshape(1).expand(2)),
    "a number of the CPU as place": lambda x: x.index_select(0, PLACE),
    "one element of the CPU": lambda x: x + NUMBER.reshape(1),
    "no element of the CPU": lambda x: torch.cat([x[:0], X[:0]]),
    "a matrix of the CPU": lambda x: x @ X,
    "a batch of the CPU": lambda x: x[None] @ X[None],
    "a bias of the CPU": lambda x: F.linear(x, x, X[0]),
    "a choice of the CPU": lambda x: torch.where(X > 1, x, x),
    "a system of the CPU": lambda x: torch.linalg.solve(x, X),
    "a scale of the CPU": lambda x: F.layer_norm(x, (2,), X[0]),
    "a distance to the CPU": lambda x: torch.cdist(x, X),
    "a source of the CPU": lambda x: x.scatter(0, x.argsort(0), X),
    "repetitions of the CPU": lambda x: x.repeat_interleave(torch.tensor([1, 2]), 0),
    "values of the CPU": lambda x: x.clone().index_put_((x.argsort(1)[0],), X),
    "a list of the CPU": lambda x: torch._foreach_add([x, x], [x, X]),
    "a running mean of the CPU": lambda x: F.batch_norm(x, X[0], X[0]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_mix_is_refused(name: str):
    with pytest.raises(
        RuntimeError, match="Expected all tensors to be on the same device, but found at least two"
    ):
        REFUSED[name](X.to("sim"))


def test_the_error_names_argument_operation_and_remedy():
    with pytest.raises(RuntimeError) as caught:
        torch.gather(X.to("sim"), 1, torch.tensor([[0]]))
    assert str(caught.value) == (
        "Expected all tensors to be on the same device, but found at least two devices, sim:0 and cpu! "
        "(argument `index` of gather is on cpu; create it with device=x.device, or move it with .to(x.device))"
    )


def test_the_stricter_rule_says_that_it_is_stricter():
    with pytest.raises(RuntimeError, match=r"CUDA would take a CPU index here, sim refuses it on purpose\)$"):
        X.to("sim")[torch.tensor([0, 1])]


@pytest.mark.parametrize(
    "dtype", [torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]
)
def test_integer_matrices_are_refused(dtype: torch.dtype):
    a = torch.ones(2, 2, device="sim").to(dtype)
    name = {
        "int64": "Long",
        "int32": "Int",
        "int16": "Short",
        "int8": "Char",
        "uint8": "Byte",
        "bool": "Bool",
    }
    words = f"not implemented for '{name[str(dtype).removeprefix('torch.')]}' on an accelerator"
    for product in (
        lambda: a @ a,
        lambda: a @ a[0],
        lambda: a[0] @ a[0],
        lambda: a[None] @ a[None],
        lambda: torch.einsum("ij,jk->ik", a, a),
        lambda: F.linear(a, a, a[0]),
        lambda: F.conv1d(a[None], a[None]),
    ):
        with pytest.raises(NotImplementedError, match=words):
            product()


def test_other_arithmetic_of_integers_is_allowed():
    a = torch.tensor([[1, 2], [3, 4]], device="sim")
    assert (a * a).sum().item() == 30
    assert (a.cumsum(0).tolist(), torch.outer(a[0], a[1]).tolist()) == ([[1, 2], [4, 6]], [[3, 4], [6, 8]])
    assert (a.double() @ a.double()).tolist() == [[7, 10], [15, 22]]


def test_lengths_of_sequences_stay_on_the_cpu():
    pack = torch.nn.utils.rnn.pack_padded_sequence
    x = torch.arange(6.0, device="sim").reshape(3, 2, 1)
    packed = pack(x, torch.tensor([3, 2]))
    assert (packed.data.device.type, packed.batch_sizes.device.type) == ("sim", "cpu")
    padded, lengths = torch.nn.utils.rnn.pad_packed_sequence(packed)
    assert (padded.flatten().tolist(), lengths.tolist()) == ([0, 1, 2, 3, 4, 0], [3, 2])
    with pytest.raises(RuntimeError, match="'lengths' argument should be a 1D CPU int64 tensor"):
        pack(x, torch.tensor([3, 2], device="sim"))
