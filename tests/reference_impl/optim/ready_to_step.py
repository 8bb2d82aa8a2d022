"""Parameters that have gradients, as after a backward pass."""

from draws import values

from reference_impl.autograd import Tensor


def parameters(*seeds: int) -> list[Tensor]:
    """Make a parameter and its gradient from each seed."""
    made = [Tensor(values(seed, (2, 3)), requires_grad=True) for seed in seeds]
    for seed, parameter in zip(seeds, made, strict=True):
        parameter.grad = values(seed + 100, (2, 3))
    return made
