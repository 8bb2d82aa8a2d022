"""The step with reference_impl, on NumPy or on torch."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.training_steps.workloads import RATE
from reference_impl import functional as F
from reference_impl.autograd import Tensor
from reference_impl.layers import Linear, ReLU, Sequential
from reference_impl.optim import SGD


def make_step(arrays: dict[str, np.ndarray], place: str) -> Callable[[], Tensor]:
    """Return a function that takes one step and returns the loss."""
    samples, classes = (_moved(arrays[name], place) for name in ("samples", "classes"))
    hidden, features = arrays["weight_1"].shape
    rng = np.random.default_rng(0)
    model = Sequential(
        Linear(features, hidden, rng=rng, like=samples),
        ReLU(),
        Linear(hidden, len(arrays["bias_2"]), rng=rng, like=samples),
    )
    names = {"0.weight": "weight_1", "0.bias": "bias_1", "2.weight": "weight_2", "2.bias": "bias_2"}
    model.load_state_dict({ours: arrays[name] for ours, name in names.items()})
    optimizer = SGD(model.parameters(), lr=RATE)

    def step() -> Tensor:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(samples), classes)
        loss.backward()
        optimizer.step()
        return loss

    return step


def _moved(array: np.ndarray, place: str) -> Any:
    if place == "numpy":
        return array
    import torch

    return torch.tensor(array, device=place)
