"""LeNet-5, with tanh and average pooling as in the paper, and all maps connected."""

from typing import Any

from benchmarks.training_steps.workloads import Arrays
from reference_impl.layers import AvgPool2d, Conv2d, Flatten, Linear, Sequential, Tanh


def network(arrays: Arrays, **options: Any) -> Sequential:
    """Make it."""
    return Sequential(
        *[Conv2d(1, 6, 5, padding=2, **options), Tanh(), AvgPool2d(2)],
        *[Conv2d(6, 16, 5, **options), Tanh(), AvgPool2d(2)],
        *[Flatten(), Linear(400, 120, **options), Tanh()],
        *[Linear(120, 84, **options), Tanh(), Linear(84, 10, **options)],
    )
