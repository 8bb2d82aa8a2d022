"""The peers: each makes a function that gives the convolution and both gradients."""

from collections.abc import Callable

import numpy as np

from benchmarks.convolution_grid.points import PADDING

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
Step = Callable[[], Arrays]
OURS, TORCH = "reference_impl on NumPy", "torch"
PACKAGES = {OURS: ("numpy", "array-api-compat"), TORCH: ("torch",)}


def ours(arrays: Arrays) -> Step:
    """Make a step of ours on NumPy."""
    from reference_impl import functional as F
    from reference_impl.autograd import Tensor

    x, weight, gradient = arrays

    def step() -> Arrays:
        leaves = Tensor(x, requires_grad=True), Tensor(weight, requires_grad=True)
        result = F.conv2d(*leaves, padding=PADDING)
        result.backward(gradient)
        return result.data, leaves[0].grad, leaves[1].grad

    return step


def torchs(arrays: Arrays) -> Step:
    """Make a step of torch."""
    import torch

    x, weight, gradient = map(torch.from_numpy, arrays)

    def step() -> Arrays:
        leaves = x.detach().requires_grad_(), weight.detach().requires_grad_()
        result = torch.nn.functional.conv2d(*leaves, padding=PADDING)
        result.backward(gradient)
        return result.detach().numpy(), leaves[0].grad.numpy(), leaves[1].grad.numpy()

    return step


STEPS: dict[str, Callable[[Arrays], Step]] = {OURS: ours, TORCH: torchs}
