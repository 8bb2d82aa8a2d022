"""A linear map whose matrix is a sum of Kronecker products."""

from reference_impl._array import Array
from reference_impl.autograd import Tensor, primitives
from reference_impl.functional.affine import linear


def hypercomplex_linear(
    input: Tensor | Array,
    algebra: Tensor | Array,
    weight: Tensor | Array,
    bias: Tensor | Array | None = None,
) -> Tensor:
    r"""Multiply each input vector by a sum of $n$ Kronecker products and add a vector.

    $$y = H x + b, \qquad H = \sum_{i=1}^n A_i \otimes S_i$$

    The matrices $A_i$ say how $n$ components are multiplied, as the rules for $i$, $j$ and $k$ do for quaternions; here
    they are learned. $H$ has $1/n$ of the free entries of a matrix of its size.

    Args:
        input: The vectors $x$, along the last axis.
        algebra: The matrices $A_i$: the rule of multiplication.
        weight: The matrices $S_i$.
        bias: The vector $b$; None adds nothing.

    Returns:
        The vectors $y$.

    Raises:
        RuntimeError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, d)$, `algebra` $(n, n, n)$, `weight` $(n, k/n, d/n)$, `bias` $(k)$; result $(*, k)$.

    Examples:
        With $A_1 = \begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}$ and
        $A_2 = \begin{pmatrix} 0 & -1 \\ 1 & 0 \end{pmatrix}$ this is multiplication by a complex number:
        $(3 + 2i)(5 + 1i) = 13 + 13i$.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> algebra = torch.tensor([[[1.0, 0.0], [0.0, 1.0]], [[0.0, -1.0], [1.0, 0.0]]])
        >>> weight = torch.tensor([[[3.0]], [[2.0]]])
        >>> F.hypercomplex_linear(torch.tensor([[5.0, 1.0]]), algebra, weight).tolist()
        [[13.0, 13.0]]

    Source:
        Zhang et al., [Beyond fully-connected layers with quaternions](https://arxiv.org/abs/2102.08597), ICLR 2021.
    """
    count, rows, columns = weight.shape
    flat = primitives.matmul(
        primitives.matrix_transpose(primitives.reshape(algebra, shape=(count, count * count))),
        primitives.reshape(weight, shape=(count, rows * columns)),
    )
    blocks = primitives.reshape(flat, shape=(count, count, rows, columns))
    matrix = primitives.permute_dims(blocks, axes=(0, 2, 1, 3))
    return linear(input, primitives.reshape(matrix, shape=(count * rows, count * columns)), bias)
