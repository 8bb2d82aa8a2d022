"""Residual connections."""

from reference_impl._array import Array
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Residual(Module):
    r"""Add what a module computes to what went in: $y = x + f(x)$.

    The gradient of $x$ is $\bar y$ and what comes back through $f$, so it reaches the first layers of a deep network.

    Args:
        module: The module $f$, which keeps the shape.

    Attributes:
        module: The module $f$.

    Raises:
        TypeError: `module` isn't a Module.
        ValueError: The module changes the shape.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import LeakyReLU, Residual
        >>> Residual(LeakyReLU(negative_slope=0.5))(torch.tensor([3.0, -4.0])).tolist()  # 3 + 3, -4 - 2
        [6.0, -6.0]

    Source:
        He et al., [Deep residual learning for image recognition](https://arxiv.org/abs/1512.03385), CVPR 2016.
    """

    def __init__(self, module: Module) -> None:
        if not isinstance(module, Module):
            refuse("module", module, "must be a Module", "pass e.g. Residual(ReLU())", TypeError)
        self.module = module

    def forward(self, input: Tensor | Array) -> Tensor:
        """Add what the module computes to `input`."""
        change = self.module(input)
        if change.shape != tuple(input.shape):
            raise ValueError(
                f"`module` must keep the shape of `input`, and made {change.shape} of {tuple(input.shape)}; "
                "map its result to that shape"
            )
        return change + input
