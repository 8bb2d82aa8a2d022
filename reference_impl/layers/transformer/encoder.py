"""The encoder block of a transformer."""

from functools import partial
from typing import Any

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.attention import MultiheadAttention
from reference_impl.layers.dropout import Dropout
from reference_impl.layers.linear import Linear
from reference_impl.layers.module import Module
from reference_impl.layers.normalisation import LayerNorm
from reference_impl.layers.parameters import example
from reference_impl.layers.transformer.feedforward import Activation, chosen_activation, with_residual


class TransformerEncoderLayer(Module):
    r"""Let the positions of a sequence look at each other, and then map each by a small network.

    $$\begin{aligned}
    y &= \mathrm{norm}(x + \mathrm{attention}(x, x, x)) \\
    z &= \mathrm{norm}(y + W_2 \, \phi(W_1 y + b_1) + b_2)
    \end{aligned}$$

    With `norm_first` the normalisations stand inside: $y = x + \mathrm{attention}(\mathrm{norm}(x))$ and so on, which
    trains without a warm-up. Masks are those of
    [`MultiheadAttention`][reference_impl.layers.MultiheadAttention]: true hides.

    Args:
        d_model: The number $d$ of features.
        nhead: The number of heads of the attention, which divides $d$.
        dim_feedforward: The number of hidden units of the network.
        dropout: The probability with which numbers are set to zero in training: weights of the attention, hidden units,
            and what is added to the input.
        activation: The activation of the network: `"relu"`, `"gelu"` or a function.
        layer_norm_eps: What the normalisation adds to the variance.
        batch_first: Whether the samples stand on the first axis and positions on the second, or the other way round.
        norm_first: Whether to normalise before each part, or after each sum, as the paper does.
        bias: Whether the maps and normalisations add vectors.
        rng: The generator that draws the first values, and what is set to zero.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        self_attn: The attention.
        linear1: The first map of the network; `linear2` is the second.
        norm1: The normalisation of the first sum; `norm2` is that of the second.

    Raises:
        ValueError: A size is below 1, `nhead` doesn't divide `d_model`, or `activation` is unknown.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `src` $(L, N, d)$, or $(N, L, d)$ with `batch_first`, or $(L, d)$; `src_mask` $(L, L)$ or $(N h, L, L)$,
        `src_key_padding_mask` $(N, L)$; result as `src`.

    Examples:
        A causal block: what comes later changes nothing before it.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import TransformerEncoderLayer
        >>> x = torch.tensor([[[1.0, 2.0, -1.0, 0.5], [3.0, 0.0, 1.0, 2.0], [0.0, 1.0, 4.0, 1.0]]])
        >>> settings = {"dim_feedforward": 8, "dropout": 0.0, "batch_first": True, "norm_first": True}
        >>> layer = TransformerEncoderLayer(4, 2, **settings, rng=np.random.default_rng(0), like=x)
        >>> [[round(entry, 3) for entry in row] for row in layer(x, is_causal=True)[0].tolist()]
        [[0.423, 1.751, -1.245, 0.443], [2.285, -0.147, 0.587, 2.187], [-0.011, 1.682, 4.474, 0.866]]
        >>> [[round(entry, 3) for entry in row] for row in layer(x[:, :2], is_causal=True)[0].tolist()]
        [[0.423, 1.751, -1.245, 0.443], [2.285, -0.147, 0.587, 2.187]]
        >>> usual = TransformerEncoderLayer(4, 2, rng=np.random.default_rng(0), like=x)
        >>> usual.linear1.weight.shape, usual.dropout.p, usual.norm1.eps * 1e5
        ((2048, 4), 0.1, 1.0)

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017; Xiong et al., [On
        layer normalization in the transformer architecture](https://arxiv.org/abs/2002.04745), ICML 2020, on
        `norm_first`.
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = "relu",
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("d_model", d_model)
        check_size("dim_feedforward", dim_feedforward)
        model = example(like, dtype)

        def attention() -> MultiheadAttention:
            return MultiheadAttention(
                d_model, nhead, dropout, bias, batch_first=batch_first, rng=rng, like=model
            )

        def norm() -> LayerNorm:
            return LayerNorm(d_model, layer_norm_eps, bias=bias, like=model)

        self.activation, self.norm_first = chosen_activation(activation), norm_first
        self.self_attn = attention()
        self.linear1 = Linear(d_model, dim_feedforward, bias, rng=rng, like=model)
        self.dropout = Dropout(dropout, rng=rng)
        self.linear2 = Linear(dim_feedforward, d_model, bias, rng=rng, like=model)
        self.norm1, self.norm2 = norm(), norm()
        self.dropout1, self.dropout2 = Dropout(dropout, rng=rng), Dropout(dropout, rng=rng)

    def forward(
        self,
        src: Tensor | Array,
        src_mask: Array | None = None,
        src_key_padding_mask: Array | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Encode `src`; masks hide positions from each other, padding from all, and `is_causal` what comes later."""

        def attended(x: Tensor | Array) -> Tensor:
            masks = {"key_padding_mask": src_key_padding_mask, "attn_mask": src_mask, "is_causal": is_causal}
            return self.self_attn(x, x, x, need_weights=False, **masks)[0]

        def mapped(x: Tensor) -> Tensor:
            return self.linear2(self.dropout(self.activation(self.linear1(x))))

        wrapped = partial(with_residual, norm_first=self.norm_first)
        x = wrapped(src, attended, self.dropout1, self.norm1)
        return wrapped(x, mapped, self.dropout2, self.norm2)
