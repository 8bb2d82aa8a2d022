"""Reverse mode: how gradients flow back through a graph of tensors.

The engine names no operation. All that it knows of a tensor are its `edges`: one pair for each input that needs a
gradient, made of that input and its derivative, a function from the gradient of the tensor to that of the input.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from threading import local
from typing import Any

from reference_impl._array import Array, as_array
from reference_impl.autograd.broadcasting import unbroadcast
from reference_impl.autograd.hazards import Edges, edges_of

Tensor = Any


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


def propagate(
    root: Tensor,
    gradient: Any,
    stop: Collection[Tensor] = (),
    edges_of: Callable[[Tensor], Edges] = edges_of,
) -> tuple[dict[Tensor, Any], list[Tensor]]:
    """Carry the `gradient` of `root` back to the leaves, or no further than to the tensors of `stop`.

    Return the gradients where they end, and the results that they passed. A tensor is younger than its inputs, so
    whoever uses a tensor has added to its gradient when its turn comes. Nothing recurses: a chain of 100,000
    operations is walked like a chain of ten.
    """
    gradients = {root: gradient}
    waiting = [(root.number, root)]
    passed = []
    while waiting:
        _, tensor = heappop(waiting)
        if tensor.edges is None:
            raise RuntimeError(
                "Trying to backward through the graph a second time: the first backward freed what "
                f"`{tensor.op}` had kept; pass retain_graph=True to the first one, or compute the value again"
            )
        if tensor.edges and tensor not in stop:
            passed.append(tensor)
            gradient = gradients.pop(tensor)
            for parent, derivative in edges_of(tensor):
                part = derivative(gradient)
                if part.shape != parent.data.shape:
                    part = unbroadcast(part, parent.data.shape)
                if parent in gradients:
                    gradients[parent] = gradients[parent] + part
                else:
                    gradients[parent] = part
                    if parent.edges != ():
                        heappush(waiting, (parent.number, parent))
    return gradients, passed


def backward(root: Tensor, gradient: Array, retain_graph: bool) -> None:
    """Add the gradient of `root` to `.grad` of each leaf, and free the graph unless it is to be retained."""
    gradients, passed = propagate(root, gradient)
    for leaf, found in gradients.items():
        leaf.grad = as_array(found if leaf.grad is None else leaf.grad + found)
    if not retain_graph:
        for tensor in passed:
            tensor.free()
