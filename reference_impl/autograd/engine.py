"""Reverse mode: how gradients flow back through a graph of tensors.

The engine names no operation. All that it knows of a tensor are its `edges`: one pair for each input that needs a
gradient, made of that input and its derivative, a function from the gradient of the tensor to that of the input.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from operator import attrgetter
from threading import local
from typing import Any

from reference_impl._array import Array, as_array
from reference_impl.autograd.broadcasting import unbroadcast

Tensor = Any
Edges = Collection[tuple[Tensor, Callable[[Any], Any]]]


class Mode(local):
    """What a thread does with the operations that it runs."""

    recording = True
    transforms = 0


mode = Mode()


@contextmanager
def recording(enabled: bool) -> Iterator[None]:
    """Record the operations of the block for differentiation, or leave them unrecorded."""
    before, mode.recording = mode.recording, enabled
    try:
        yield
    finally:
        mode.recording = before


@contextmanager
def transforming() -> Iterator[None]:
    """Record the block as part of a transform: the gradients that it asks for are tensors."""
    mode.transforms += 1
    try:
        with recording(True):
            yield
    finally:
        mode.transforms -= 1


def history(root: Tensor, stop: Collection[Tensor] = ()) -> list[Tensor]:
    """List the results of operations that a gradient of `root` passes on its way to the leaves, youngest first.

    It goes no further than the tensors of `stop`. A tensor is younger than its inputs, so the order of age is a
    topological order. Nothing recurses: a chain of 100,000 operations is walked like a chain of ten.
    """
    found = {root}
    waiting = [root]
    results = []
    while waiting:
        tensor = waiting.pop()
        if tensor.edges is None:
            raise RuntimeError(
                "Trying to backward through the graph a second time: the first backward freed what "
                f"`{tensor.op}` had kept; pass retain_graph=True to the first one, or compute the value again"
            )
        if tensor.edges and tensor not in stop:
            results.append(tensor)
            for parent, _ in tensor.edges:
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
    results.sort(key=attrgetter("number"), reverse=True)
    return results


def propagate(
    root: Tensor,
    gradient: Any,
    results: list[Tensor],
    edges_of: Callable[[Tensor], Edges] = attrgetter("edges"),
) -> dict[Tensor, Any]:
    """Carry the `gradient` of `root` back through `results`, and return the gradients where they end."""
    gradients = {root: gradient}
    for tensor in results:
        gradient = gradients.pop(tensor)
        for parent, derivative in edges_of(tensor):
            part = derivative(gradient)
            if part.shape != parent.data.shape:
                part = unbroadcast(part, parent.data.shape)
            gradients[parent] = gradients[parent] + part if parent in gradients else part
    return gradients


def backward(root: Tensor, gradient: Array, retain_graph: bool) -> None:
    """Add the gradient of `root` to `.grad` of each leaf, and free the graph unless it is to be retained."""
    results = history(root)
    for leaf, found in propagate(root, gradient, results).items():
        leaf.grad = as_array(found if leaf.grad is None else leaf.grad + found)
    if not retain_graph:
        for tensor in results:
            tensor.free()
