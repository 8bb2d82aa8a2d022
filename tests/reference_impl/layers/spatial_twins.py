"""A layer of ours and its twin in torch, with the same state."""

import inspect
from typing import Any

import numpy as np
import torch
from draws import values
from hypothesis import settings
from libraries import ORACLE

from reference_impl import layers

fewer = settings(max_examples=max(1, settings.default.max_examples * 2 // 5))
"""For layers, which hand all they compute to a function that is compared itself."""


def make(library: Any, name: str, dtype: str, *sizes: Any, **options: Any) -> Any:
    """Make a layer of `library` with parameters of this dtype, if it has any."""
    takes = inspect.signature(getattr(layers, name)).parameters
    if library is ORACLE:
        of_dtype = {"dtype": getattr(torch, dtype)} if "like" in takes else {}
        return getattr(torch.nn, name)(*sizes, **options, **of_dtype)
    if "like" in takes:
        options["like"] = library.empty(getattr(library.dtypes, dtype))
    if "rng" in takes:
        options["rng"] = np.random.default_rng(0)
    return getattr(layers, name)(*sizes, **options)


def drawn_state(name: str, dtype: str, seed: int, *sizes: Any, **options: Any) -> dict[str, np.ndarray]:
    """Draw a state for the layer: values for parameters and running means, positive ones for running variances."""
    state = {}
    for number, (key, tensor) in enumerate(make(ORACLE, name, dtype, *sizes, **options).state_dict().items()):
        drawn = values(seed + number, tuple(tensor.shape))
        drawn = abs(drawn) + 0.5 if key == "running_var" else drawn
        state[key] = np.asarray(3) if key == "num_batches_tracked" else drawn.astype(dtype)
    return state


def loaded(library: Any, layer: Any, state: dict[str, np.ndarray]) -> Any:
    """Load a state and return the layer."""
    layer.load_state_dict({name: library.array(array) for name, array in state.items()})
    return layer


def compare_twins(
    compare: Any,
    name: str,
    seed: int,
    shape: tuple[int, ...],
    *sizes: Any,
    training: bool = True,
    **options: Any,
) -> None:
    """Compare a layer with its twin in torch: its result, its gradients, and its state afterwards."""
    dtype = compare.precision
    state = drawn_state(name, dtype, seed, *sizes, **options)
    made = {}

    def run(library, x):
        made[library] = loaded(library, make(library, name, dtype, *sizes, **options), state).train(training)
        return made[library](x)

    compare(run, values(seed + 10, shape) + 0.25, sums=True)
    theirs = made.pop(ORACLE)
    for library, layer in made.items():
        assert list(layer.state_dict()) == list(theirs.state_dict())
        for key, tensor in theirs.state_dict().items():
            scale = np.maximum(abs(tensor.numpy()), 1)
            compare.close("state", library, library.values(layer.state_dict()[key]), tensor.numpy(), scale)
        for (key, ours), parameter in zip(layer.named_parameters(), theirs.parameters(), strict=True):
            gradient = parameter.grad.numpy()
            assert ours.grad is not None, key
            compare.close(
                "gradient", library, library.values(ours.grad), gradient, max(1, abs(gradient).max(initial=0))
            )
