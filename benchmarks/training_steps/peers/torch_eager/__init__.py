"""The step with torch, eagerly."""

from collections.abc import Callable

import torch

from benchmarks.training_steps.peers.torch_eager import lenet, mlp, transformer
from benchmarks.training_steps.workloads import RATE, Arrays, parameters_of

NETWORKS = {"mlp": mlp.network, "lenet": lenet.network, "transformer": transformer.network}


def make_step(network: str, arrays: Arrays, place: str) -> Callable[[], torch.Tensor]:
    """Return a function that takes one step and returns the loss."""
    tensors = {name: torch.tensor(array, device=place) for name, array in arrays.items()}
    samples, classes = tensors["samples"], tensors.get("classes")
    model = NETWORKS[network](arrays).to(place)
    model.load_state_dict(parameters_of(tensors))
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)

    def step() -> torch.Tensor:
        optimizer.zero_grad()
        result = model(samples)
        loss = (result**2).mean() if classes is None else torch.nn.functional.cross_entropy(result, classes)
        loss.backward()
        optimizer.step()
        return loss

    return step
