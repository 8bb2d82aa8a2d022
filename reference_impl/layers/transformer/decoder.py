"""The decoder block of a transformer."""

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


class TransformerDecoderLayer(Module):
    r"""Let the positions of a sequence look at each other and at a memory, and then map each by a small network.

    $$\begin{aligned}
    y &= \mathrm{norm}(x + \mathrm{attention}(x, x, x)) \\
    z &= \mathrm{norm}(y + \mathrm{attention}(y, m, m)) \\
    u &= \mathrm{norm}(z + W_2 \, \phi(W_1 z + b_1) + b_2)
    \end{aligned}$$

    With `norm_first` the normalisations stand inside, before each part. The memory $m$ is what an encoder made. Masks
    are those of [`MultiheadAttention`][reference_impl.layers.MultiheadAttention]: true hides.

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
        self_attn: The attention to the sequence itself.
        multihead_attn: The attention to the memory.
        linear1: The first map of the network; `linear2` is the second.
        norm1: The normalisation of the first sum; `norm2` and `norm3` are those of the others.

    Raises:
        ValueError: A size is below 1, `nhead` doesn't divide `d_model`, or `activation` is unknown.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `tgt` $(L, N, d)$ and `memory` $(S, N, d)$, or $(N, L, d)$ and $(N, S, d)$ with `batch_first`, or without $N$;
        masks $(L, L)$ and $(L, S)$, paddings $(N, L)$ and $(N, S)$; result as `tgt`.

    Examples:
        What is hidden in the memory changes nothing.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import TransformerDecoderLayer
        >>> x = torch.tensor([[[1.0, 2.0, -1.0, 0.5]]])
        >>> memory = torch.tensor([[[4.0, 1.0, 0.0, 2.0], [3.0, -2.0, 1.0, -1.0]]])
        >>> settings = {"dim_feedforward": 8, "dropout": 0.0, "activation": "gelu", "batch_first": True}
        >>> layer = TransformerDecoderLayer(4, 2, **settings, rng=np.random.default_rng(0), like=x)
        >>> [round(entry, 3) for entry in layer(x, memory)[0, 0].tolist()]
        [0.446, 0.899, -1.694, 0.35]
        >>> hidden = layer(x, memory, memory_key_padding_mask=torch.tensor([[False, True]]))
        >>> [round(entry, 3) for entry in hidden[0, 0].tolist()]
        [0.568, 0.771, -1.715, 0.376]
        >>> [round(entry, 3) for entry in layer(x, memory[:, :1])[0, 0].tolist()]
        [0.568, 0.771, -1.715, 0.376]
        >>> usual = TransformerDecoderLayer(4, 2, rng=np.random.default_rng(0), like=x)
        >>> usual.linear1.weight.shape, usual.dropout.p, usual.norm1.eps * 1e5
        ((2048, 4), 0.1, 1.0)

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017.
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
        self.self_attn, self.multihead_attn = attention(), attention()
        self.linear1 = Linear(d_model, dim_feedforward, bias, rng=rng, like=model)
        self.dropout = Dropout(dropout, rng=rng)
        self.linear2 = Linear(dim_feedforward, d_model, bias, rng=rng, like=model)
        self.norm1, self.norm2, self.norm3 = norm(), norm(), norm()
        self.dropout1, self.dropout2, self.dropout3 = (Dropout(dropout, rng=rng) for _ in range(3))

    def forward(
        self,
        tgt: Tensor | Array,
        memory: Tensor | Array,
        tgt_mask: Array | None = None,
        memory_mask: Array | None = None,
        tgt_key_padding_mask: Array | None = None,
        memory_key_padding_mask: Array | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Decode `tgt` with what is remembered in `memory`; masks, padding and causality as in attention."""

        def attended(x: Tensor | Array) -> Tensor:
            masks = {
                "key_padding_mask": tgt_key_padding_mask,
                "attn_mask": tgt_mask,
                "is_causal": tgt_is_causal,
            }
            return self.self_attn(x, x, x, need_weights=False, **masks)[0]

        def remembered(x: Tensor) -> Tensor:
            masks = {"key_padding_mask": memory_key_padding_mask, "attn_mask": memory_mask}
            return self.multihead_attn(
                x, memory, memory, need_weights=False, is_causal=memory_is_causal, **masks
            )[0]

        def mapped(x: Tensor) -> Tensor:
            return self.linear2(self.dropout(self.activation(self.linear1(x))))

        wrapped = partial(with_residual, norm_first=self.norm_first)
        x = wrapped(tgt, attended, self.dropout1, self.norm1)
        x = wrapped(x, remembered, self.dropout2, self.norm2)
        return wrapped(x, mapped, self.dropout3, self.norm3)
