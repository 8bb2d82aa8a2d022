"""LeNet-5, with tanh and average pooling."""

import jax
import jax.numpy as jnp


def forward(p: dict[str, jax.Array], x: jax.Array) -> jax.Array:
    """Compute the logits."""
    x = _pooled(jnp.tanh(_convolved(p, "0", x, padding=2)))
    x = _pooled(jnp.tanh(_convolved(p, "3", x, padding=0))).reshape(len(x), -1)
    x = jnp.tanh(x @ p["7.weight"].T + p["7.bias"])
    x = jnp.tanh(x @ p["9.weight"].T + p["9.bias"])
    return x @ p["11.weight"].T + p["11.bias"]


def _convolved(p: dict[str, jax.Array], name: str, x: jax.Array, padding: int) -> jax.Array:
    around = [(padding, padding)] * 2
    result = jax.lax.conv_general_dilated(x, p[f"{name}.weight"], (1, 1), around)
    return result + p[f"{name}.bias"][:, None, None]


def _pooled(x: jax.Array) -> jax.Array:
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // 2, 2, width // 2, 2).mean((3, 5))
