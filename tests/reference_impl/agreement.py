"""Comparing one test body under ours and under the oracle, and keeping the largest difference that was seen.

Differences are relative. Of a result, entry by entry, or where terms of either sign are summed, to the largest number
that came in or out. Of a gradient, to the largest entry of it or of the gradient that was carried back.
"""

import math
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

import numpy as np
from libraries import ORACLE, OURS

LIMITS = {"float64": 1e-12, "float32": 1e-5}
MARGIN = 10

Measured = dict[str, Any]
Run = Callable[..., Any]


class Comparison:
    """The comparisons of one public name with its oracle, in one precision."""

    def __init__(self, precision: str, committed: Measured | None, measured: Measured | None = None) -> None:
        self.precision = precision
        self.committed = committed or {}
        self.worst: Measured = {"configurations": 0} if measured is None else measured
        self.compared_before = self.worst["configurations"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            assert self.worst["configurations"] > self.compared_before, "nothing was compared"

    def __call__(self, run: Run, *inputs: np.ndarray, sums: bool = False) -> None:
        """Compare the results of `run(library, *tensors)`, and their gradients."""
        cast = [self.cast(values) for values in inputs]
        expected, for_inputs, direction = differentiate(ORACLE, run, cast, None)
        for library in OURS:
            result, gradients, _ = differentiate(library, run, cast, direction)
            self.close(
                "forward", library, result, expected, _largest(*cast, expected) if sums else abs(expected)
            )
            for gradient, wanted in zip(gradients, for_inputs, strict=True):
                self.close("gradient", library, gradient, wanted, _largest(direction, wanted))
        self.worst["configurations"] += 1

    def arrays(self, kind: str, run: Run, *inputs: np.ndarray) -> None:
        """Compare the arrays that `run(library, *arrays)` returns."""
        cast = [self.cast(values) for values in inputs]
        expected = [ORACLE.values(array) for array in run(ORACLE, *map(ORACLE.array, cast))]
        for library in OURS:
            found = run(library, *map(library.array, cast))
            for array, wanted in zip(found, expected, strict=True):
                self.close(kind, library, library.values(array), wanted, _largest(*cast, wanted))
        self.worst["configurations"] += 1

    def numbers(
        self, kind: str, found: Sequence[float], expected: Sequence[float], sums: bool = False
    ) -> None:
        """Compare sequences of Python's numbers."""
        wanted = np.asarray(expected, np.float64)
        scale = _largest(wanted) if sums else abs(wanted)
        self.close(kind, "Python", np.asarray(found, np.float64), wanted, scale)
        self.worst["configurations"] += 1

    def cast(self, values: np.ndarray) -> np.ndarray:
        """Give floating-point values the precision of this comparison."""
        return values.astype(self.precision) if values.dtype.kind == "f" else values

    def close(self, kind: str, library: Any, found: np.ndarray, expected: np.ndarray, scale: Any) -> None:
        """Raise unless dtype and shape are equal and the values close; note how close."""
        assert found.dtype == expected.dtype, f"{kind}, {library}: {found.dtype} for {expected.dtype}"
        assert found.shape == expected.shape, f"{kind}, {library}: {found.shape} for {expected.shape}"
        error = abs(found - expected)
        with np.errstate(invalid="ignore", divide="ignore"):
            relative = np.where(error > 0, error / scale, 0.0)
        worst = float(relative.max(initial=0.0))
        limit = LIMITS[self.precision]
        if kind in self.committed:
            limit = min(limit, MARGIN * max(self.committed[kind], float(np.finfo(self.precision).eps)))
        assert worst <= limit, f"{kind}, {library}: {found} for {expected}, a relative difference of {worst}"
        self.worst[kind] = max(self.worst.get(kind, 0.0), worst)


def differentiate(
    library: Any, run: Run, inputs: Sequence[np.ndarray], direction: np.ndarray | None
) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """Return the result of `run`, the gradients of its floating-point inputs, and the direction carried back."""
    tensors = [library.tensor(values, requires_grad=values.dtype.kind == "f") for values in inputs]
    result = run(library, *tensors)
    values = library.values(result)
    if direction is None:
        direction = np.asarray(np.cos(1.0 + np.arange(values.size)), values.dtype).reshape(values.shape)
    result.backward(library.array(direction))
    leaves = [tensor for tensor in tensors if tensor.requires_grad]
    for tensor, before in zip(tensors, inputs, strict=True):
        assert np.array_equal(library.values(tensor), before), f"{library}: an input was changed"
    zeros = [np.zeros(leaf.shape, values.dtype) for leaf in leaves]
    gradients = [
        zero if leaf.grad is None else library.values(leaf.grad)
        for leaf, zero in zip(leaves, zeros, strict=True)
    ]
    return values, gradients, direction


def _largest(*arrays: np.ndarray) -> float:
    return max(float(abs(array).max(initial=0.0)) for array in arrays)


def second_gradients(library: Any, run: Run, *inputs: Any) -> tuple[Any, ...]:
    """Return the gradients of a weighed sum of all gradients of a weighed sum of the result of `run`."""

    def weighed(result: Any) -> Any:
        count = math.prod(result.shape)
        weights = np.sin(1.0 + np.arange(count)).reshape(tuple(result.shape))
        return (result * library.array(weights)).sum()

    every = tuple(range(len(inputs)))
    first = library.grad(lambda *xs: weighed(run(library, *xs)), every)
    return library.grad(lambda *xs: sum(weighed(gradient) for gradient in first(*xs)), every)(*inputs)
