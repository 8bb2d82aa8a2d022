"""The memory behind a `sim` tensor: a storage of the device that keeps a CPU storage alive, over the same bytes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch

from doccheck.sim.name import DEVICE

CPU = torch.device("cpu")

_CPU_KERNEL = torch._C.DispatchKeySet(torch._C.DispatchKey.CPU)
_SET = torch.ops.aten.set_.source_Storage_storage_offset


@functools.cache
def device_zero() -> torch.device:
    """Return the one device that there is; torch knows its name only once it is registered."""
    return torch.device(DEVICE, 0)


def is_on_sim(value: Any) -> bool:
    """Tell whether a tensor or a storage lives on `sim`, or a device is `sim`."""
    device = value if isinstance(value, torch.device) else value.device
    return bool(device.type == DEVICE)


def device_storage(cpu_storage: Any) -> Any:
    """Make a device storage over the bytes of a CPU storage."""
    address, size = cpu_storage.data_ptr(), cpu_storage.nbytes()
    storage = torch._C._construct_storage_from_data_pointer(address, device_zero(), size)
    storage.cpu_storage = cpu_storage
    return storage


def cpu_storage_behind(storage: Any) -> Any:
    """Return the CPU storage behind a device storage; one that torch cut from another, or read in, gets its own."""
    if not hasattr(storage, "cpu_storage"):
        address, size = storage.data_ptr(), storage.nbytes()
        storage.cpu_storage = torch._C._construct_storage_from_data_pointer(address, CPU, size)
    return storage.cpu_storage


def layout_of(tensor: Any) -> tuple[int, Any, Any]:
    """Return where in its storage a tensor lies: offset, shape and strides."""
    return tensor.storage_offset(), tensor.size(), tensor.stride()


def set_storage(tensor: Any, storage: Any, offset: int, size: Any, stride: Any = ()) -> Any:
    """Point a device tensor at a device storage."""
    return _SET.redispatch(_CPU_KERNEL, tensor, storage, offset, size, stride)


def to_device(value: Any, storage: Any = None) -> Any:
    """Make a device tensor with the memory, dtype and layout of a CPU tensor.

    Args:
        value: The CPU tensor.
        storage: The device storage over the same bytes, where one exists already.
    """
    tensor = torch._C._acc.create_empty_tensor([0], value.dtype)
    storage = device_storage(value.untyped_storage()) if storage is None else storage
    set_storage(tensor, storage, *layout_of(value))
    return _with_marks_of(value, tensor)


def to_cpu(tensor: Any) -> Any:
    """Make a CPU tensor with the memory, dtype and layout of a device tensor."""
    value = torch.empty(0, dtype=tensor.dtype, device=CPU)
    storage = cpu_storage_behind(tensor.untyped_storage())
    value.set_(storage, *layout_of(tensor))
    return _with_marks_of(tensor, value)


def _with_marks_of(original: Any, tensor: Any) -> Any:
    """Mark a tensor as to be conjugated, or negated, when it is read, if the original is."""
    if original.is_conj():
        torch._C._set_conj(tensor, True)
    if original.is_neg():
        torch._C._set_neg(tensor, True)
    return tensor


def each_leaf(change: Callable[[Any], Any], value: Any) -> Any:
    """Apply a function to a value, or to each element of a list or tuple of values, however deep."""
    if isinstance(value, list | tuple):
        return [each_leaf(change, element) for element in value]
    return change(value)


class Borrowed:
    """The CPU tensors that one kernel call borrows from device tensors, and the way back."""

    def __init__(self) -> None:
        self._pairs: dict[int, tuple[Any, Any]] = {}
        self._storages: dict[int, Any] = {}

    def to_cpu(self, value: Any) -> Any:
        """Replace a device tensor by the CPU tensor behind it, and `sim` by `cpu`; leave all else."""
        if isinstance(value, torch.device):
            return CPU if is_on_sim(value) else value
        if not (isinstance(value, torch.Tensor) and is_on_sim(value)):
            return value
        borrowed = to_cpu(value)
        self._pairs[id(borrowed)] = borrowed, value
        self._storages[borrowed.untyped_storage()._cdata] = value.untyped_storage()
        return borrowed

    def to_device(self, value: Any) -> Any:
        """Give a result of the kernel back: an argument as itself, a view on the storage that it views."""
        if not isinstance(value, torch.Tensor):
            return value
        if id(value) in self._pairs:
            return self._pairs[id(value)][1]
        if value.layout != torch.strided:
            raise NotImplementedError(f"{value.layout} tensors are not simulated on {DEVICE}; use dense ones")
        return to_device(value, self._storages.get(value.untyped_storage()._cdata))

    def follow(self) -> None:
        """Give each device tensor the layout and memory that its CPU tensor has after the call."""
        for value, tensor in self._pairs.values():
            cpu_storage, storage = value.untyped_storage(), tensor.untyped_storage()
            if cpu_storage.data_ptr() != storage.data_ptr() or cpu_storage.nbytes() != storage.nbytes():
                storage = device_storage(cpu_storage)
            elif layout_of(value) == layout_of(tensor):
                continue
            set_storage(tensor, storage, *layout_of(value))
