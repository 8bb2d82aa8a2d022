"""Adaptive pooling: a result of a given size, whatever the size of the input. One window is global pooling."""

from collections.abc import Callable
from typing import Any

from reference_impl._array import Array
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import concat, mean
from reference_impl.functional.max_pooling import largest
from reference_impl.functional.samples import with_samples
from reference_impl.functional.windows import pool_windows, settled
from reference_impl.shapes import adaptive_pool_windows

Wanted = int | tuple[int | None, ...] | None


def adaptive_avg_pool1d(input: Array | Tensor, output_size: int) -> Tensor:
    r"""Average a sequence over windows that share it out evenly.

    $$y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$ with
        `output_size` $M = L'$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[3.0, 1.0, 5.0, 1.0, 5.0]])
        >>> F.adaptive_avg_pool1d(x, 3).tolist()  # (3 + 1) / 2, (1 + 5 + 1) / 3 = 2.33, (1 + 5) / 2
        [[2.0, 2.3333332538604736, 3.0]]
        >>> F.adaptive_avg_pool1d(x, 1).tolist()  # the global average, 15 / 5
        [[3.0]]
    """
    return _adaptive(1, "adaptive_avg_pool1d", _mean, input, output_size)


def adaptive_avg_pool2d(input: Array | Tensor, output_size: Wanted) -> Tensor:
    r"""Average an image over windows that share it out evenly.

    $$y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    One axis after the other: a window is a product of intervals.

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result along every axis, or along each; None keeps the size $W$ of the input.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$ with
        `output_size` $(H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[3.0, 1.0, 5.0, 7.0], [1.0, 5.0, 9.0, 1.0]]])
        >>> F.adaptive_avg_pool2d(x, (1, 2)).tolist()  # (3 + 1 + 1 + 5) / 4, (5 + 7 + 9 + 1) / 4
        [[[2.5, 5.5]]]
        >>> F.adaptive_avg_pool2d(x, (None, 1)).tolist(), F.adaptive_avg_pool2d(x, 1).tolist()  # 16 / 4 twice, 32 / 8
        ([[[4.0], [4.0]]], [[[4.0]]])
    """
    return _adaptive(2, "adaptive_avg_pool2d", _mean, input, output_size)


def adaptive_avg_pool3d(input: Array | Tensor, output_size: Wanted) -> Tensor:
    r"""Average a volume over windows that share it out evenly.

    $$y_n = \frac1{b_n - a_n} \sum_{i=a_n}^{b_n - 1} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    One axis after the other: a window is a product of intervals.

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result along every axis, or along each; None keeps the size $W$ of the input.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$ with
        `output_size` $(D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(24.0).reshape(1, 2, 3, 4)
        >>> F.adaptive_avg_pool3d(x, (1, 3, 2)).tolist()  # (0 + 1 + 12 + 13) / 4, (2 + 3 + 14 + 15) / 4, ...
        [[[[6.5, 8.5], [10.5, 12.5], [14.5, 16.5]]]]
        >>> F.adaptive_avg_pool3d(x, 1).tolist()  # the global average, (0 + 23) / 2
        [[[[11.5]]]]
    """
    return _adaptive(3, "adaptive_avg_pool3d", _mean, input, output_size)


def adaptive_max_pool1d(input: Array | Tensor, output_size: int) -> Tensor:
    r"""Take the largest entry of a sequence in windows that share it out evenly.

    $$y_n = \max_{a_n \le i < b_n} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    The gradient goes to the first of the entries that tie.

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or $(C, L')$ with
        `output_size` $M = L'$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[3.0, 1.0, 5.0, 1.0, 4.0]])
        >>> F.adaptive_max_pool1d(x, 3).tolist()  # of 3, 1; of 1, 5, 1; of 1, 4
        [[3.0, 5.0, 4.0]]
        >>> F.adaptive_max_pool1d(x, 1).tolist(), F.adaptive_max_pool1d(x, 5).tolist()  # of all; of one each
        ([[5.0]], [[3.0, 1.0, 5.0, 1.0, 4.0]])
    """
    return _adaptive(1, "adaptive_max_pool1d", _largest, input, output_size)


