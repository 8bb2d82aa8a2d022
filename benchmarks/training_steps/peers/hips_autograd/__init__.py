"""The step with HIPS autograd."""

from collections.abc import Callable

import autograd
import autograd.numpy as np
from autograd.scipy.special import logsumexp

from benchmarks.training_steps.peers.hips_autograd import mlp, transformer
from benchmarks.training_steps.workloads import RATE, Arrays, parameters_of

NETWORKS = {"mlp": mlp.forward, "transformer": transformer.forward}


def make_step(network: str, arrays: Arrays, place: str) -> Callable[[], np.floating]:
    """Return a function that takes one step and returns the loss."""
    forward, parameters = NETWORKS[network], parameters_of(arrays)
    samples, classes = arrays["samples"], arrays.get("classes")
    rows = np.arange(len(samples))

    def loss_of(parameters: Arrays) -> np.floating:
        result = forward(parameters, samples)
        if classes is None:
            return np.mean(result**2)
        return np.mean(logsumexp(result, axis=1) - result[rows, classes])

    value_and_grad = autograd.value_and_grad(loss_of)

    def step() -> np.floating:
        loss, gradients = value_and_grad(parameters)
        for name, parameter in parameters.items():
            parameter -= RATE * gradients[name]
        return loss

    return step
