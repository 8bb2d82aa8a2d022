"""The bilinear layer."""

import math
from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


class Bilinear(Module):
    r"""Combine two vectors by matrices and a vector that are learned.

    $$y_k = u^\top W_k v + b_k$$

    At first, as in torch, all entries are drawn uniformly from $[-1/\sqrt{n_1}, 1/\sqrt{n_1}]$.

    Args:
        in1_features: The number $n_1$ of features of $u$.
        in2_features: The number $n_2$ of features of $v$.
        out_features: The number $m$ of features that come out.
        bias: Whether there is a vector $b$.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The matrices $W_k$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A size is below 1.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input1` $(*, n_1)$, `input2` $(*, n_2)$, `weight` $(m, n_1, n_2)$, `bias` $(m)$; result $(*, m)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Bilinear
        >>> u, v = torch.tensor([[2.0, 1.0]]), torch.tensor([[5.0, -1.0, 3.0]])
        >>> layer = Bilinear(2, 3, 1, rng=np.random.default_rng(0), like=u)
        >>> [round(entry, 4) for entry in layer.weight[0, 0].tolist()]  # drawn from -1/sqrt(2) to 1/sqrt(2)
        [0.1937, -0.3256, -0.6492]
        >>> weight, bias = torch.tensor([[[1.0, 0.0, 4.0], [0.0, 7.0, 0.0]]]), torch.tensor([0.5])
        >>> layer.load_state_dict({"weight": weight, "bias": bias})
        >>> layer(u, v).tolist()  # 2*(1*5 + 4*3) + 1*7*(-1) + 0.5
        [[27.5]]
    """

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("in1_features", in1_features)
        check_size("in2_features", in2_features)
        check_size("out_features", out_features)
        self.in1_features, self.in2_features, self.out_features = in1_features, in2_features, out_features
        model, bound = example(like, dtype), 1 / math.sqrt(in1_features)
        weight = parameter(model, out_features, in1_features, in2_features)
        self.weight = init.uniform_(weight, -bound, bound, rng=rng)
        self.bias = init.uniform_(parameter(model, out_features), -bound, bound, rng=rng) if bias else None

    def forward(self, input1: Tensor | Array, input2: Tensor | Array) -> Tensor:
        """Combine each vector of `input1` with that of `input2`."""
        return F.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the sizes, as torch prints them."""
        return (
            f"in1_features={self.in1_features}, in2_features={self.in2_features}, "
            f"out_features={self.out_features}, bias={self.bias is not None}"
        )
