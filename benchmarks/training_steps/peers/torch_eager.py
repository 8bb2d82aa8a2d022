"""The step with torch, eagerly."""

from collections.abc import Callable

import numpy as np
import torch

from benchmarks.training_steps.workloads import RATE


def make_step(arrays: dict[str, np.ndarray], place: str) -> Callable[[], torch.Tensor]:
    """Return a function that takes one step and returns the loss."""
    tensors = {name: torch.tensor(array, device=place) for name, array in arrays.items()}
    hidden, features = arrays["weight_1"].shape
    model = torch.nn.Sequential(
        torch.nn.Linear(features, hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, len(arrays["bias_2"]))
    ).to(place)
    names = {"0.weight": "weight_1", "0.bias": "bias_1", "2.weight": "weight_2", "2.bias": "bias_2"}
    model.load_state_dict({theirs: tensors[name] for theirs, name in names.items()})
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    samples, classes = tensors["samples"], tensors["classes"]

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(samples), classes)
        loss.backward()
        optimizer.step()
        return loss

    return step
