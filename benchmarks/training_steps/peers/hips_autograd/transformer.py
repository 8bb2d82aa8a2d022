"""The encoder block of a transformer, which normalises first."""

import autograd.numpy as np

from benchmarks.training_steps.workloads import FEATURES, HEADS, Arrays


def forward(p: Arrays, x: np.ndarray) -> np.ndarray:
    """Compute what the block gives."""
    x = x + _attended(p, _normalised(p, "norm1", x))
    return x + _linear(p, "linear2", np.maximum(_linear(p, "linear1", _normalised(p, "norm2", x)), 0))


def _attended(p: Arrays, x: np.ndarray) -> np.ndarray:
    n, length, _ = x.shape
    size = FEATURES // HEADS
    projected = x @ p["self_attn.in_proj_weight"].T + p["self_attn.in_proj_bias"]
    q, k, v = np.transpose(np.reshape(projected, (n, length, 3, HEADS, size)), (2, 0, 3, 1, 4))
    products = q @ np.swapaxes(k, -1, -2) / size**0.5
    powers = np.exp(products - np.max(products, axis=-1, keepdims=True))
    weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return _linear(p, "self_attn.out_proj", np.reshape(np.swapaxes(weights @ v, 1, 2), x.shape))


def _linear(p: Arrays, name: str, x: np.ndarray) -> np.ndarray:
    return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]


def _normalised(p: Arrays, name: str, x: np.ndarray) -> np.ndarray:
    centred = x - np.mean(x, axis=-1, keepdims=True)
    deviation = np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + 1e-5)
    return centred / deviation * p[f"{name}.weight"] + p[f"{name}.bias"]
