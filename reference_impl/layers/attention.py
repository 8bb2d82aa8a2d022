"""Attention in several heads, with projections that are learned."""

import math
from collections.abc import Iterable
from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array, is_floating, namespace
from reference_impl._checks import check_generator, check_size, refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.functional.attention import causal_mask
from reference_impl.layers.linear import Linear
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter

Masks = list[tuple[Array, tuple[int, ...]]]


class MultiheadAttention(Module):
    r"""Let several heads attend, each to its own learned projections, and mix what they found.

    $$Y = \bigl[\mathrm{attention}(Q W_{Q,i}^\top, K W_{K,i}^\top, V W_{V,i}^\top)\bigr]_{i = 1 \dots h} W_O^\top$$

    with vectors added after each product. Masks are those of torch: here a boolean mask says where **not** to look, the
    reverse of what it says in
    [`scaled_dot_product_attention`][reference_impl.functional.scaled_dot_product_attention]. Two differences: a query
    that may look nowhere gets the weights 0, where torch gives NaN if weights are asked for; and with `is_causal` no
    mask has to be passed. Torch's `add_bias_kv` and `add_zero_attn` are left out.

    At first, as in torch, projections of queries, keys and values follow Xavier's rule, the last one is drawn as in
    [`Linear`][reference_impl.layers.Linear], and all vectors are 0.

    Args:
        embed_dim: The number $E$ of features of queries and results.
        num_heads: The number $h$ of heads, which divides $E$.
        dropout: The probability with which a weight is set to zero in training.
        bias: Whether vectors are added after the products.
        kdim: The number of features of keys; that of queries if None.
        vdim: The number of features of values; that of queries if None.
        batch_first: Whether the samples stand on the first axis and positions on the second, or the other way round.
        rng: The generator that draws the first values, and what is set to zero.
        like: An array whose library, dtype and device the parameters take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        in_proj_weight: $W_Q$, $W_K$ and $W_V$ of all heads, one below the other; None if their sizes differ.
        q_proj_weight: $W_Q$, if the sizes differ; likewise `k_proj_weight` and `v_proj_weight`.
        in_proj_bias: The vectors that are added, one after the other, or None.
        out_proj: The last map.

    Raises:
        ValueError: A size is below 1, or `num_heads` doesn't divide `embed_dim`.
        TypeError: A size isn't an int, or `rng` isn't a generator.

    Shape:
        `query` $(L, N, E)$, `key` $(S, N, E_K)$, `value` $(S, N, E_V)$, or $(N, L, E)$ and so on with `batch_first`, or
        without $N$; `key_padding_mask` $(N, S)$, `attn_mask` $(L, S)$ or $(N h, L, S)$; results as `query`, and
        $(N, L, S)$.

    Examples:
        With equal keys, each query gets the mean of the values that it may see.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import MultiheadAttention
        >>> x = torch.tensor([[[4.0, 0.0], [8.0, 2.0]]])
        >>> layer = MultiheadAttention(2, num_heads=2, batch_first=True, rng=np.random.default_rng(0), like=x)
        >>> one, nothing = torch.eye(2), torch.zeros(2, 2)
        >>> inward = {"in_proj_weight": torch.cat([one, nothing, one]), "in_proj_bias": torch.zeros(6)}
        >>> layer.load_state_dict({**inward, "out_proj.weight": one, "out_proj.bias": torch.tensor([0.0, 0.5])})
        >>> result, weights = layer(x, x, x, is_causal=True)
        >>> result.tolist(), weights.tolist()  # the values, and 0.5
        ([[[4.0, 0.5], [6.0, 1.5]]], [[[1.0, 0.0], [0.5, 0.5]]])
        >>> hidden = torch.tensor([[False, False], [True, False]])  # the second query sees only the second key
        >>> layer(x, x, x, attn_mask=hidden)[0].tolist()
        [[[6.0, 1.5], [8.0, 2.5]]]

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017, section 3.2.2.
    """

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        for name, size in (("embed_dim", embed_dim), ("num_heads", num_heads)):
            check_size(name, size)
        check_generator("rng", rng)
        if embed_dim % num_heads:
            refuse("num_heads", num_heads, f"must divide `embed_dim` (={embed_dim})", "change one of them")
        self.embed_dim, self.num_heads, self.batch_first = embed_dim, num_heads, batch_first
        self.dropout, self.rng = dropout, rng
        sizes = (embed_dim, kdim or embed_dim, vdim or embed_dim)
        model = example(like, dtype)

        def projection(rows: int, columns: int) -> Tensor:
            return init.xavier_uniform_(parameter(model, rows, columns), rng=rng)

        self.in_proj_weight = self.q_proj_weight = self.k_proj_weight = self.v_proj_weight = None
        if set(sizes) == {embed_dim}:
            self.in_proj_weight = projection(3 * embed_dim, embed_dim)
        else:
            self.q_proj_weight, self.k_proj_weight, self.v_proj_weight = (
                projection(embed_dim, size) for size in sizes
            )
        self.in_proj_bias = parameter(model, 3 * embed_dim) if bias else None
        self.out_proj = Linear(embed_dim, embed_dim, bias, rng=rng, like=model)
        if self.out_proj.bias is not None:
            init.zeros_(self.out_proj.bias)

    def forward(
        self,
        query: Tensor | Array,
        key: Tensor | Array,
        value: Tensor | Array,
        key_padding_mask: Array | None = None,
        need_weights: bool = True,
        attn_mask: Array | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Attend with `query` to `key` and `value`, and return the results and the weights (None if not needed).

        True in `key_padding_mask` hides a key of a sample, true in `attn_mask` a key from a query; numbers are added.
        `is_causal` hides from each query the keys after it.
        """
        single = query.ndim == 2
        inputs = [self._batched(x, single) for x in (query, key, value)]
        samples, length, keys = inputs[0].shape[0], inputs[0].shape[1], inputs[1].shape[1]
        masks: Masks = []
        if key_padding_mask is not None:
            masks.append((key_padding_mask, (samples, 1, 1, keys)))
        if attn_mask is not None:
            heads = (1, 1) if attn_mask.ndim == 2 else (samples, self.num_heads)
            masks.append((attn_mask, (*heads, length, keys)))
        if is_causal:
            masks.append((~causal_mask(length, keys, like=array_of(query)), (1, 1, length, keys)))

        q, k, v = [F.linear(x, *weights) for x, weights in zip(inputs, self._projections(), strict=True)]
        result, weights = F.multi_head_attention(
            q,
            k,
            v,
            num_heads=self.num_heads,
            attn_mask=_added_up(masks, like=q.data),
            dropout_p=self.dropout if self.training else 0.0,
            rng=self.rng,
        )
        result = self._as_given(self.out_proj(result), single)
        if not need_weights:
            return result, None
        shown = primitives.mean(weights, axis=1) if average_attn_weights else weights
        return result, primitives.squeeze(shown, axis=0) if single else shown

    def _projections(self) -> Iterable[tuple[Any, Any]]:
        size = self.embed_dim
        weights: Any = (self.q_proj_weight, self.k_proj_weight, self.v_proj_weight)
        if self.in_proj_weight is not None:
            weights = primitives.split(self.in_proj_weight, size, axis=0)
        biases: Any = (None, None, None)
        if self.in_proj_bias is not None:
            biases = primitives.split(self.in_proj_bias, size, axis=0)
        return zip(weights, biases, strict=True)

    def _batched(self, x: Tensor | Array, single: bool) -> Tensor | Array:
        """Bring the samples to the first axis and the positions to the second."""
        if single:
            return primitives.expand_dims(x, axis=0)
        return x if self.batch_first else primitives.permute_dims(x, axes=(1, 0, 2))

    def _as_given(self, x: Tensor, single: bool) -> Tensor:
        if single:
            return primitives.squeeze(x, axis=0)
        return x if self.batch_first else primitives.permute_dims(x, axes=(1, 0, 2))


def _added_up(masks: Masks, like: Array) -> Array | None:
    """Add masks up, once they are reshaped; true in one of booleans stands for minus infinity."""
    xp, total = namespace(like), None
    for mask, shape in masks:
        array = xp.reshape(array_of(mask), shape=shape)
        if not is_floating(array):
            hidden = xp.astype(array, xp.bool)
            array = xp.where(
                hidden, xp.full_like(like[:1, :1, :1], -math.inf), xp.zeros_like(like[:1, :1, :1])
            )
        total = array if total is None else total + array
    return total
