"""fvcore, which traces the model; what it calls a flop is a multiply-add."""

import logging

import torch
from fvcore.nn import FlopCountAnalysis, flop_count_table, parameter_count

logging.getLogger("fvcore").setLevel(logging.ERROR)


def count(name: str, model: torch.nn.Module, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    return parameter_count(model)[""], _analysis(model, size).total()


def table(model: torch.nn.Module, size: tuple[int, ...]) -> str:
    """Write parameters and multiply-adds of every module."""
    return flop_count_table(_analysis(model, size), max_depth=99)


def _analysis(model: torch.nn.Module, size: tuple[int, ...]) -> FlopCountAnalysis:
    analysis = FlopCountAnalysis(model, torch.zeros(1, *size))
    return analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False)
