"""TorchDrift."""

from collections.abc import Callable

import numpy as np
import torch
from torchdrift.detectors.mmd import kernel_mmd

PACKAGES = ("torchdrift", "torch")


def _kernel_mmd(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], float]:
    source, target = (torch.from_numpy(arrays[name]) for name in ("source", "target"))
    permutations = int(arrays["permutations"])
    return lambda: float(kernel_mmd(source, target, n_perm=permutations)[1])


METHODS = {"kernel_mmd": _kernel_mmd}
