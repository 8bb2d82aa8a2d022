"""torchinfo, which runs the model with hooks."""

from typing import Any

import torch
from torchinfo import ModelStatistics, summary


def count(name: str, model: torch.nn.Module, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    found = _summary(model, size)
    return found.total_params, found.total_mult_adds


def table(model: torch.nn.Module, size: tuple[int, ...]) -> str:
    """Write shapes, parameters and multiply-adds of every module."""
    columns = ["output_size", "num_params", "mult_adds"]
    return str(_summary(model, size, col_names=columns))


def _summary(model: torch.nn.Module, size: tuple[int, ...], **options: Any) -> ModelStatistics:
    device = next((weight.device for weight in model.parameters()), torch.device("cpu"))
    return summary(model, (1, *size), verbose=0, device=device, **options)
