"""Comparing an optimizer with the formula of its paper, in higher precision."""

from typing import Any

import numpy as np
import torch
from draws import seeds, shapes, values
from hypothesis import given
from paper_formulas import FORMULAS
from settings_drawn import PAPER

from reference_impl import optim

STEPS = 8
ONLY_ON_PAPER = {"SGDW", "AdaBound"}
"""Whose variants are both drawn, because torch has neither."""


def longdouble(library: Any, arrays: tuple[Any, ...]) -> list[np.ndarray]:
    """Copy arrays of the oracle to NumPy's long double."""
    return [library.values(array).astype(np.longdouble) for array in arrays]


def rounded(result: np.ndarray, like: torch.Tensor) -> list[torch.Tensor]:
    """Round a result of the formulas."""
    return [torch.tensor(np.asarray(result.astype(str(like.dtype).removeprefix("torch."))))]


def compare_with_paper(compare: Any, name: str, kind: str) -> None:
    """Compare some steps of an optimizer, on drawn settings."""
    variant = {} if name in ONLY_ON_PAPER else {"variant": "paper"}

    @given(seed=seeds, shape=shapes(most=2), settings=PAPER[name])
    def drawn(seed: int, shape: tuple[int, ...], settings: dict[str, Any]) -> None:
        def run(library: Any, start: Any, *gradients: Any) -> list[Any]:
            if library.name == "the oracle":
                theta, *slopes = longdouble(library, (start, *gradients))
                return rounded(FORMULAS[name](theta, slopes, settings), like=start)
            parameter = library.tensor(library.values(start).copy(), requires_grad=True)
            optimizer = getattr(optim, name)([parameter], **settings, **variant)
            for gradient in gradients:
                parameter.grad = gradient
                optimizer.step()
            return [parameter.data]

        compare.arrays(kind, run, *(values(seed + number, shape) for number in range(STEPS + 1)))

    drawn()
