"""Maxout: the largest of several affine functions."""

from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.linear import Linear
from reference_impl.layers.module import Module


class Maxout(Module):
    r"""Take for each output the largest of $k$ affine functions that are learned.

    $$y_j = \max_{0 \le i < k} \left(x W^\top + b\right)_{k j + i}$$

    Args:
        in_features: The number $n$ of features that go in.
        out_features: The number $m$ of features that come out.
        num_pieces: The number $k$ of affine functions for each.
        bias: Whether there is a vector $b$.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        linear: The affine map, with $k m$ outputs.

    Raises:
        ValueError: A size is below 1.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(*, n)$; result $(*, m)$.

    Examples:
        The absolute value is the larger of $x$ and $-x$.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Maxout
        >>> x = torch.tensor([[3.0], [-5.0]])
        >>> layer = Maxout(1, 1, num_pieces=2, bias=False, rng=np.random.default_rng(0), like=x)
        >>> layer.load_state_dict({"linear.weight": torch.tensor([[1.0], [-1.0]])})
        >>> layer(x).tolist()
        [[3.0], [5.0]]

    Source:
        Goodfellow et al., [Maxout networks](https://arxiv.org/abs/1302.4389), ICML 2013.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        num_pieces: int,
        bias: bool = True,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("out_features", out_features)
        check_size("num_pieces", num_pieces)
        self.num_pieces = num_pieces
        self.linear = Linear(in_features, out_features * num_pieces, bias, rng=rng, like=like, dtype=dtype)

    def forward(self, input: Tensor | Array) -> Tensor:
        """Map each vector of `input`."""
        return F.maxout(self.linear(input), self.num_pieces)
