"""Our own ratios on tensors of torch on a CUDA device."""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from benchmarks.shift_scale.peers import reference

PACKAGES = ("torch", "numpy", "array-api-compat")
DEVICE = "cuda"


def _method(of_arrays: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        moved = {name: torch.from_numpy(array).to(DEVICE) for name, array in arrays.items()}
        run = of_arrays(moved, seed)
        return lambda: run().cpu().numpy()

    return prepare


METHODS = {name: _method(method) for name, method in reference.METHODS.items()}
