"""Maxout: the largest of several pieces."""

from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor, primitives


def maxout(input: Tensor | Array, num_pieces: int, dim: int = -1) -> Tensor:
    r"""Take the largest of each group of $k$ neighbouring features.

    $$y_j = \max_{0 \le i < k} x_{k j + i}$$

    After a [`linear`][reference_impl.functional.linear] map, $y_j$ is the largest of $k$ affine functions: a convex
    function that is learned. Pieces that tie share the gradient equally.

    Args:
        input: The features $x$.
        num_pieces: The number $k$ of pieces in a group.
        dim: The axis of the features.

    Returns:
        The features $y$.

    Raises:
        ValueError: The number of features isn't divisible by `num_pieces`.
        TypeError: `num_pieces` isn't an int.

    Shape:
        `input` $(*, k m, *)$; result $(*, m, *)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[1.0, 7.0, 3.0, -4.0, -2.0, -9.0]])
        >>> F.maxout(x, num_pieces=3).tolist(), F.maxout(x, num_pieces=2).tolist()
        ([[7.0, -2.0]], [[7.0, 3.0, -2.0]])
        >>> F.maxout(x, num_pieces=1).tolist(), F.maxout(x.mT, num_pieces=3, dim=0).tolist()
        ([[1.0, 7.0, 3.0, -4.0, -2.0, -9.0]], [[7.0], [-2.0]])

    Source:
        Goodfellow et al., [Maxout networks](https://arxiv.org/abs/1302.4389), ICML 2013.
    """
    check_size("num_pieces", num_pieces)
    shape, axis = tuple(input.shape), dim % input.ndim
    if shape[axis] % num_pieces:
        rule = f"must divide the number of features, {shape[axis]}"
        refuse("num_pieces", num_pieces, rule, "make that number a multiple of it")
    groups = (*shape[:axis], shape[axis] // num_pieces, num_pieces, *shape[axis + 1 :])
    return primitives.max(primitives.reshape(input, shape=groups), axis=axis + 1)
