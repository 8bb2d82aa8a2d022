"""Layers that tell a sequence where its entries stand."""

from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


class SinusoidalPositionalEncoding(Module):
    r"""Add sines and cosines of the position: $y_p = x_p + P_p$.

    The layer of [`sinusoidal_positions`][reference_impl.functional.sinusoidal_positions]. It learns nothing, and takes
    sequences of any length.

    Args:
        d_model: The number $d$ of features.
        base: The ratio of the longest wavelength to the shortest.

    Raises:
        ValueError: `d_model` is below 1, or the input has another number of features.
        TypeError: `d_model` isn't an int.

    Shape:
        `input` $(*, L, d)$; result $(*, L, d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import SinusoidalPositionalEncoding
        >>> y = SinusoidalPositionalEncoding(4, base=4.0)(torch.full((2, 4), 2.0))
        >>> [[round(entry, 3) for entry in row] for row in y.tolist()]  # 2 + sin 1, 2 + cos 1, 2 + sin 1/2, …
        [[2.0, 3.0, 2.0, 3.0], [2.841, 2.54, 2.479, 2.878]]
        >>> round(SinusoidalPositionalEncoding(4)(torch.zeros(2, 4))[1, 2].item(), 6)  # sin 10000**(-2/4)
        0.01

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017, section 3.5.
    """

    def __init__(self, d_model: int, base: float = 10000.0) -> None:
        check_size("d_model", d_model)
        self.d_model, self.base = d_model, base

    def forward(self, input: Tensor | Array) -> Tensor:
        """Add its encoding to each position of `input`."""
        length, features = input.shape[-2:]
        if features != self.d_model:
            refuse(
                "d_model", self.d_model, f"must be the {features} features of `input`", "change one of them"
            )
        return F.sinusoidal_positions(length, self.d_model, self.base, like=array_of(input)) + input

    def extra_repr(self) -> str:
        """Return the settings."""
        return f"{self.d_model}, base={self.base}"


class LearnedPositionalEncoding(Module):
    r"""Add a learned vector for each position: $y_p = x_p + W_p$.

    At first all entries are normal with mean 0 and standard deviation 0.02, small beside what they are added to.

    Args:
        max_len: The length $M$ of the longest sequence.
        d_model: The number $d$ of features.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the table takes; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The vectors $W_p$.

    Raises:
        ValueError: A size is below 1, or a sequence is longer than `max_len`.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(*, L, d)$ with $L \le M$, `weight` $(M, d)$; result $(*, L, d)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import LearnedPositionalEncoding
        >>> x = torch.tensor([[[1.0], [2.0]]])
        >>> layer = LearnedPositionalEncoding(3, 1, rng=np.random.default_rng(0), like=x)
        >>> [round(entry, 6) for entry in layer.weight[:, 0].tolist()]  # small at first, with standard deviation 0.02
        [0.002515, -0.002642, 0.012808]
        >>> layer.load_state_dict({"weight": torch.tensor([[10.0], [20.0], [30.0]])})
        >>> layer(x).tolist(), layer(torch.zeros(3, 1)).tolist()
        ([[[11.0], [22.0]]], [[10.0], [20.0], [30.0]])

    Source:
        Gehring et al., [Convolutional sequence to sequence learning](https://arxiv.org/abs/1705.03122), ICML 2017.
    """

    def __init__(
        self,
        max_len: int,
        d_model: int,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("max_len", max_len)
        check_size("d_model", d_model)
        self.max_len, self.d_model = max_len, d_model
        self.weight = init.normal_(parameter(example(like, dtype), max_len, d_model), std=0.02, rng=rng)

    def forward(self, input: Tensor | Array) -> Tensor:
        """Add its vector to each position of `input`."""
        length = input.shape[-2]
        if length > self.max_len:
            refuse(
                "max_len", self.max_len, f"must be at least the length of `input`, {length}", "cut the input"
            )
        return primitives.add(input, self.weight[:length])

    def extra_repr(self) -> str:
        """Return the sizes."""
        return f"{self.max_len}, {self.d_model}"
