"""The step with JAX, compiled."""

from collections.abc import Callable

import jax
import jax.numpy as jnp

from benchmarks.training_steps.peers.jax_jit import lenet, mlp, transformer
from benchmarks.training_steps.workloads import RATE, Arrays, parameters_of

NETWORKS = {"mlp": mlp.forward, "lenet": lenet.forward, "transformer": transformer.forward}
Parameters = dict[str, jax.Array]


def make_step(network: str, arrays: Arrays, place: str) -> Callable[[], jax.Array]:
    """Return a function that takes one step and returns the loss."""
    forward = NETWORKS[network]
    parameters = {name: jnp.asarray(array) for name, array in parameters_of(arrays).items()}
    inputs = {name: jnp.asarray(arrays[name]) for name in ("samples", "classes") if name in arrays}

    def loss_of(parameters: Parameters, samples: jax.Array, classes: jax.Array | None = None) -> jax.Array:
        result = forward(parameters, samples)
        if classes is None:
            return jnp.mean(result**2)
        return -jnp.mean(jax.nn.log_softmax(result)[jnp.arange(len(classes)), classes])

    @jax.jit
    def updated(parameters: Parameters, **inputs: jax.Array) -> tuple[jax.Array, Parameters]:
        loss, gradients = jax.value_and_grad(loss_of)(parameters, **inputs)
        return loss, {name: parameter - RATE * gradients[name] for name, parameter in parameters.items()}

    def step() -> jax.Array:
        nonlocal parameters
        loss, parameters = updated(parameters, **inputs)
        return loss

    return step
