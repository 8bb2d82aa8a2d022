"""The parametrised hypercomplex layer."""

import math
from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


class HypercomplexLinear(Module):
    r"""An affine map whose matrix is a sum of $n$ Kronecker products, all of it learned.

    $$y = \sum_{i=1}^n (A_i \otimes S_i) \, x + b$$

    It has $n^3 + d k / n$ parameters and the bias, about $1/n$ of the $d k$ of a
    [`Linear`][reference_impl.layers.Linear] layer.

    At first, entries of $S_i$ and $b$ are uniform in $[-1/\sqrt d, 1/\sqrt d]$ and those of $A_i$ uniform with variance
    $1/n$, so that the matrix starts with the variance that it has in `Linear`.

    Args:
        in_features: The number $d$ of features that go in.
        out_features: The number $k$ of features that come out.
        n: The number of products, which divides both.
        bias: Whether there is a vector $b$.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        algebra: The matrices $A_i$: the rule of multiplication.
        weight: The matrices $S_i$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A size is below 1, or `n` doesn't divide it.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(*, d)$, `algebra` $(n, n, n)$, `weight` $(n, k/n, d/n)$, `bias` $(k)$; result $(*, k)$.

    Examples:
        >>> import math
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import HypercomplexLinear
        >>> x = torch.ones(5, 32)
        >>> layer = HypercomplexLinear(32, 48, n=4, rng=np.random.default_rng(0), like=x)
        >>> layer(x).shape, sum(math.prod(p.shape) for p in layer.parameters())  # 4**3 + 32*48/4 + 48
        ((5, 48), 496)
        >>> [round(entry, 4) for entry in layer.algebra[0, 0].tolist()]  # drawn from -sqrt(3/4) to sqrt(3/4)
        [0.2372, -0.3987, -0.7951, -0.8374]
        >>> [round(entry, 4) for entry in layer.weight[0, 0, :3].tolist()]  # drawn from -1/sqrt(32) to 1/sqrt(32)
        [-0.0712, 0.0608, -0.1062]

    Source:
        Zhang et al., [Beyond fully-connected layers with quaternions](https://arxiv.org/abs/2102.08597), ICLR 2021.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        n: int,
        bias: bool = True,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("in_features", in_features)
        check_size("out_features", out_features)
        check_size("n", n)
        for name, size in (("in_features", in_features), ("out_features", out_features)):
            if size % n:
                refuse(name, size, f"must be divisible by `n` (={n})", "choose a multiple of it")
        self.in_features, self.out_features, self.n = in_features, out_features, n
        model, bound, side = example(like, dtype), 1 / math.sqrt(in_features), math.sqrt(3 / n)
        self.algebra = init.uniform_(parameter(model, n, n, n), -side, side, rng=rng)
        weight = parameter(model, n, out_features // n, in_features // n)
        self.weight = init.uniform_(weight, -bound, bound, rng=rng)
        self.bias = init.uniform_(parameter(model, out_features), -bound, bound, rng=rng) if bias else None

    def forward(self, input: Tensor | Array) -> Tensor:
        """Map each vector of `input`."""
        return F.hypercomplex_linear(input, self.algebra, self.weight, self.bias)

    def extra_repr(self) -> str:
        """Return the sizes."""
        sizes = f"in_features={self.in_features}, out_features={self.out_features}"
        return f"{sizes}, n={self.n}, bias={self.bias is not None}"
