"""One tool in a process of its own: it counts all networks, and is then timed on ResNet-50."""

import contextlib
import importlib
import sys
import warnings
from typing import Any

from benchmarks.answering import hold_to, serve, versions
from benchmarks.counting.networks import BESIDE, CASES, RESNET, model_of, network_of


def main(module: str, device: str, packages: list[str]) -> None:
    """Tell the counts of every network and the versions, and then time the table of ResNet-50."""
    hold_to(1)
    warnings.simplefilter("ignore")
    tool = importlib.import_module(f"benchmarks.counting.tools.{module}")
    counts = {name: _counted(tool, name, device, packages) for name in (RESNET, *CASES, *BESIDE)}
    model, size = _model(RESNET, device, packages), network_of(RESNET).input_size

    def tables(count: int) -> None:
        for _ in range(count):
            tool.table(model, size)

    tables(1)
    serve({"counts": counts, "versions": versions(packages)}, tables)


def _counted(tool: Any, name: str, device: str, packages: list[str]) -> list[int] | str:
    """Give parameters and multiply-adds, or the name of the error that a tool ends in."""
    model = _model(name, device, packages)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return list(tool.count(name, model, network_of(name).input_size))
    except Exception as error:
        return type(error).__name__


def _model(name: str, device: str, packages: list[str]) -> Any:
    if "torch" not in packages:
        return None
    import torch

    with torch.device(device):
        return model_of(name)


if __name__ == "__main__":
    module, device, *packages = sys.argv[1:]
    main(module, device, packages)
