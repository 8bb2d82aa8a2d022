"""Operations that have no kernel on the CPU to borrow, or that create and move memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from doccheck.sim.count import TENSORS_MADE
from doccheck.sim.execute import run
from doccheck.sim.memory import CPU, is_on_sim, layout_of, set_storage, to_cpu, to_device

aten = torch.ops.aten


def empty(size: Any, dtype: Any = None, memory_format: Any = None, **_: Any) -> Any:
    """Make a tensor of uninitialised memory."""
    return _made(aten.empty.memory_format(size, dtype=dtype, device=CPU, memory_format=memory_format))


def empty_strided(size: Any, stride: Any, dtype: Any = None, **_: Any) -> Any:
    """Make a tensor of uninitialised memory with given strides."""
    return _made(aten.empty_strided(size, stride, dtype=dtype, device=CPU))


def zeros(size: Any, dtype: Any = None, **_: Any) -> Any:
    """Make the zeros that forward-mode derivatives start from."""
    return _made(aten.zeros(size, dtype=dtype, device=CPU))


def copy_from(source: Any, target: Any, non_blocking: bool = False) -> Any:
    """Copy between the devices, or within this one."""
    del non_blocking
    cpu_source, cpu_target = (to_cpu(tensor) if is_on_sim(tensor) else tensor for tensor in (source, target))
    aten.copy_(cpu_target, cpu_source)
    if is_on_sim(target) and target.numel():
        TENSORS_MADE.add_one()
    return target


def use_whole_storage(tensor: Any, storage: Any) -> Any:
    """Point a tensor at a storage, as one axis over all of it."""
    return set_storage(tensor, storage, 0, [storage.nbytes() // tensor.element_size()], [1])


def use_storage_of(tensor: Any, source: Any) -> Any:
    """Make a tensor a second view of what another one shows."""
    return set_storage(tensor, source.untyped_storage(), *layout_of(source))


def convolution(*args: Any) -> Any:
    """Convolve, transposed or not, in one, two or three dimensions."""
    return run(aten.convolution.default, *args)


def convolution_backward(
    gradient: Any, x: Any, weight: Any, stride: Any, padding: Any, dilation: Any, transposed: bool, *rest: Any
) -> Any:
    """Compute the gradients of a convolution with respect to input, weight and bias."""
    bias_sizes = [gradient.shape[1]]
    settings = (stride, padding, dilation, transposed, *rest)
    return run(aten.convolution_backward.default, gradient, x, weight, bias_sizes, *settings)


def dropout(x: Any, p: float, train: bool | None) -> tuple[Any, Any]:
    """Drop entries at random, with the device's random numbers."""
    kept = aten.bernoulli.p(x, 1 if train is False else 1 - p)
    scale = 1 if train is False or p == 1 else 1 / (1 - p)
    return x * kept * scale, kept.to(torch.bool)


def lstm_cell(
    from_input: Any, from_hidden: Any, cell: Any, input_bias: Any = None, hidden_bias: Any = None
) -> tuple[Any, Any, Any]:
    """Compute one step of an LSTM from its two products, in operations that autograd knows."""
    gates = _with_bias(from_input, input_bias) + _with_bias(from_hidden, hidden_bias)
    enter, forget, candidate, leave = gates.chunk(4, dim=1)
    cell = forget.sigmoid() * cell + enter.sigmoid() * candidate.tanh()
    return leave.sigmoid() * cell.tanh(), cell, gates


def gru_cell(
    from_input: Any, from_hidden: Any, hidden: Any, input_bias: Any = None, hidden_bias: Any = None
) -> tuple[Any, Any]:
    """Compute one step of a GRU from its two products, in operations that autograd knows."""
    input_reset, input_update, input_new = _with_bias(from_input, input_bias).chunk(3, dim=1)
    hidden_reset, hidden_update, hidden_new = _with_bias(from_hidden, hidden_bias).chunk(3, dim=1)
    reset, update = (input_reset + hidden_reset).sigmoid(), (input_update + hidden_update).sigmoid()
    new = (input_new + reset * hidden_new).tanh()
    return new + update * (hidden - new), new


def _with_bias(product: Any, bias: Any) -> Any:
    return product if bias is None else product + bias


def _made(value: Any) -> Any:
    if value.numel():
        TENSORS_MADE.add_one()
    return to_device(value)


KERNELS: dict[str, Callable[..., Any]] = {
    "empty.memory_format": empty,
    "empty_strided": empty_strided,
    "_efficientzerotensor": zeros,
    "_copy_from": copy_from,
    "set_.source_Storage_storage_offset": set_storage,
    "set_.source_Storage": use_whole_storage,
    "set_.source_Tensor": use_storage_of,
    "convolution_overrideable": convolution,
    "convolution_backward_overrideable": convolution_backward,
    "native_dropout": dropout,
    "_thnn_fused_lstm_cell": lstm_cell,
    "_thnn_fused_gru_cell": gru_cell,
}
DIFFERENTIATED_STEP_BY_STEP = ("_thnn_fused_lstm_cell", "_thnn_fused_gru_cell")
