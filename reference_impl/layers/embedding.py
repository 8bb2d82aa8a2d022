"""A table of vectors that are learned."""

from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array, assign, namespace
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.functional.tables import checked_padding
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


class Embedding(Module):
    r"""Look up a learned vector for each number: $y = W_x$.

    The layer of [`embedding`][reference_impl.functional.embedding]. At first, as in torch, all entries are normal with
    mean 0 and variance 1, and the row of `padding_idx` is 0.

    Args:
        num_embeddings: The number $K$ of rows.
        embedding_dim: The number $d$ of features of a row.
        padding_idx: A number whose row stays as it is; negative ones count from the end.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the table takes; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The table $W$.

    Raises:
        ValueError: A size is below 1, or `padding_idx` is no row.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(*)$, `weight` $(K, d)$; result $(*, d)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Embedding
        >>> table = Embedding(3, 2, padding_idx=-1, rng=np.random.default_rng(0), like=torch.zeros(()))
        >>> table(torch.tensor([2])).tolist()
        [[0.0, 0.0]]
        >>> table.load_state_dict({"weight": torch.tensor([[1.0, 2.0], [3.0, 4.0], [0.0, 0.0]])})
        >>> table(torch.tensor([[1, 0], [0, 2]])).tolist()
        [[[3.0, 4.0], [1.0, 2.0]], [[1.0, 2.0], [0.0, 0.0]]]
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("num_embeddings", num_embeddings)
        check_size("embedding_dim", embedding_dim)
        self.num_embeddings, self.embedding_dim = num_embeddings, embedding_dim
        self.padding_idx = checked_padding(padding_idx, num_embeddings)
        self.weight = init.normal_(parameter(example(like, dtype), num_embeddings, embedding_dim), rng=rng)
        if self.padding_idx is not None:
            row = self.weight.data[self.padding_idx, :]
            assign(row, namespace(row).zeros_like(row))

    def forward(self, input: Tensor | Array) -> Tensor:
        """Look up the row of each number of `input`."""
        return F.embedding(input, self.weight, self.padding_idx)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        padding = "" if self.padding_idx is None else f", padding_idx={self.padding_idx}"
        return f"{self.num_embeddings}, {self.embedding_dim}{padding}"
