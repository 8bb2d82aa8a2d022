"""Inputs with an axis of samples, and without."""

from collections.abc import Callable

from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import expand_dims, squeeze


def with_samples(
    name: str, axes: int, input: Tensor | Array, of_batch: Callable[[Tensor | Array], Tensor]
) -> Tensor:
    """Apply `of_batch` to samples with channels and so many spatial `axes`; a single sample is a batch of one."""
    if input.ndim == axes + 2:
        return of_batch(input)
    if input.ndim != axes + 1:
        raise RuntimeError(
            f"Expected {axes + 1}D (unbatched) or {axes + 2}D (batched) input to {name}, but got input of size: "
            f"{list(input.shape)}; give it the shape (samples, channels, {', '.join(['size'] * axes)})"
        )
    return squeeze(of_batch(expand_dims(input, axis=0)), axis=0)


def check_axes(name: str, array: Tensor | Array, axes: int) -> None:
    """Raise unless an array has so many axes."""
    if array.ndim != axes:
        raise RuntimeError(
            f"`{name}` (of shape {tuple(array.shape)}) must have {axes} axes; reshape it, or call the function for as "
            "many axes as it has"
        )
