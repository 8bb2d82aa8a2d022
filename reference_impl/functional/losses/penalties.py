"""Penalties on the size of parameters."""

from collections.abc import Iterable
from functools import reduce

from reference_impl.autograd import Tensor, primitives


def l1_penalty(parameters: Iterable[Tensor]) -> Tensor:
    r"""Add up the absolute values of all parameters.

    $$\|\theta\|_1 = \sum_i |\theta_i|, \qquad \frac{\partial}{\partial \theta_i} = \mathrm{sign}(\theta_i)$$

    The gradient doesn't shrink with the parameter, so many parameters end at 0.

    Args:
        parameters: The parameters $\theta$, for example `model.parameters()`.

    Returns:
        The penalty, a scalar.

    Raises:
        TypeError: There are no parameters, or they differ in library or dtype.

    Shape:
        `parameters`: any; result $()$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> from reference_impl.autograd import Tensor
        >>> weight, bias = Tensor(torch.tensor([[3.0, -4.0]]), requires_grad=True), Tensor(torch.tensor([-0.5]))
        >>> penalty = F.l1_penalty([weight, bias])
        >>> penalty.backward()
        >>> penalty.item(), weight.grad.tolist()  # 3 + 4 + 0.5
        (7.5, [[1.0, -1.0]])

    Source:
        Tibshirani, [Regression shrinkage and selection via the lasso](https://doi.org/10.1111/j.2517-6161.1996.tb02080.x),
        1996.
    """
    return _total(primitives.sum(primitives.abs(parameter)) for parameter in parameters)


def l2_penalty(parameters: Iterable[Tensor]) -> Tensor:
    r"""Add up the squares of all parameters.

    $$\|\theta\|_2^2 = \sum_i \theta_i^2, \qquad \frac{\partial}{\partial \theta_i} = 2 \theta_i$$

    Beware of the factor 2: `weight_decay` $= \lambda$ of [`SGD`][reference_impl.optim.SGD] adds $\lambda \theta$ to the
    gradient, as does half of $\lambda$ times this penalty.

    Args:
        parameters: The parameters $\theta$, for example `model.parameters()`.

    Returns:
        The penalty, a scalar.

    Raises:
        TypeError: There are no parameters, or they differ in library or dtype.

    Shape:
        `parameters`: any; result $()$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> from reference_impl.autograd import Tensor
        >>> weight, bias = Tensor(torch.tensor([[3.0, -4.0]]), requires_grad=True), Tensor(torch.tensor([-0.5]))
        >>> penalty = F.l2_penalty([weight, bias])
        >>> penalty.backward()
        >>> penalty.item(), weight.grad.tolist()  # 9 + 16 + 0.25
        (25.25, [[6.0, -8.0]])

    Source:
        Hoerl and Kennard, [Ridge regression](https://doi.org/10.1080/00401706.1970.10488634), 1970.
    """
    return _total(primitives.sum(parameter * parameter) for parameter in parameters)


def _total(sums: Iterable[Tensor]) -> Tensor:
    found = list(sums)
    if not found:
        raise TypeError("`parameters` is empty; pass e.g. model.parameters(), which can be used only once")
    return reduce(primitives.add, found)
