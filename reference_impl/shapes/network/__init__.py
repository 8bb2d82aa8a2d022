"""Networks as data: their text form, their table, their receptive field, and their code in torch."""

from reference_impl.shapes.network.from_torch import from_torch
from reference_impl.shapes.network.ready import ready_network
from reference_impl.shapes.network.receptive import ReceptiveField, receptive_field
from reference_impl.shapes.network.spec import Network
from reference_impl.shapes.network.table import Row, Table, network_table, read_network
from reference_impl.shapes.network.to_torch import to_torch

__all__ = [
    "Network",
    "ReceptiveField",
    "Row",
    "Table",
    "from_torch",
    "network_table",
    "read_network",
    "ready_network",
    "receptive_field",
    "to_torch",
]
