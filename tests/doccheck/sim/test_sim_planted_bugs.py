"""Device bugs, one function each: every one passes on the CPU and fails on `sim`."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F

MIXED = "Expected all tensors to be on the same device"


def a_constant_made_on_the_cpu(x: torch.Tensor) -> None:
    x + torch.zeros(3, device="cpu")


def a_scalar_of_the_device_meets_a_cpu_tensor(x: torch.Tensor) -> None:
    torch.zeros(3, device="cpu") + x.sum()


def from_numpy_in_the_middle(x: torch.Tensor) -> None:
    x * torch.from_numpy(np.ones(3, dtype=np.float32))


def an_array_as_operand(x: torch.Tensor) -> None:
    np.asarray(x) + 1


def numpy_of_a_device_tensor(x: torch.Tensor) -> None:
    x.numpy()


def a_library_function_with_a_constant(x: torch.Tensor) -> None:
    def standardise(values: torch.Tensor) -> torch.Tensor:
        weights = torch.full((values.shape[0],), 1 / values.shape[0], device="cpu")
        return values - weights @ values

    standardise(x)


def a_library_function_with_a_numpy_constant(x: torch.Tensor) -> None:
    torch.linalg.vecdot(x, torch.tensor(np.hanning(3), dtype=x.dtype, device="cpu"))


def an_index_on_the_cpu(x: torch.Tensor) -> None:
    x[torch.tensor([0, 2], device="cpu")]


def a_mask_on_the_cpu(x: torch.Tensor) -> None:
    x[torch.tensor([True, False, True], device="cpu")] = 0


def a_device_index_into_a_cpu_tensor(x: torch.Tensor) -> None:
    torch.arange(3, device="cpu")[x.argsort()]


def index_select_with_a_cpu_index(x: torch.Tensor) -> None:
    x.index_select(0, torch.tensor([0], device="cpu"))


def gather_with_a_cpu_index(x: torch.Tensor) -> None:
    x.gather(0, torch.tensor([0], device="cpu"))


def take_with_a_cpu_index(x: torch.Tensor) -> None:
    x.take(torch.tensor([0], device="cpu"))


def embedding_of_cpu_words(x: torch.Tensor) -> None:
    F.embedding(torch.tensor([0, 1], device="cpu"), x[:, None])


def cross_entropy_with_a_cpu_target(x: torch.Tensor) -> None:
    F.cross_entropy(x[None], torch.tensor([1], device="cpu"))


def mse_with_a_cpu_target(x: torch.Tensor) -> None:
    F.mse_loss(x, torch.zeros(3, device="cpu"))


def a_layer_left_on_the_cpu(x: torch.Tensor) -> None:
    torch.nn.Linear(3, 2, device="cpu")(x)


def a_recurrent_layer_left_on_the_cpu(x: torch.Tensor) -> None:
    torch.nn.LSTM(3, 2, device="cpu")(x[None])


def a_convolution_left_on_the_cpu(x: torch.Tensor) -> None:
    torch.nn.Conv1d(1, 1, 2, device="cpu")(x[None])


def a_result_written_to_the_cpu(x: torch.Tensor) -> None:
    torch.add(x, x, out=torch.zeros(3, device="cpu"))


def an_in_place_sum_on_the_cpu(x: torch.Tensor) -> None:
    torch.zeros(3, device="cpu").add_(x)


def stacking_with_a_cpu_scalar(x: torch.Tensor) -> None:
    torch.stack([x[0], torch.tensor(1.0, device="cpu")])


def concatenating_with_a_cpu_tensor(x: torch.Tensor) -> None:
    torch.cat([x, torch.ones(1, device="cpu")])


def comparing_with_a_cpu_tensor(x: torch.Tensor) -> None:
    torch.equal(x, torch.ones(3, device="cpu"))


def random_numbers_of_a_cpu_generator(x: torch.Tensor) -> None:
    torch.randn(3, device=x.device, generator=torch.Generator().manual_seed(0))


def a_product_of_integer_matrices(x: torch.Tensor) -> None:
    counts = torch.ones(2, 2, dtype=torch.int64, device=x.device)
    counts @ counts


BUGS = {
    a_constant_made_on_the_cpu: MIXED,
    a_scalar_of_the_device_meets_a_cpu_tensor: MIXED,
    from_numpy_in_the_middle: MIXED,
    an_array_as_operand: "can't convert sim:0 device type tensor to numpy. Use Tensor.cpu",
    numpy_of_a_device_tensor: "can't convert sim:0 device type tensor to numpy. Use Tensor.cpu",
    a_library_function_with_a_constant: MIXED,
    a_library_function_with_a_numpy_constant: MIXED,
    an_index_on_the_cpu: "argument `indices` of index is on cpu.*CUDA would take a CPU index here",
    a_mask_on_the_cpu: "argument `indices` of .*index_put.* is on cpu",
    a_device_index_into_a_cpu_tensor: "indices should be either on cpu or on the same device as the indexed tensor",
    index_select_with_a_cpu_index: "argument `index` of index_select is on cpu",
    gather_with_a_cpu_index: "argument `index` of gather is on cpu",
    take_with_a_cpu_index: "argument `index` of take is on cpu",
    embedding_of_cpu_words: MIXED,
    cross_entropy_with_a_cpu_target: "argument `target` of nll_loss.* is on cpu",
    mse_with_a_cpu_target: MIXED,
    a_layer_left_on_the_cpu: MIXED,
    a_recurrent_layer_left_on_the_cpu: "not at the same device",
    a_convolution_left_on_the_cpu: MIXED,
    a_result_written_to_the_cpu: "argument `out` of add is on cpu",
    an_in_place_sum_on_the_cpu: MIXED,
    stacking_with_a_cpu_scalar: MIXED,
    concatenating_with_a_cpu_tensor: MIXED,
    comparing_with_a_cpu_tensor: MIXED,
    random_numbers_of_a_cpu_generator: "Expected a 'sim' device type for generator but found 'cpu'",
    a_product_of_integer_matrices: "\"addmm\" not implemented for 'Long' on an accelerator",
}


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_the_bug_passes_on_the_cpu(bug: Callable[[torch.Tensor], None]):
    bug(torch.ones(3, device="cpu"))


@pytest.mark.parametrize(("bug", "words"), BUGS.items(), ids=lambda value: getattr(value, "__name__", None))
def test_the_bug_fails_on_sim(bug: Callable[[torch.Tensor], None], words: str):
    with pytest.raises((RuntimeError, TypeError), match=words):
        bug(torch.ones(3, device="sim"))


def test_the_constant_of_a_default_device_is_no_bug(sim_by_default: None):
    assert (torch.ones(3) + torch.zeros(3)).tolist() == [1, 1, 1]
