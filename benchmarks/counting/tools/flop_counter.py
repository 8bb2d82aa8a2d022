"""Torch's own counter, the measure of all others; it counts two operations for each multiply-add."""

import torch
from torch.utils.flop_counter import FlopCounterMode


def count(name: str, model: torch.nn.Module, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    parameters = sum(weight.numel() for weight in model.parameters())
    return parameters, _counted(model, size).get_total_flops() // 2


def table(model: torch.nn.Module, size: tuple[int, ...]) -> str:
    """Write the operations of every module."""
    return _counted(model, size).get_table(depth=99)


def _counted(model: torch.nn.Module, size: tuple[int, ...]) -> FlopCounterMode:
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(1, *size))
    return counter
