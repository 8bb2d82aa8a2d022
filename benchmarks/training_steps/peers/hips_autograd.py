"""The step with HIPS autograd."""

from collections.abc import Callable

import autograd
import autograd.numpy as np
from autograd.scipy.special import logsumexp

from benchmarks.training_steps.workloads import RATE


def make_step(arrays: dict[str, np.ndarray], place: str) -> Callable[[], np.floating]:
    """Return a function that takes one step and returns the loss."""
    parameters = [arrays[name] for name in ("weight_1", "bias_1", "weight_2", "bias_2")]
    x, y = arrays["samples"], arrays["classes"]
    rows = np.arange(len(y))

    def loss_of(parameters: list[np.ndarray]) -> np.floating:
        w1, b1, w2, b2 = parameters
        logits = np.maximum(x @ w1.T + b1, 0) @ w2.T + b2
        return np.mean(logsumexp(logits, axis=1) - logits[rows, y])

    value_and_grad = autograd.value_and_grad(loss_of)

    def step() -> np.floating:
        loss, gradients = value_and_grad(parameters)
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter -= RATE * gradient
        return loss

    return step
