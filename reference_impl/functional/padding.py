"""Entries around those of an axis, in torch's modes."""

from collections.abc import Sequence

from reference_impl._array import Array
from reference_impl._checks import check_choice, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import alias, concat, flip
from reference_impl.autograd.primitives import pad as pad_with

MODES = ("constant", "reflect", "replicate", "circular")


def pad(input: Array | Tensor, pad: Sequence[int], mode: str = "constant", value: float = 0.0) -> Tensor:
    r"""Put entries before and after those of an axis.

    With $P$ entries before an axis of length $W$ and $Q$ behind it, the result is

    $$(u_1, \dots, u_P, \; x_0, \dots, x_{W-1}, \; v_1, \dots, v_Q)$$

    | mode | $u$ | $v$ |
    | --- | --- | --- |
    | `"constant"` | `value` | `value` |
    | `"reflect"` | $x_P, \dots, x_1$ | $x_{W-2}, \dots, x_{W-1-Q}$ |
    | `"replicate"` | $x_0$ | $x_{W-1}$ |
    | `"circular"` | $x_{W-P}, \dots, x_{W-1}$ | $x_0, \dots, x_{Q-1}$ |

    Args:
        input: The entries $x$.
        pad: $P$ and $Q$ of the last axis, then those of the axis before it, and so on. With `"constant"`, a negative
            number cuts entries off.
        mode: What the new entries are.
        value: The new entries of `"constant"`.

    Returns:
        The entries $x$ with others around them.

    Raises:
        ValueError: The mode is unknown, the numbers are odd in number or too many, or the mode can't make so many
            entries of those of the axis.

    Shape:
        `input` $(*, W)$; result $(*, P + W + Q)$ for `pad=(P, Q)`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[1.0, 2.0, 3.0]])
        >>> F.pad(x, (2, 1), mode="reflect").tolist(), F.pad(x, (2, 1), mode="replicate").tolist()
        ([[3.0, 2.0, 1.0, 2.0, 3.0, 2.0]], [[1.0, 1.0, 1.0, 2.0, 3.0, 3.0]])
        >>> F.pad(x, (2, 1), mode="circular").tolist(), F.pad(x, (-1, 0, 0, 1), value=7.0).tolist()
        ([[2.0, 3.0, 1.0, 2.0, 3.0, 1.0]], [[2.0, 3.0], [7.0, 7.0]])
        >>> F.pad(x, (0, 1)).tolist()
        [[1.0, 2.0, 3.0, 0.0]]
    """
    check_choice("mode", mode, MODES)
    if len(pad) % 2 or len(pad) > 2 * input.ndim:
        rule = f"must hold two numbers for each axis that is padded, and `input` has {input.ndim} axes"
        refuse("pad", tuple(pad), rule, "pass e.g. pad=(1, 1) for the last axis")
    result = alias(input)
    for at in range(0, len(pad), 2):
        axis, (before, after) = input.ndim - 1 - at // 2, pad[at : at + 2]
        if mode == "constant":
            result = _with_value(
                _cut(result, axis, -before, -after), axis, max(before, 0), max(after, 0), value
            )
        elif before or after:
            result = _with_own(result, axis, before, after, mode)
    return result


def _cut(x: Tensor, axis: int, before: int, after: int) -> Tensor:
    """Cut so many entries off; of none or fewer, nothing."""
    return _part(x, axis, max(before, 0), x.shape[axis] - max(after, 0))


def _with_value(x: Tensor, axis: int, before: int, after: int, value: float) -> Tensor:
    widths = [(0, 0)] * x.ndim
    widths[axis] = (before, after)
    return pad_with(x, widths, constant_values=value)


def _with_own(x: Tensor, axis: int, before: int, after: int, mode: str) -> Tensor:
    size = x.shape[axis]
    most = {"reflect": size - 1, "replicate": before + after, "circular": size}[mode]
    if not 0 <= min(before, after) <= max(before, after) <= most:
        rule = f"must lie between 0 and {most} for an axis of {size} in mode {mode!r}"
        refuse("pad", (before, after), rule, "pad less, or with mode='constant'")
    parts = _AROUND[mode](x, axis, before, after, size)
    return concat([part for part in parts if part.shape[axis]], axis=axis)


def _reflected(x: Tensor, axis: int, before: int, after: int, size: int) -> list[Tensor]:
    first, last = _part(x, axis, 1, before + 1), _part(x, axis, size - 1 - after, size - 1)
    return [flip(first, axis=axis), x, flip(last, axis=axis)]


def _replicated(x: Tensor, axis: int, before: int, after: int, size: int) -> list[Tensor]:
    return [_part(x, axis, 0, 1)] * before + [x] + [_part(x, axis, size - 1, size)] * after


def _wrapped(x: Tensor, axis: int, before: int, after: int, size: int) -> list[Tensor]:
    return [_part(x, axis, size - before, size), x, _part(x, axis, 0, after)]


_AROUND = {"reflect": _reflected, "replicate": _replicated, "circular": _wrapped}


def _part(x: Tensor, axis: int, start: int, end: int) -> Tensor:
    return x[(*(slice(None),) * axis, slice(start, end), ...)]
