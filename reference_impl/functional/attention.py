"""Attention: each query takes a weighed mean of values, by how well its key fits."""

import math
from typing import Any

import numpy

from reference_impl._array import Array, check_same_place, is_floating, namespace
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.functional.exponentials import softmax
from reference_impl.functional.noise import dropout


def scaled_dot_product_attention(
    query: Tensor | Array,
    key: Tensor | Array,
    value: Tensor | Array,
    attn_mask: Tensor | Array | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    *,
    rng: numpy.random.Generator | None = None,
) -> Tensor:
    r"""Let each query take a mean of the values, weighed by the softmax of its products with the keys.

    $$Y = \mathrm{softmax}\left(\frac{Q K^\top}{\sqrt d} + M\right) V$$

    A mask of booleans says where a query may look: it stands for $M = 0$ where it is true and $M = -\infty$ where it is
    false. A query that may look nowhere gets 0, as in torch. The table of weights is computed whole: it has $L S$
    entries.

    Args:
        query: The queries $Q$.
        key: The keys $K$.
        value: The values $V$.
        attn_mask: The mask $M$: booleans (true: look here) or numbers that are added.
        dropout_p: The probability with which a weight is set to zero; 0 in evaluation.
        is_causal: Let query $i$ look at keys 0 to $i$ only; takes the place of `attn_mask`.
        scale: A factor in the place of $1 / \sqrt d$.
        rng: The generator that draws what is set to zero; only needed with `dropout_p`.

    Returns:
        The means $Y$.

    Raises:
        RuntimeError: Both `attn_mask` and `is_causal` are given, or the sizes don't fit.
        TypeError: The arrays differ in library or dtype, or `rng` is missing.

    Shape:
        `query` $(*, L, d)$, `key` $(*, S, d)$, `value` $(*, S, e)$, `attn_mask` broadcast to $(*, L, S)$; result
        $(*, L, e)$.

    Examples:
        Equal products give equal weights: the first query may look at one value, the second at two of the three.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> query, key = torch.zeros(2, 5), torch.ones(3, 5)
        >>> value = torch.tensor([[4.0, 6.0], [0.0, 2.0], [8.0, 4.0]])
        >>> F.scaled_dot_product_attention(query, key, value, is_causal=True).tolist()
        [[4.0, 6.0], [2.0, 4.0]]
        >>> mask = torch.tensor([2.0, 1.0, 1.0]).log()  # weights 1/2, 1/4 and 1/4
        >>> [round(y, 5) for y in F.scaled_dot_product_attention(query, key, value, mask)[0].tolist()]
        [4.0, 4.5]

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017.
    """
    if is_causal and attn_mask is not None:
        raise RuntimeError(
            "Explicit attn_mask should not be set when is_causal=True; pass one of them, or combine both in `attn_mask`"
        )
    if is_causal:
        attn_mask = causal_mask(query.shape[-2], key.shape[-2], like=array_of(query))
    weights = attention_weights(query, key, attn_mask, scale)
    return dropped(weights, dropout_p, rng) @ value


def attention_weights(
    query: Tensor | Array, key: Tensor | Array, mask: Tensor | Array | None, scale: float | None = None
) -> Tensor:
    """Compute the weights that each query gives to the values."""
    factor = 1.0 / math.sqrt(query.shape[-1]) if scale is None else scale
    scores = primitives.matmul(query * factor, primitives.matrix_transpose(key))
    if mask is None:
        return softmax(scores, dim=-1)
    masked = _masked(scores, mask)
    xp = namespace(masked.data)
    nowhere = xp.max(masked.data, axis=-1, keepdims=True) == -math.inf
    if not xp.any(nowhere):
        return softmax(masked, dim=-1)
    somewhere = softmax(primitives.where(nowhere, 0.0, masked), dim=-1)
    return primitives.where(nowhere, 0.0, somewhere)


def dropped(weights: Tensor, p: float, rng: Any) -> Tensor:
    """Set weights to zero with probability `p`, if there is any."""
    return dropout(weights, p, rng=rng) if p else weights


def _masked(scores: Tensor, mask: Tensor | Array) -> Tensor:
    check_same_place(scores.data, array_of(mask))
    if is_floating(array_of(mask)):
        return scores + mask
    return primitives.where(array_of(mask), scores, -math.inf)


def causal_mask(queries: int, keys: int, like: Array) -> Array:
    """Say which of the keys each of the queries may look at: those that don't come after it."""
    xp: Any = namespace(like)
    numbers = [xp.arange(count, device=like.device) for count in (queries, keys)]
    return numbers[0][:, None] >= numbers[1][None, :]
