"""What is timed: the rules that torch has too, by their classes and options."""

from typing import Any

import numpy as np

COUNT = 10_000_000
RULES: dict[str, tuple[str, dict[str, Any]]] = {
    "gradient descent": ("SGD", {}),
    "SGD": ("SGD", {"momentum": 0.9}),
    "SGD, Nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "Adagrad": ("Adagrad", {}),
    "RMSprop": ("RMSprop", {}),
    "RMSprop, centred": ("RMSprop", {"centered": True, "momentum": 0.9}),
    "Adadelta": ("Adadelta", {}),
    "Adam": ("Adam", {}),
    "AMSGrad": ("Adam", {"amsgrad": True}),
    "AdamW": ("AdamW", {}),
    "Adamax": ("Adamax", {}),
    "NAdam": ("NAdam", {}),
    "RAdam": ("RAdam", {}),
}


def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Draw parameters and gradients, the same for all."""
    rng = np.random.default_rng(0)
    return rng.standard_normal(COUNT, dtype=np.float32), rng.standard_normal(COUNT, dtype=np.float32)
