"""What is counted: ResNet-50, single layers that are easy to get wrong, and layers that some tools count as well."""

from typing import Any

from reference_impl.shapes import network_table, read_network, ready_network, to_torch

RESNET = "ResNet-50"
CASES = {
    "convolution": "input 8x16x16; conv 16 3 bias=false",
    "convolution, `padding='same'`": "input 8x16x16; conv 16 3 padding=same bias=false",
    "convolution, 4 groups": "input 8x16x16; conv 16 3 groups=4 bias=false",
    "convolution, used twice": "input 8x16x16; once: conv 8 3 padding=1 bias=false; "
    "twice: conv 8 3 padding=1 bias=false shares=once",
    "transposed convolution, stride 1": "input 8x16x16; conv_transpose 16 3 bias=false",
    "transposed convolution, stride 2": "input 8x16x16; conv_transpose 16 4 stride=2 padding=1 bias=false",
    "transposed convolution, stride 2, 3 dimensions": "input 8x6x6x6; "
    "conv_transpose 16 4 stride=2 padding=1 bias=false",
    "transposed convolution, stride 2, 4 groups": "input 8x16x16; "
    "conv_transpose 16 4 stride=2 padding=1 groups=4 bias=false",
}
"""Layers without biases: whatever the convention, their multiply-adds are the same number."""
BESIDE = {
    "normalisation": "input 8x16x16; norm",
    "activations": "input 8x16x16; relu",
    "pooling": "input 8x16x16; max_pool 2; avg_pool 2",
    "global pooling": "input 8x16x16; adaptive_pool 1",
    "biases": "input 8; linear 4",
}
"""Work that is no multiply-add of a matrix product or convolution."""


def network_of(name: str) -> Any:
    """Give a network by its name."""
    return ready_network("resnet50") if name == RESNET else read_network((CASES | BESIDE)[name])


def model_of(name: str) -> Any:
    """Build the same network in torch."""
    namespace: dict[str, Any] = {}
    exec(to_torch(network_of(name)), namespace)
    return namespace["Model"]().eval()


def more_than_products(name: str, multiply_adds: float) -> bool:
    """Say whether a count of a network of BESIDE has more in it than products."""
    return multiply_adds > network_table(network_of(name)).cost
