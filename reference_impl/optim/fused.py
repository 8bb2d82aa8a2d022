"""Ordinary operators over the fused operations of torch, so that a rule reads like its paper and is fast.

`0.9 * m + 0.1 * g` is three passes over memory, and torch has an operation that does it in one. A `Fused` puts off what
torch can do together with the next operation: it stands for `addend + factor * array * times / over`.
"""

import math
from types import SimpleNamespace
from typing import Any, Self

from reference_impl._array import Array

Number = float | int


class Fused:
    """An array of torch that is computed as late as possible."""

    __slots__ = ("addend", "array", "factor", "over", "times")

    def __init__(
        self,
        array: Array,
        factor: Number = 1,
        times: Array | None = None,
        over: Array | None = None,
        addend: Array | None = None,
    ) -> None:
        self.array, self.factor, self.times, self.over, self.addend = array, factor, times, over, addend

    def __array_namespace__(self, api_version: str | None = None) -> Any:
        """Return the functions that rules call."""
        return FUNCTIONS

    def value(self) -> Array:
        """Compute the array, once."""
        array, factor = self.array, self.factor
        if self.addend is not None:
            if self.times is not None:
                array = self.addend.addcmul(array, self.times, value=factor)
            elif self.over is not None:
                array = self.addend.addcdiv(array, self.over, value=factor)
            else:
                array = self.addend.add(array, alpha=factor)
        else:
            if self.times is not None:
                array = array * self.times
            elif self.over is not None:
                array = array / self.over
            if factor != 1:
                array = array * factor
        self.array, self.factor, self.times, self.over, self.addend = array, 1, None, None, None
        return array

    def store(self, target: Array) -> None:
        """Overwrite `target`, in place where it is what is added to."""
        in_place = self.addend is target
        if not in_place:
            target.copy_(self.value())
        elif self.times is not None:
            target.addcmul_(self.array, self.times, value=self.factor)
        elif self.over is not None:
            target.addcdiv_(self.array, self.over, value=self.factor)
        else:
            target.add_(self.array, alpha=self.factor)

    def _scaled(self) -> Self:
        """Leave at most a factor put off."""
        if self.addend is not None or self.times is not None or self.over is not None:
            self.value()
        return self

    def __mul__(self, other: Self | Number) -> "Fused":
        if isinstance(other, Fused):
            one, two = self._scaled(), other._scaled()
            return Fused(one.array, one.factor * two.factor, times=two.array)
        if self.addend is not None:
            return Fused(self.value(), other)
        return Fused(self.array, self.factor * other, self.times, self.over)

    def __truediv__(self, other: Self | Number) -> "Fused":
        if not isinstance(other, Fused):
            return self * (1 / other)
        one, two = self._scaled(), other._scaled()
        divisor, factor = (two.array, two.factor) if two.factor else (two.value(), 1)
        return Fused(one.array, one.factor / factor, over=divisor)

    def __rtruediv__(self, other: Number) -> "Fused":
        return Fused(self.value().reciprocal(), other)

    def __add__(self, other: Self | Number) -> "Fused":
        if not isinstance(other, Fused):
            one = self._scaled()
            if not one.factor:
                return Fused(one.value() + other)
            return Fused(one.array + other / one.factor, one.factor)
        if other.addend is not None:
            other.value()
        if (
            self.times is self.over is self.addend is other.times is other.over is None
            and self.factor + other.factor == 1
        ):
            return Fused(self.array.lerp(other.array, other.factor))
        return Fused(other.array, other.factor, other.times, other.over, addend=self.value())

    def __pow__(self, exponent: int) -> "Fused":
        return self * self if exponent == 2 else Fused(self.value() ** exponent)

    def __neg__(self) -> "Fused":
        return self * -1

    def __sub__(self, other: Self | Number) -> "Fused":
        return self + -other

    __radd__, __rmul__ = __add__, __mul__


def _sqrt(x: Fused) -> Fused:
    if x.addend is x.times is x.over is None and x.factor > 0:
        return Fused(x.array.sqrt(), math.sqrt(x.factor))
    return Fused(x.value().sqrt())


FUNCTIONS = SimpleNamespace(
    __name__="fused operations of torch",
    abs=lambda x: Fused(x.value().abs()),
    asarray=lambda x, copy: x,
    clip=lambda x, least, most: Fused(x.value().clamp(least, most)),
    maximum=lambda x, y: Fused(x.value().maximum(y.value())),
    sqrt=_sqrt,
)
