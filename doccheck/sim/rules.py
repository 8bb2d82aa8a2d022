"""What an accelerator refuses: tensors of several devices in one call, and products of integer matrices."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import torch

from doccheck.sim.memory import is_on_sim
from doccheck.sim.name import DEVICE

_INDEXING = {"index", "index_put", "_index_put_impl", "_unsafe_index", "_unsafe_index_put"}
_NO_INTEGERS = {
    "mm": ("addmm", "addmm_cuda"),
    "addmm": ("addmm", "addmm_cuda"),
    "bmm": ("baddbmm", "baddbmm_cuda"),
    "baddbmm": ("baddbmm", "baddbmm_cuda"),
    "addbmm": ("addmm", "addmm_cuda"),
    "addmv": ("addmv", "addmv_impl_cuda"),
    "dot": ("dot", "dot"),
    "vdot": ("vdot", "vdot"),
    "convolution": ("convolution", "conv"),
}
_NAMES_OF_INTEGERS = {
    torch.bool: "Bool",
    torch.uint8: "Byte",
    torch.int8: "Char",
    torch.int16: "Short",
    torch.int32: "Int",
    torch.int64: "Long",
}


def check_call(op: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """Raise if an accelerator would refuse this call.

    Args:
        op: The overload of the operation, such as `torch.ops.aten.add.Tensor`.
        args: Its positional arguments.
        kwargs: Its keyword arguments.

    Raises:
        RuntimeError: The tensors lie on several devices.
        NotImplementedError: A product of integer matrices, which CUDA doesn't have either.
    """
    found = list(_tensors(op, args, kwargs))
    for name, tensor, is_written in found:
        if not is_on_sim(tensor) and (tensor.dim() or is_written or not _takes_cpu_scalars(op)):
            raise RuntimeError(_mixed_devices(op, name, [tensor for _, tensor, _ in found]))
    label, words = _NO_INTEGERS.get(_base_name(op), ("", ""))
    dtype = next((_NAMES_OF_INTEGERS.get(tensor.dtype) for _, tensor, _ in found), None)
    if label and dtype:
        raise NotImplementedError(
            f'"{label}" not implemented for \'{dtype}\' on an accelerator (on CUDA: "{words}" not implemented '
            f"for '{dtype}'); convert to a floating-point dtype first, e.g. x.to(torch.float32)"
        )


def _tensors(op: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Iterator[tuple[str, Any, bool]]:
    """Yield each tensor of a call with the argument's name and whether the call writes to it."""
    for position, argument in enumerate(op._schema.arguments):
        value = args[position] if position < len(args) else kwargs.get(argument.name)
        is_written = argument.alias_info is not None and argument.alias_info.is_write
        for element in value if isinstance(value, list | tuple) else [value]:
            if isinstance(element, torch.Tensor):
                yield argument.name, element, is_written


@functools.cache
def _base_name(op: Any) -> str:
    """Return the name of an operation without its namespace, overload and in-place mark: add for aten::add_.Tensor."""
    return op._schema.name.removeprefix("aten::").removesuffix("_")


@functools.cache
def _takes_cpu_scalars(op: Any) -> bool:
    """Tell whether CUDA takes a 0-dimensional CPU tensor as an operand: it does in elementwise operations."""
    name = _base_name(op)
    packet = getattr(torch.ops.aten, name, None)
    overloads = [getattr(packet, overload) for overload in packet.overloads()] if packet else []
    if name in _INDEXING or name == "fill" or name.startswith("_fused_"):
        return True
    return any(torch.Tag.pointwise in overload.tags for overload in overloads)


def _mixed_devices(op: Any, name: str, tensors: list[Any]) -> str:
    """Say which argument is on the wrong device, in torch's words and with the remedy."""
    operation = _base_name(op)
    if not is_on_sim(tensors[0]) and operation in _INDEXING:
        return "indices should be either on cpu or on the same device as the indexed tensor (cpu)"
    here = next((str(tensor.device) for tensor in tensors if is_on_sim(tensor)), DEVICE)
    there = next(str(tensor.device) for tensor in tensors if not is_on_sim(tensor))
    strict = "; CUDA would take a CPU index here, sim refuses it on purpose" if name == "indices" else ""
    return (
        f"Expected all tensors to be on the same device, but found at least two devices, {here} and {there}! "
        f"(argument `{name}` of {operation} is on {there}; create it with device=x.device, "
        f"or move it with .to(x.device){strict})"
    )
