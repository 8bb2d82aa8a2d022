"""ptflops, which patches modules and functions of torch."""

import io

import torch
from ptflops import get_model_complexity_info


def count(name: str, model: torch.nn.Module, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    multiply_adds, parameters = get_model_complexity_info(
        model, size, as_strings=False, print_per_layer_stat=False, backend="pytorch"
    )
    return int(parameters), int(multiply_adds)


def table(model: torch.nn.Module, size: tuple[int, ...]) -> str:
    """Write parameters and multiply-adds of every module."""
    written = io.StringIO()
    get_model_complexity_info(model, size, print_per_layer_stat=True, backend="pytorch", ost=written)
    return written.getvalue()
