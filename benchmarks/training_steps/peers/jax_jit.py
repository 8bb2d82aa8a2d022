"""The step with JAX, compiled."""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.training_steps.workloads import RATE


def make_step(arrays: dict[str, np.ndarray], place: str) -> Callable[[], jax.Array]:
    """Return a function that takes one step and returns the loss."""
    parameters = [jnp.asarray(arrays[name]) for name in ("weight_1", "bias_1", "weight_2", "bias_2")]
    x, y = jnp.asarray(arrays["samples"]), jnp.asarray(arrays["classes"])

    def loss_of(parameters: list[jax.Array], x: jax.Array, y: jax.Array) -> jax.Array:
        w1, b1, w2, b2 = parameters
        logits = jax.nn.relu(x @ w1.T + b1) @ w2.T + b2
        return -jnp.mean(jax.nn.log_softmax(logits)[jnp.arange(len(y)), y])

    @jax.jit
    def updated(parameters: list[jax.Array], x: jax.Array, y: jax.Array) -> tuple[jax.Array, list[jax.Array]]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters, x, y)
        return loss, [
            parameter - RATE * gradient for parameter, gradient in zip(parameters, gradients, strict=True)
        ]

    def step() -> jax.Array:
        nonlocal parameters
        loss, parameters = updated(parameters, x, y)
        return loss

    return step
