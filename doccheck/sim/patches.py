"""The places where torch must be told in Python about a device that has no C++ of its own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch

from doccheck.sim.guard import raising_errors_in_care
from doccheck.sim.memory import device_storage, is_on_sim
from doccheck.sim.randomness import Generator


def apply_patches() -> None:
    """Teach torch to make generators and storages of the device, to move modules in place, and to keep errors."""
    torch.Generator = Generator
    torch.UntypedStorage.__new__ = _allocating(torch.UntypedStorage.__new__)
    torch.nn.Module._apply = _keeping_parameters(torch.nn.Module._apply)
    for module in (torch.autograd, torch.autograd.graph):
        module._engine_run_backward = raising_errors_in_care(module._engine_run_backward)


def _allocating(new: Callable[..., Any]) -> Callable[..., Any]:
    """Let `torch.UntypedStorage(size, device="sim")` allocate: torch would ask an allocator written in C++."""

    @functools.wraps(new)
    def call(cls: Any, *args: Any, **kwargs: Any) -> Any:
        device = kwargs.get("device")
        if device is None or not is_on_sim(torch.device(device)):
            return new(cls, *args, **kwargs)
        return device_storage(new(cls, *args, **{**kwargs, "device": "cpu"}))

    return call


def _keeping_parameters(apply: Callable[..., Any]) -> Callable[..., Any]:
    """Let a module that moves keep its parameter objects, as it does between CPU and CUDA.

    Otherwise shared weights would be copied apart, and an optimizer made before would update the old ones.
    """

    @functools.wraps(apply)
    def call(module: Any, change: Callable[[Any], Any], recurse: bool = True) -> Any:
        settings = torch.__future__
        before = settings.get_swap_module_params_on_conversion()
        settings.set_swap_module_params_on_conversion(before or _crosses_over(module, change))
        try:
            return apply(module, change, recurse)
        finally:
            settings.set_swap_module_params_on_conversion(before)

    return call


def _crosses_over(module: Any, change: Callable[[Any], Any]) -> bool:
    """Tell whether a change of a module's tensors moves them to the device, or away from it."""
    parameter = next(module.parameters(), None)
    if parameter is None:
        return False
    sample = torch.empty(0, dtype=parameter.dtype, device=parameter.device)
    return is_on_sim(sample) != is_on_sim(change(sample))
