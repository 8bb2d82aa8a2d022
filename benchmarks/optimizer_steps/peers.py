"""The peers. Each makes a function that takes one step of a rule, on parameters and gradients of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.optimizer_steps.expressions import EXPRESSIONS
from benchmarks.optimizer_steps.rules import RULES
from reference_impl import optim
from reference_impl.autograd import Tensor

Step = Callable[[], object]
Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Peer:
    """Who is timed: how its step is made, on which device, and the packages whose versions are told."""

    name: str
    make_step: Callable[[str, Arrays, str], Step]
    packages: tuple[str, ...]
    device: str = "cpu"


def ours_on_numpy(name: str, arrays: Arrays, device: str) -> Step:
    """Drive a tensor of ours, which holds NumPy's array."""
    kind, options = RULES[name]
    parameter = Tensor(arrays[0], requires_grad=True)
    parameter.grad = arrays[1]
    step: Step = getattr(optim, kind)([parameter], **options).step
    return step


def ours_on_torch(name: str, arrays: Arrays, device: str) -> Step:
    """Drive a parameter of torch by our rule."""
    kind, options = RULES[name]
    step: Step = getattr(optim, kind)([_parameter(arrays, device)], **options).step
    return step


def torchs(name: str, arrays: Arrays, device: str) -> Step:
    """Drive a parameter of torch by torch's rule, one tensor after the other."""
    import torch

    kind, options = RULES[name]
    step: Step = getattr(torch.optim, kind)([_parameter(arrays, device)], foreach=False, **options).step
    return step


def by_hand(name: str, arrays: Arrays, device: str) -> Step:
    """Evaluate the expression on NumPy's arrays."""
    return EXPRESSIONS[name](*arrays)


def _parameter(arrays: Arrays, device: str) -> Any:
    import torch

    values, gradient = (torch.as_tensor(array, device=device) for array in arrays)
    parameter = torch.nn.Parameter(values)
    parameter.grad = gradient
    return parameter


PEERS = [
    Peer("reference_impl on torch", ours_on_torch, ("torch", "array-api-compat")),
    Peer("torch", torchs, ("torch",)),
    Peer("reference_impl on NumPy", ours_on_numpy, ("numpy", "array-api-compat")),
    Peer("NumPy by hand", by_hand, ("numpy",)),
]
CUDA_PEERS = [
    Peer("reference_impl on torch, CUDA", ours_on_torch, ("torch", "array-api-compat"), "cuda"),
    Peer("torch, CUDA", torchs, ("torch",), "cuda"),
]
PAIRS = [
    ("reference_impl on torch", "torch"),
    ("reference_impl on NumPy", "NumPy by hand"),
    ("reference_impl on torch, CUDA", "torch, CUDA"),
]
"""Which of ours is measured by which."""
