"""The table from a live model, which torch.fx traces."""

from typing import Any

from reference_impl.shapes import from_torch, network_table


def count(name: str, model: Any, size: tuple[int, ...]) -> tuple[int, int]:
    """Give parameters and multiply-adds."""
    found = network_table(from_torch(model, size))
    return found.parameters, found.cost


def table(model: Any, size: tuple[int, ...]) -> str:
    """Write the table."""
    return network_table(from_torch(model, size)).text
