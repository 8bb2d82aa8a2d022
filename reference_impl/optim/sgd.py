"""Stochastic gradient descent."""

from collections.abc import Iterable
from typing import Any

from reference_impl._array import Array
from reference_impl.optim.optimizer import Group, Optimizer, State
from reference_impl.optim.rules import sgd_update
from reference_impl.optim.settings import check_sgd


class SGD(Optimizer):
    r"""Stochastic gradient descent, with momentum if wanted.

    For each parameter $\theta$ with gradient $g$ (the rule in full: [`sgd_update`][reference_impl.optim.sgd_update]),

    $$u \leftarrow \mu u + g, \qquad \theta \leftarrow \theta - \eta u$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        dampening: The share by which a new gradient counts less in the velocity.
        weight_decay: The factor $\lambda$ of the L2 penalty $\lambda \lVert\theta\rVert^2 / 2$.
        nesterov: Use Nesterov's momentum, which needs `momentum` and no `dampening`.

    Raises:
        ValueError: A setting is negative, `nesterov` lacks what it needs, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The loss $3 \theta^2$ has the gradient $6 \theta$, at first 12. The second step is half of the first and what
        the new gradient adds. Without settings there is no momentum, and the learning rate is 0.001.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import SGD
        >>> theta = Tensor(torch.tensor([2.0], dtype=torch.float64), requires_grad=True)
        >>> fast, plain, path = SGD([theta], lr=0.125, momentum=0.5), SGD([theta]), []
        >>> for optimizer in (fast, fast, plain, plain):
        ...     optimizer.zero_grad()
        ...     (3.0 * theta**2).sum().backward()
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # 2 - 0.125*12; 0.5 - 0.125*(0.5*12 + 3); -0.625 + 0.001*3.75; -0.62125 + 0.001*3.7275
        [0.5, -0.625, -0.62125, -0.6175225]

    Source:
        Sutskever et al., [On the importance of initialization and momentum in deep
        learning](https://proceedings.mlr.press/v28/sutskever13.html), ICML 2013.
    """

    state_arrays = ("momentum_buffer",)
    check_settings = staticmethod(check_sgd)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
    ) -> None:
        settings = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
        }
        super().__init__(params, settings)

    def update(self, parameter: Array, gradient: Array, state: State, group: Group) -> Array:
        """Return the new value of one parameter, and keep its velocity."""
        parameter, velocity = sgd_update(
            parameter,
            gradient,
            state.get("momentum_buffer"),
            lr=group["lr"],
            momentum=group["momentum"],
            dampening=group["dampening"],
            weight_decay=group["weight_decay"],
            nesterov=group["nesterov"],
        )
        if velocity is not None:
            state["momentum_buffer"] = velocity
        return parameter
