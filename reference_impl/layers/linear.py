"""The affine layer."""

import math
from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_generator, check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Linear(Module):
    r"""An affine map with a matrix and a vector that are learned.

    $$y = x W^\top + b$$

    At first, as in torch, all entries of $W$ and $b$ are drawn uniformly from
    $[-1/\sqrt n, 1/\sqrt n]$ with $n$ = `in_features`. NumPy draws them, so every library and device sees the same
    numbers.

    Args:
        in_features: The number $n$ of features that go in.
        out_features: The number $m$ of features that come out.
        bias: Whether there is a vector $b$.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take. Without it they are NumPy arrays of
            float32, torch's default dtype.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The matrix $W$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A size is below 1.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(*, n)$, `weight` $(m, n)$, `bias` $(m)$; result $(*, m)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Linear
        >>> x = torch.tensor([[8.0, 1.0, 1.0, -2.0]])
        >>> layer = Linear(4, 2, rng=np.random.default_rng(0), like=x)
        >>> drawn = np.random.default_rng(0).uniform(-0.5, 0.5, size=(2, 4))  # 0.5 = 1 / sqrt(4)
        >>> torch.equal(layer.weight.data, torch.tensor(drawn, dtype=torch.float32))
        True
        >>> weight, bias = torch.tensor([[1.0, 2.0, 4.0, 3.0], [0.0, 5.0, 0.0, -1.0]]), torch.tensor([0.5, 9.0])
        >>> layer.load_state_dict({"weight": weight, "bias": bias})
        >>> layer(x).tolist()  # 1*8 + 2*1 + 4*1 - 3*2 + 0.5, 5*1 + 1*2 + 9
        [[8.5, 16.0]]

    Source:
        LeCun et al., [Efficient backprop](https://link.springer.com/chapter/10.1007/978-3-642-35289-8_3), 1998, on why
        the range shrinks with $\sqrt n$.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("in_features", in_features)
        check_size("out_features", out_features)
        check_generator("rng", rng)
        model = numpy.empty((), dtype=numpy.float32) if like is None else like
        bound = 1 / math.sqrt(in_features)

        def uniform(*shape: int) -> Tensor:
            return Tensor(from_numpy(rng.uniform(-bound, bound, shape), model, dtype), requires_grad=True)

        self.in_features, self.out_features = in_features, out_features
        self.weight = uniform(out_features, in_features)
        self.bias = uniform(out_features) if bias else None

    def forward(self, input: Tensor | Array) -> Tensor:
        """Map each vector of `input`."""
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the sizes, as torch prints them."""
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"
        )
