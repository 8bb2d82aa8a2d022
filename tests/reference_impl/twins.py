"""One layer in both libraries: ours and torch's, made alike and run with the same parameters."""

import inspect
from typing import Any

import numpy as np
import torch
from draws import values
from hypothesis import settings
from libraries import ORACLE

from reference_impl import layers

STEADY = settings.default.max_examples <= 50
some = settings(max_examples=10 if STEADY else 100)
"""For comparisons that take long, and for layers that hand everything to a function which is compared itself."""
many = settings(max_examples=50 if STEADY else 200)
"""For comparisons that take a while."""


def make(library: Any, name: str, *sizes: Any, dtype: str, **options: Any) -> Any:
    """Make a layer of `library`, with parameters of this dtype if it has any."""
    takes = inspect.signature(getattr(layers, name)).parameters
    if library is ORACLE:
        if "like" in takes:
            options["dtype"] = getattr(torch, dtype)
        return getattr(torch.nn, name)(*sizes, **options)
    if "like" in takes:
        options["like"] = library.empty(getattr(library.dtypes, dtype))
    if "rng" in takes:
        options["rng"] = np.random.default_rng(0)
    return getattr(layers, name)(*sizes, **options)


def drawn_state(layer: torch.nn.Module, seed: int) -> dict[str, np.ndarray]:
    """Draw values for all parameters of a torch layer."""
    return {
        name: values(seed + number, tuple(parameter.shape), scale=0.5)
        for number, (name, parameter) in enumerate(layer.named_parameters())
    }


def call(layer: Any, state: dict[str, Any], *inputs: Any, **options: Any) -> Any:
    """Run a layer with these tensors in the place of its parameters, so that their gradients are seen."""
    if isinstance(layer, torch.nn.Module):
        return torch.func.functional_call(layer, state, inputs, options)
    assert list(state) == [name for name, _ in layer.named_parameters()]
    for name, tensor in state.items():
        *path, last = name.split(".")
        owner = layer
        for part in path:
            owner = dict(owner.named_children())[part]
        setattr(owner, last, tensor)
    return layer(*inputs, **options)


def compare_layer(
    compare: Any,
    name: str,
    *sizes: Any,
    inputs: list[np.ndarray],
    seed: int = 0,
    output: Any = lambda result: result,
    call_options: Any = lambda library: {},
    **options: Any,
) -> None:
    """Compare results of both twins, and the gradients of inputs and parameters; `output` picks one tensor."""
    dtype = compare.precision
    state = drawn_state(make(ORACLE, name, *sizes, dtype=dtype, **options), seed)

    def run(library: Any, *tensors: Any) -> Any:
        layer = make(library, name, *sizes, dtype=dtype, **options)
        parameters = dict(zip(state, tensors[len(inputs) :], strict=True))
        return output(call(layer, parameters, *tensors[: len(inputs)], **call_options(library)))

    compare(run, *inputs, *state.values(), sums=True)
