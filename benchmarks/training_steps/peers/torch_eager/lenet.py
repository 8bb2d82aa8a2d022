"""LeNet-5, with tanh and average pooling."""

from torch.nn import AvgPool2d, Conv2d, Flatten, Linear, Sequential, Tanh

from benchmarks.training_steps.workloads import Arrays


def network(arrays: Arrays) -> Sequential:
    """Make it."""
    return Sequential(
        *[Conv2d(1, 6, 5, padding=2), Tanh(), AvgPool2d(2)],
        *[Conv2d(6, 16, 5), Tanh(), AvgPool2d(2)],
        *[Flatten(), Linear(400, 120), Tanh()],
        *[Linear(120, 84), Tanh(), Linear(84, 10)],
    )
