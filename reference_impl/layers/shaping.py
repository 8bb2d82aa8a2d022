"""Layers that only change shapes."""

import math

from reference_impl._array import Array
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.layers.module import Module


class Flatten(Module):
    r"""Make one axis of several neighbouring ones; by default of all but the first, which counts the samples.

    Args:
        start_dim: The first axis of those.
        end_dim: The last axis of those.

    Raises:
        IndexError: The input has no such axis.
        RuntimeError: `start_dim` comes after `end_dim`.

    Shape:
        `input` $(N, a, b, \dots)$; result $(N, a b \cdots)$ for the default axes.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import Flatten
        >>> images = torch.zeros(2, 3, 4, 5)
        >>> Flatten()(images).shape, Flatten(start_dim=0, end_dim=2)(images).shape  # 60 = 3*4*5, 24 = 2*3*4
        ((2, 60), (24, 5))
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        self.start_dim, self.end_dim = start_dim, end_dim

    def forward(self, input: Tensor | Array) -> Tensor:
        """Flatten `input`."""
        return flattened(input, self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """Return the axes, as torch prints them."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


def flattened(input: Tensor | Array, start_dim: int, end_dim: int) -> Tensor:
    """Make one axis of those from `start_dim` to `end_dim`."""
    shape = tuple(input.shape)
    start = _from_start("start_dim", start_dim, len(shape))
    end = _from_start("end_dim", end_dim, len(shape))
    if start > end:
        raise RuntimeError(
            f"flatten() has invalid args: start_dim cannot come after end_dim, but `start_dim` (={start_dim}) is after "
            f"`end_dim` (={end_dim}) in shape {shape}; swap them"
        )
    merged = math.prod(shape[start : end + 1])
    return primitives.reshape(input, shape=(*shape[:start], merged, *shape[end + 1 :]))


def _from_start(name: str, axis: int, axes: int) -> int:
    if not -axes <= axis < axes:
        refuse(name, axis, f"is out of range: the input has {axes} axes", "add axes to the input", IndexError)
    return axis % axes
