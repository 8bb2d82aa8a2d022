"""The paths of optimizers."""

from collections.abc import Callable, Mapping
from typing import Any

from reference_impl._array import Array, is_array, is_floating, namespace, own
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor

Loss = Callable[[Any, Any], Any]
Start = Callable[[list[Any]], Any]


def descend(loss: Loss, optimizers: Mapping[str, Start], start: Array, steps: int) -> dict[str, Array]:
    r"""Compute the paths of optimizers on a loss of two parameters, all from one start.

    $$\theta_0 = \text{start}, \qquad
    \theta_t = \text{one step of the optimizer from } \theta_{t-1} \text{ with } \nabla L(\theta_{t-1})$$

    The parameter is torch's where `start` is a tensor of torch, so that torch's optimizers and functions work.
    Otherwise it is a [`Tensor`][reference_impl.autograd.Tensor].

    Args:
        loss: The loss $L(x, y)$.
        optimizers: For each name, what makes the optimizer of a list of parameters, such as
            `lambda params: SGD(params, lr=0.1)`.
        start: The start $\theta_0$; it isn't changed.
        steps: The number of steps.

    Returns:
        For each name the positions $\theta_0, \theta_1, \dots$, one in each row.

    Raises:
        ValueError: `start` isn't of shape (2,), `steps` is below 1, or there are no optimizers.
        TypeError: `start` is no array of floating-point numbers, or what makes an optimizer is no function.

    Shape:
        `start` $(2)$; each path $(\text{steps} + 1, 2)$.

    Examples:
        >>> import torch
        >>> from reference_impl.landscape import descend, ravine
        >>> from reference_impl.optim import SGD
        >>> made = {"ours": lambda theta: SGD(theta, lr=0.25), "torch": lambda theta: torch.optim.SGD(theta, lr=0.5)}
        >>> paths = descend(lambda x, y: ravine(x, y, condition=2.0), made, torch.tensor([4.0, 1.0]), steps=2)
        >>> paths["ours"].tolist()  # x times 1 - 0.25, y times 1 - 0.25 * 2
        [[4.0, 1.0], [3.0, 0.5], [2.25, 0.25]]
        >>> paths["torch"].tolist()  # x times 1 - 0.5, y times 1 - 0.5 * 2
        [[4.0, 1.0], [2.0, 0.0], [1.0, 0.0]]
    """
    if not is_array(start) or not is_floating(start):
        fix = "pass e.g. torch.tensor([1.0, 2.0])"
        refuse("start", start, "must be an array of floating-point numbers", fix, TypeError)
    if tuple(start.shape) != (2,):
        refuse("start", start, "must have shape (2,)", "pass one number for each parameter")
    check_size("steps", steps)
    if not optimizers:
        refuse(
            "optimizers",
            optimizers,
            "must not be empty",
            'pass e.g. {"SGD": lambda params: SGD(params, lr=0.1)}',
        )
    for name, make in optimizers.items():
        if not callable(make):
            fix = "pass e.g. lambda params: SGD(params, lr=0.1)"
            refuse(
                f"optimizers[{name!r}]", make, "must be a function of a list of parameters", fix, TypeError
            )
    return {name: _path(loss, make, start, steps) for name, make in optimizers.items()}


def _path(loss: Loss, make: Start, start: Array, steps: int) -> Array:
    copy = own(start.detach() if hasattr(start, "detach") else start)
    theta = copy.requires_grad_() if hasattr(copy, "requires_grad_") else Tensor(copy, requires_grad=True)
    optimizer = make([theta])
    positions = [own(theta.data)]
    for _ in range(steps):
        optimizer.zero_grad()
        loss(theta[0], theta[1]).backward()
        optimizer.step()
        positions.append(own(theta.data))
    return namespace(start).stack(positions)
