"""Ours and torch behind the same names, so that one test body runs under both."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import array_api_compat.torch
import array_api_strict
import numpy as np
import torch

from doccheck import sim
from reference_impl import autograd, layers, optim
from reference_impl import functional as F
from reference_impl._array import from_numpy, to_numpy

sim.register()


class Ours:
    """reference_impl on the arrays of one library and device."""

    def __init__(self, name: str, empty: Callable[[Any], Any], dtypes: Any) -> None:
        self.name, self.empty, self.dtypes = name, empty, dtypes
        self.F, self.optim, self.xp = F, optim, autograd.primitives
        self.no_grad, self.grad, self.vjp = autograd.no_grad, autograd.grad, autograd.vjp
        self.value_and_grad, self.jvp, self.hvp = autograd.value_and_grad, autograd.jvp, autograd.hvp
        self.jacobian, self.hessian = autograd.jacobian, autograd.hessian
        self.layers = SimpleNamespace(**vars(layers) | {"Linear": self._linear})

    def __repr__(self) -> str:
        return self.name

    def array(self, values: np.ndarray) -> Any:
        """Move NumPy's values to this library and device."""
        return from_numpy(values, like=self.empty(getattr(self.dtypes, str(values.dtype))))

    def tensor(self, values: np.ndarray, requires_grad: bool = False) -> Any:
        """Make a tensor of NumPy's values."""
        return autograd.Tensor(self.array(values), requires_grad)

    def _linear(self, *sizes: int, dtype: str, **options: Any) -> Any:
        like = self.empty(getattr(self.dtypes, dtype))
        return layers.Linear(*sizes, **options, rng=np.random.default_rng(0), like=like)

    def values(self, result: Any) -> np.ndarray:
        """Copy a tensor or an array to NumPy, once it is seen to be of this library and device."""
        array = result.data if isinstance(result, autograd.Tensor) else result
        expected = self.empty(array.dtype)
        assert type(array) is type(expected), f"{type(array)} came out for {type(expected)}"
        assert array.device == expected.device, f"{array.device} came out for {expected.device}"
        return to_numpy(array)


def _torch_pad(x: torch.Tensor, pad_width: Any, *, constant_values: float = 0.0) -> torch.Tensor:
    widths = ((pad_width, pad_width),) * x.ndim if isinstance(pad_width, int) else pad_width
    last_axis_first = [size for pair in reversed(widths) for size in pair]
    return torch.nn.functional.pad(x, last_axis_first, value=constant_values)


BEYOND_THE_STANDARD = {
    "logsumexp": lambda x, *, axis, keepdims=False: torch.logsumexp(x, axis, keepdims),
    "pad": _torch_pad,
    "split": lambda x, sizes, *, axis=0: torch.split(x, sizes, dim=axis),
}
"""What our namespace of primitives has and the array API standard lacks, made of torch's functions."""


class Torch:
    """torch on the CPU: the oracle."""

    name = "the oracle"

    def __init__(self) -> None:
        functions = {"logsumexp": torch.logsumexp, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
        self.F = SimpleNamespace(**vars(torch.nn.functional) | functions)
        self.optim, self.no_grad = torch.optim, torch.no_grad
        self.xp = SimpleNamespace(**vars(array_api_compat.torch) | BEYOND_THE_STANDARD)
        self.grad, self.vjp, self.jacobian = torch.func.grad, torch.func.vjp, torch.func.jacrev
        self.jvp, self.hessian = torch.autograd.functional.jvp, torch.autograd.functional.hessian
        self.layers = SimpleNamespace(**vars(torch.nn) | {"Linear": self._linear})

    def array(self, values: np.ndarray) -> torch.Tensor:
        """Copy NumPy's values."""
        return torch.tensor(values)

    def tensor(self, values: np.ndarray, requires_grad: bool = False) -> torch.Tensor:
        """Make a tensor of NumPy's values."""
        return torch.tensor(values, requires_grad=requires_grad)

    def value_and_grad(self, f: Callable[..., Any], argnums: int | tuple[int, ...] = 0) -> Callable[..., Any]:
        """Turn round what torch calls grad_and_value."""
        both = torch.func.grad_and_value(f, argnums)
        return lambda *args: both(*args)[::-1]

    def hvp(self, f: Callable[..., Any], primals: Any, tangents: Any) -> Any:
        """Leave the value out that torch returns first."""
        return torch.autograd.functional.hvp(f, primals, tangents)[1]

    def _linear(self, *sizes: int, dtype: str, **options: Any) -> torch.nn.Linear:
        return torch.nn.Linear(*sizes, **options, dtype=getattr(torch, dtype))

    def values(self, result: torch.Tensor) -> np.ndarray:
        """Copy a tensor to NumPy."""
        return result.numpy(force=True).copy()


def _empty_torch(device: str, dtype: Any) -> torch.Tensor:
    return torch.empty(0, dtype=dtype, device=device)


def _empty_strict(device: str, dtype: Any) -> Any:
    return array_api_strict.empty(0, dtype=dtype, device=array_api_strict.Device(device))


def _empty_numpy(dtype: Any) -> np.ndarray:
    return np.empty(0, dtype)


OURS = [
    Ours("numpy", _empty_numpy, np),
    Ours("array-api-strict", partial(_empty_strict, "CPU_DEVICE"), array_api_strict),
    Ours("array-api-strict on device1", partial(_empty_strict, "device1"), array_api_strict),
    Ours("torch", partial(_empty_torch, "cpu"), torch),
    Ours("torch on sim", partial(_empty_torch, "sim:0"), torch),
]
if torch.cuda.is_available():
    OURS.append(Ours("torch on cuda", partial(_empty_torch, "cuda:0"), torch))
ORACLE = Torch()
