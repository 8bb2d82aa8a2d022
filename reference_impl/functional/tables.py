"""Rows of a table, looked up by number."""

from reference_impl._array import Array, check_same_place, describe, is_integer, namespace
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of


def embedding(input: Tensor | Array, weight: Tensor | Array, padding_idx: int | None = None) -> Tensor:
    r"""Look up the row of a table for each number.

    $$y = W_x, \qquad \bar W_k = \sum_{x = k} \bar y$$

    Args:
        input: The numbers $x$, integers from 0 to $K - 1$.
        weight: The table $W$.
        padding_idx: A number whose row gets no gradient, used to fill short sequences up; negative ones count from
            the end.

    Returns:
        The rows $y$.

    Raises:
        TypeError: `input` doesn't hold integers.
        IndexError: A number is negative, or not below $K$.
        ValueError: `padding_idx` is no row of the table.

    Shape:
        `input` $(*)$, `weight` $(K, d)$; result $(*, d)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> from reference_impl.autograd import Tensor
        >>> table = Tensor(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), requires_grad=True)
        >>> rows = F.embedding(torch.tensor([1, 0, 1, 2]), table, padding_idx=2)
        >>> rows.sum().backward()
        >>> rows.tolist(), table.grad.tolist()  # row 1 was taken twice; row 2 is padding
        ([[3.0, 4.0], [1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [[1.0, 1.0], [2.0, 2.0], [0.0, 0.0]])

    Source:
        Bengio et al., [A neural probabilistic language model](https://jmlr.org/papers/v3/bengio03a.html), 2003.
    """
    numbers, count = array_of(input), weight.shape[0]
    check_same_place(array_of(weight), numbers)
    if not is_integer(numbers):
        raise TypeError(f"`input` (={describe(numbers)}) must hold numbers of rows; convert it to integers")
    padding = checked_padding(padding_idx, count)
    xp = namespace(numbers)
    column = xp.astype(xp.reshape(numbers, shape=(-1,)), xp.int64)
    if xp.any(column < 0):
        raise IndexError("index out of range in self: `input` has numbers below 0; shift them")
    rows = primitives.take(weight, column, axis=0)
    if padding is not None:
        rows = primitives.where((column != padding)[:, None], rows, array_of(rows))
    return primitives.reshape(rows, shape=(*numbers.shape, weight.shape[1]))


def checked_padding(padding_idx: int | None, count: int) -> int | None:
    """Return `padding_idx` counted from the start, once it is seen to be a row of a table with `count` rows."""
    if padding_idx is None:
        return None
    if not -count <= padding_idx < count:
        refuse(
            "padding_idx", padding_idx, f"must be within the {count} rows of the table", "choose one of them"
        )
    return padding_idx % count
