"""The encoder block of a transformer, which normalises first."""

import jax
import jax.numpy as jnp

from benchmarks.training_steps.workloads import FEATURES, HEADS

Parameters = dict[str, jax.Array]


def forward(p: Parameters, x: jax.Array) -> jax.Array:
    """Compute what the block gives."""
    x = x + _attended(p, _normalised(p, "norm1", x))
    return x + _linear(p, "linear2", jax.nn.relu(_linear(p, "linear1", _normalised(p, "norm2", x))))


def _attended(p: Parameters, x: jax.Array) -> jax.Array:
    n, length, _ = x.shape
    size = FEATURES // HEADS
    projected = x @ p["self_attn.in_proj_weight"].T + p["self_attn.in_proj_bias"]
    q, k, v = projected.reshape(n, length, 3, HEADS, size).transpose(2, 0, 3, 1, 4)
    weights = jax.nn.softmax(q @ k.swapaxes(-1, -2) / size**0.5)
    return _linear(p, "self_attn.out_proj", (weights @ v).swapaxes(1, 2).reshape(x.shape))


def _linear(p: Parameters, name: str, x: jax.Array) -> jax.Array:
    return x @ p[f"{name}.weight"].T + p[f"{name}.bias"]


def _normalised(p: Parameters, name: str, x: jax.Array) -> jax.Array:
    centred = x - x.mean(-1, keepdims=True)
    deviation = jnp.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
    return centred / deviation * p[f"{name}.weight"] + p[f"{name}.bias"]
