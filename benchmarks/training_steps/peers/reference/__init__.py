"""The step with reference_impl, on NumPy or on torch."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.training_steps.peers.reference import lenet, mlp, transformer
from benchmarks.training_steps.workloads import RATE, Arrays, parameters_of
from reference_impl import functional as F
from reference_impl.autograd import Tensor
from reference_impl.optim import SGD

NETWORKS = {"mlp": mlp.network, "lenet": lenet.network, "transformer": transformer.network}


def make_step(network: str, arrays: Arrays, place: str) -> Callable[[], Tensor]:
    """Return a function that takes one step and returns the loss."""
    inputs = {name: _moved(arrays[name], place) for name in ("samples", "classes") if name in arrays}
    samples, classes = inputs["samples"], inputs.get("classes")
    model = NETWORKS[network](arrays, rng=np.random.default_rng(0), like=samples)
    model.load_state_dict(parameters_of(arrays))
    optimizer = SGD(model.parameters(), lr=RATE)

    def step() -> Tensor:
        optimizer.zero_grad()
        result = model(samples)
        loss = (result**2).mean() if classes is None else F.cross_entropy(result, classes)
        loss.backward()
        optimizer.step()
        return loss

    return step


def _moved(array: np.ndarray, place: str) -> Any:
    if place == "numpy":
        return array
    import torch

    return torch.tensor(array, device=place)
