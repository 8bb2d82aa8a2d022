"""Sums of features and of their products, which lose few digits in float32 also where the features hardly vary."""

from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.shift.precision import in_double


class Sums:
    r"""The sum of $\varphi$ over points, added up block by block.

    Within a block, sums have the precision of the features. So they are those of the distances $\varphi - c$ to the
    mean $c$ of the first block, which are small where a bump is wide, and float64 puts $c$ back.
    """

    def __init__(self) -> None:
        self.points = 0
        self._first: Array | None = None
        self._gaps: Any = 0.0

    def add(self, features: Array) -> Array:
        """Add the features (rows, columns) of some points, and return their distances to c."""
        xp = namespace(features)
        if self._first is None:
            self._first = xp.mean(features, axis=0)
        gaps = features - self._first
        self.points += gaps.shape[0]
        self._gaps = self._gaps + in_double(xp.matmul(xp.ones_like(gaps[:, 0]), gaps))
        return gaps

    def mean(self) -> Array:
        """Return the mean (columns,), in float64."""
        return in_double(self._first) + self._gaps / self.points


class Products(Sums):
    r"""The sum of $\varphi \varphi^\top$ too."""

    def __init__(self) -> None:
        super().__init__()
        self._products: Any = 0.0

    def add(self, features: Array) -> Array:
        """Add the features (rows, columns) of some points, and return their distances to c."""
        gaps = super().add(features)
        xp = namespace(gaps)
        self._products = self._products + in_double(xp.matmul(xp.matrix_transpose(gaps), gaps))
        return gaps

    def total(self) -> Array:
        """Return the sum (columns, columns), in float64."""
        center = in_double(self._first)
        across = center[:, None] * (self._gaps + self.points / 2 * center)[None, :]
        return self._products + across + namespace(center).matrix_transpose(across)
