"""Comparing gradients with finite differences."""

from collections.abc import Callable
from typing import Any

import numpy

from reference_impl._array import Array, describe, from_numpy, namespace, to_numpy
from reference_impl._checks import check_size
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.tensor import Tensor
from reference_impl.autograd.transforms import vjp


def check_gradients(
    f: Callable[..., Any], *args: Any, order: int = 1, step: float = 1e-5, tolerance: float = 1e-6
) -> None:
    r"""Raise unless the gradients of `f` at `args` agree with central differences.

    With a fixed direction $v$ and step $h$, each entry $i$ of the gradient of $v^\top f$ is compared with

    $$\frac{v^\top f(x + h e_i) - v^\top f(x - h e_i)}{2h}$$

    Second order does the same with that gradient in the place of $f$.

    Args:
        f: A function of tensors that returns one `Tensor` of any shape.
        *args: Where to compare: float64 arrays (differences in lower precision say nothing).
        order: 1 for the gradient, 2 for the gradient of the gradient as well, and so on.
        step: The step $h$.
        tolerance: The largest difference allowed, relative to the larger of 1 and the difference quotient.

    Raises:
        RuntimeError: The gradients differ; names the argument, the entry that differs most and both values.
        ValueError: An argument isn't float64, or `order` isn't at least 1.

    Examples:
        A function that hides a factor from autograd, and one that hides it from the second gradient only. The
        difference quotient of $c x^3$ at 0 is $c h^2$, not 0, so a large enough $c$ is taken for a mistake.

        >>> import torch
        >>> from reference_impl.autograd import check_gradients
        >>> x = torch.tensor([3.0], dtype=torch.float64)
        >>> try:
        ...     check_gradients(lambda x: (x.detach() * x).sum(), x)
        ... except RuntimeError as error:
        ...     print(error)
        the gradient of argument 0 is wrong; worst at [0]: 3, where central differences give 6
        >>> for options in ({}, {"order": 2}):
        ...     try:
        ...         check_gradients(lambda x: 2.0 * x.detach() * x - (x * x).detach(), x, **options)
        ...     except RuntimeError as error:
        ...         print(options, error)
        {'order': 2} the gradient of argument 0 is wrong; worst at [0]: 0, where central differences give 2
        >>> for c in (8e3, 12e3):  # times 1e-5**2, against 1e-6
        ...     try:
        ...         check_gradients(lambda x: c * x**3, 0 * x)
        ...     except RuntimeError as error:
        ...         print(c, error)
        12000.0 the gradient of argument 0 is wrong; worst at [0]: 0, where central differences give 1.2e-06
    """
    check_size("order", order)
    arrays = [array_of(arg) for arg in args]
    for position, array in enumerate(arrays):
        if array.dtype != namespace(array).float64:
            raise ValueError(
                f"`args[{position}]` (={describe(array)}) must be float64: differences in lower precision say nothing"
            )
    _check_orders(f, arrays, order, step, tolerance)


def _check_orders(
    f: Callable[..., Any], arrays: list[Array], orders: int, step: float, tolerance: float
) -> None:
    value, pull_back = vjp(f, *arrays)
    direction = numpy.cos(numpy.arange(to_numpy(value).size)).reshape(value.shape)
    weights = from_numpy(direction, like=value)
    for position, gradient in enumerate(pull_back(weights)):
        quotients = _difference_quotients(f, arrays, position, direction, step)
        _compare(to_numpy(gradient), quotients, position, tolerance)
    for position in range(len(arrays) if orders > 1 else 0):
        _check_orders(
            lambda *xs, position=position: vjp(f, *xs)[1](weights)[position],
            arrays,
            orders - 1,
            step,
            tolerance,
        )


def _difference_quotients(
    f: Callable[..., Any], arrays: list[Array], position: int, direction: numpy.ndarray, step: float
) -> numpy.ndarray:
    values = to_numpy(arrays[position])

    def directional(entry: tuple[int, ...], change: float) -> float:
        moved = values.copy()
        moved[entry] += change
        inputs = [*arrays]
        inputs[position] = from_numpy(moved, like=arrays[position])
        return float((to_numpy(f(*map(Tensor, inputs)).data) * direction).sum())

    quotients = numpy.empty_like(values)
    for entry in numpy.ndindex(values.shape):
        quotients[entry] = (directional(entry, step) - directional(entry, -step)) / (2 * step)
    return quotients


def _compare(gradient: numpy.ndarray, quotients: numpy.ndarray, position: int, tolerance: float) -> None:
    if not gradient.size:
        return
    errors = abs(gradient - quotients) / numpy.maximum(1.0, abs(quotients))
    errors = numpy.where(numpy.isnan(errors), numpy.inf, errors)
    worst = numpy.unravel_index(errors.argmax(), errors.shape)
    if errors[worst] > tolerance:
        raise RuntimeError(
            f"the gradient of argument {position} is wrong; worst at {[int(number) for number in worst]}: "
            f"{gradient[worst]:.6g}, where central differences give {quotients[worst]:.6g}"
        )
