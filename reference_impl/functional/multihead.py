"""Attention in several heads."""

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.functional.attention import attention_weights, dropped


def multi_head_attention(
    query: Tensor | Array,
    key: Tensor | Array,
    value: Tensor | Array,
    num_heads: int,
    attn_mask: Tensor | Array | None = None,
    dropout_p: float = 0.0,
    *,
    rng: numpy.random.Generator | None = None,
) -> tuple[Tensor, Tensor]:
    r"""Cut the features into heads, let each attend by itself, and put the results side by side.

    $$Y = \bigl[\mathrm{attention}(Q_1, K_1, V_1), \dots, \mathrm{attention}(Q_h, K_h, V_h)\bigr]$$

    This is what stands between the projections of
    [`MultiheadAttention`][reference_impl.layers.MultiheadAttention]; `attention` is
    [`scaled_dot_product_attention`][reference_impl.functional.scaled_dot_product_attention].

    Args:
        query: The queries $Q$.
        key: The keys $K$.
        value: The values $V$.
        num_heads: The number $h$ of heads.
        attn_mask: A mask: booleans (true: look here) or numbers that are added to the products.
        dropout_p: The probability with which a weight is set to zero; 0 in evaluation.
        rng: The generator that draws what is set to zero; only needed with `dropout_p`.

    Returns:
        The results $Y$, and the weights that each head gave.

    Raises:
        ValueError: The number of features isn't divisible by `num_heads`.
        TypeError: The arrays differ in library or dtype, or `rng` is missing.

    Shape:
        `query` $(N, L, E)$, `key` and `value` $(N, S, E)$, `attn_mask` broadcast to $(N, h, L, S)$; results
        $(N, L, E)$ and $(N, h, L, S)$.

    Examples:
        The first head sees keys that fit $3^2$ to 1, the second keys that fit 3 to 1.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> query, key = torch.tensor([[[2.0, 1.0]]]), torch.tensor([[[3.0, 3.0], [1.0, 1.0]]]).log()
        >>> result, weights = F.multi_head_attention(query, key, torch.tensor([[[4.0, 4.0], [8.0, 8.0]]]), num_heads=2)
        >>> [round(y, 5) for y in result[0, 0].tolist()]  # (9*4 + 8)/10, (3*4 + 8)/4
        [4.4, 5.0]
        >>> weights.shape
        (1, 2, 1, 2)

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017, section 3.2.2.
    """
    check_size("num_heads", num_heads)
    samples, length, features = query.shape
    if features % num_heads:
        refuse(
            "num_heads", num_heads, f"must divide the {features} features of `query`", "change one of them"
        )
    weights = attention_weights(_heads(query, num_heads), _heads(key, num_heads), attn_mask)
    weights = dropped(weights, dropout_p, rng)
    side_by_side = primitives.permute_dims(weights @ _heads(value, num_heads), axes=(0, 2, 1, 3))
    return primitives.reshape(side_by_side, shape=(samples, length, features)), weights


def _heads(x: Tensor | Array, count: int) -> Tensor:
    samples, length, features = x.shape
    cut = primitives.reshape(x, shape=(samples, length, count, features // count))
    return primitives.permute_dims(cut, axes=(0, 2, 1, 3))
