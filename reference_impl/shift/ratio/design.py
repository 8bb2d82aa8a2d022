"""The rows of a logistic regression, source against target, in blocks."""

from collections.abc import Iterator

from reference_impl._array import Array
from reference_impl.shift.ratio.blocks import double_blocks
from reference_impl.shift.ratio.features.signature import Columns

KEPT = 1 << 24
"""Up to so many entries of features are kept between passes: 128 MB; beyond, they are computed in each pass."""


class Design:
    """Features of both samples, which `columns` computes from points of float64."""

    def __init__(self, columns: Columns, source: Array, target: Array) -> None:
        self.columns, self.source, self.target = columns, source, target
        self.rows = source.shape[0] + target.shape[0]
        self.features = columns(next(double_blocks(source[:1, :]))).shape[1]
        self._kept: list[tuple[Array, float]] | None = None
        if self.rows * self.features <= KEPT:
            self._kept = list(self._compute())

    def __iter__(self) -> Iterator[tuple[Array, float]]:
        """Yield blocks of features (rows, columns), with 0 for the source and 1 for the target."""
        return iter(self._kept) if self._kept is not None else self._compute()

    def _compute(self) -> Iterator[tuple[Array, float]]:
        for sample, label in ((self.source, 0.0), (self.target, 1.0)):
            for block in double_blocks(sample, self.features):
                yield self.columns(block), label

    def thinned(self, step: int) -> "Design":
        """Return the design of every so-manieth row."""
        return Design(self.columns, self.source[::step, :], self.target[::step, :])
