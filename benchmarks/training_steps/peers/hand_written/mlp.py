"""One hidden layer."""

from collections.abc import Callable

import numpy as np

from benchmarks.training_steps.workloads import RATE, Arrays


def step_of(arrays: Arrays) -> Callable[[], np.floating]:
    """Return a function that takes one step and returns the loss."""
    w1, b1, w2, b2 = (arrays[name] for name in ("0.weight", "0.bias", "2.weight", "2.bias"))
    x, y = arrays["samples"], arrays["classes"]

    def step() -> np.floating:
        hidden = x @ w1.T + b1
        active = np.maximum(hidden, 0)
        logits = active @ w2.T + b2
        shifted = logits - np.max(logits, axis=1, keepdims=True)
        powers = np.exp(shifted)
        totals = np.sum(powers, axis=1, keepdims=True)
        rows = np.arange(len(y))
        loss = np.mean(np.log(totals[:, 0]) - shifted[rows, y])
        for_logits = powers / totals
        for_logits[rows, y] -= 1
        for_logits /= len(y)
        for_hidden = (for_logits @ w2) * (hidden > 0)
        for_w1, for_b1 = for_hidden.T @ x, np.sum(for_hidden, axis=0)
        for_w2, for_b2 = for_logits.T @ active, np.sum(for_logits, axis=0)
        for parameter, gradient in ((w1, for_w1), (b1, for_b1), (w2, for_w2), (b2, for_b2)):
            parameter -= RATE * gradient
        return loss

    return step