def adaptive_max_pool2d(input: Array | Tensor, output_size: Wanted) -> Tensor:
    r"""Take the largest entry of an image in windows that share it out evenly.

    $$y_n = \max_{a_n \le i < b_n} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    One axis after the other: a window is a product of intervals.

    The gradient goes to the first of the entries that tie.

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result along every axis, or along each; None keeps the size $W$ of the input.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or $(C, H', W')$ with
        `output_size` $(H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[3.0, 1.0, 5.0, 7.0], [1.0, 6.0, 9.0, 1.0]]])
        >>> F.adaptive_max_pool2d(x, (1, 2)).tolist(), F.adaptive_max_pool2d(x, (None, 1)).tolist()
        ([[[6.0, 9.0]]], [[[7.0], [9.0]]])
        >>> F.adaptive_max_pool2d(x, (None, 4)).tolist()  # of one entry each
        [[[3.0, 1.0, 5.0, 7.0], [1.0, 6.0, 9.0, 1.0]]]
    """
    return _adaptive(2, "adaptive_max_pool2d", _largest, input, output_size)


def adaptive_max_pool3d(input: Array | Tensor, output_size: Wanted) -> Tensor:
    r"""Take the largest entry of a volume in windows that share it out evenly.

    $$y_n = \max_{a_n \le i < b_n} x_i, \qquad
      a_n = \left\lfloor \frac{n W}{M} \right\rfloor, \quad
      b_n = \left\lceil \frac{(n + 1) W}{M} \right\rceil$$

    One axis after the other: a window is a product of intervals.

    The gradient goes to the first of the entries that tie.

    Args:
        input: The samples $x$, or one sample.
        output_size: The size $M$ of the result along every axis, or along each; None keeps the size $W$ of the input.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A size isn't at least 1.
        TypeError: A size isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or $(C, D', H', W')$ with
        `output_size` $(D', H', W')$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(24.0).reshape(1, 2, 3, 4) % 7  # of 0, 1, ..., 6, 0, 1, ...
        >>> F.adaptive_max_pool3d(x, (2, 3, 1)).tolist()  # of 0, 1, 2, 3; of 4, 5, 6, 0; ...
        [[[[3.0], [6.0], [4.0]], [[6.0], [5.0], [6.0]]]]
    """
    return _adaptive(3, "adaptive_max_pool3d", _largest, input, output_size)


def _adaptive(
    axes: int, name: str, reduce: Callable[..., Tensor], input: Array | Tensor, output_size: Any
) -> Tensor:
    def of_batch(batch: Tensor | Array) -> Tensor:
        result, size = batch, tuple(batch.shape[2:])
        wanted = _wanted(settled(output_size), size)
        for axis in reversed(range(axes)):
            windows: Any = adaptive_pool_windows(size[axis], wanted[axis])
            before = (slice(None),) * (axis + 2)
            parts = [reduce(result[(*before, slice(start, end), ...)], axis + 2) for start, end in windows]
            result = concat(parts, axis=axis + 2)
        return result

    return with_samples(name, axes, input, of_batch)


def _wanted(output_size: Any, size: tuple[int, ...]) -> tuple[int, ...]:
    wanted = output_size if isinstance(output_size, tuple) else (output_size,) * len(size)
    if len(wanted) != len(size):
        rule = f"must be one int or a tuple of {len(size)}, one for each axis"
        refuse("output_size", output_size, rule, f"pass e.g. output_size={size}")
    return tuple(found if number is None else number for number, found in zip(wanted, size, strict=True))


def _mean(x: Tensor | Array, axis: int) -> Tensor:
    return mean(x, axis=axis, keepdims=True)


def _largest(x: Tensor | Array, axis: int) -> Tensor:
    """Take the largest entry along one axis: a pooling with a single window there."""
    kernel = tuple(size if number == axis else 1 for number, size in enumerate(x.shape[2:], start=2))
    return largest(x, windows=pool_windows(tuple(x.shape[2:]), kernel, kernel, 0, 1, False))
