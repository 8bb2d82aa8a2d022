"""Gradient descent, and stochastic gradient descent with momentum."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, own
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen


def gradient_descent_update(parameter: Array, gradient: Array, *, lr: float = 1e-3) -> Array:
    r"""Compute one step of gradient descent, the rule that all others refine.

    $$\theta_t = \theta_{t-1} - \eta \, g_t$$

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        lr: The learning rate $\eta$.

    Returns:
        The new parameter $\theta_t$; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        Two steps down $2 \theta^2$, whose gradient is $4 \theta$. The second has the default rate of 0.001.

        >>> import torch
        >>> from reference_impl.optim import gradient_descent_update
        >>> theta = torch.tensor([3.0, -1.0], dtype=torch.float64)
        >>> theta = gradient_descent_update(theta, 4 * theta, lr=0.125)
        >>> theta.tolist()  # 3 - 0.125*12, -1 + 0.125*4
        [1.5, -0.5]
        >>> gradient_descent_update(theta, 4 * theta).tolist()  # 1.5 - 0.001*6, -0.5 + 0.001*2
        [1.494, -0.498]

    Source:
        Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, Comptes rendus 25, 1847.
    """
    return parameter - lr * gradient


def sgd_update(
    parameter: Array,
    gradient: Array,
    velocity: Array | None = None,
    *,
    lr: float = 1e-3,
    momentum: float = 0.0,
    dampening: float = 0.0,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> tuple[Array, Array | None]:
    r"""Compute one step of stochastic gradient descent.

    With the learning rate $\eta$, momentum $\mu$, dampening $\tau$ and weight decay $\lambda$,

    $$\begin{aligned}
    g &\leftarrow g + \lambda \theta \\
    u &\leftarrow \mu u + (1 - \tau) g \qquad (u \leftarrow g \text{ in the first step}) \\
    \theta &\leftarrow \theta - \eta u \qquad (\theta - \eta (g + \mu u) \text{ for Nesterov's momentum})
    \end{aligned}$$

    Without momentum there is no velocity, and $g$ takes its place. Nothing is changed in place.

    Args:
        parameter: The parameter $\theta$.
        gradient: Its gradient $g$.
        velocity: The velocity $u$ after the step before; None in the first step.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        dampening: The share $\tau$ by which a new gradient counts less.
        weight_decay: The factor $\lambda$ of the L2 penalty $\lambda \lVert\theta\rVert^2 / 2$.
        nesterov: Look ahead: step by the gradient and the velocity to come.

    Returns:
        The new parameter and the new velocity (None without momentum).

    Shape:
        All arrays $(*)$.

    Examples:
        The first step uses every setting; the second none, so there is no momentum, and the learning rate is 0.001.

        >>> import torch
        >>> from reference_impl.optim import sgd_update
        >>> theta, gradient, velocity = (torch.tensor([x], dtype=torch.float64) for x in (3.0, 6.0, 8.0))
        >>> settings = {"lr": 0.25, "momentum": 0.5, "dampening": 0.75, "weight_decay": 2.0, "nesterov": True}
        >>> theta, velocity = sgd_update(theta, gradient, velocity, **settings)
        >>> theta.item(), velocity.item()  # g = 6 + 2*3 = 12, u = 0.5*8 + 0.25*12 = 7; 3 - 0.25*(12 + 0.5*7)
        (-0.875, 7.0)
        >>> theta, velocity = sgd_update(1000 * theta, gradient)
        >>> theta.item(), velocity  # -875 - 0.001*6
        (-875.006, None)

    Source:
        Sutskever et al., [On the importance of initialization and momentum in deep
        learning](https://proceedings.mlr.press/v28/sutskever13.html), ICML 2013; the form with the learning rate
        outside the velocity is that of `torch.optim.SGD`.
    """
    if weight_decay:
        gradient = gradient + weight_decay * parameter
    if momentum:
        velocity = own(gradient) if velocity is None else momentum * velocity + (1 - dampening) * gradient
        gradient = gradient + momentum * velocity if nesterov else velocity
    return parameter - lr * gradient, velocity


class SGD(Optimizer):
    r"""Stochastic gradient descent, with momentum if wanted; without it, gradient descent.

    For each parameter $\theta$ with gradient $g$ (the rule in full: [`sgd_update`][reference_impl.optim.sgd_update]),

    $$u \leftarrow \mu u + g, \qquad \theta \leftarrow \theta - \eta u$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        dampening: The share by which a new gradient counts less in the velocity.
        weight_decay: The factor $\lambda$ of the L2 penalty $\lambda \lVert\theta\rVert^2 / 2$.
        nesterov: Use Nesterov's momentum, which needs `momentum` and no `dampening`.
        maximize: Climb: take every gradient with the other sign.

    Raises:
        ValueError: A setting is negative, `nesterov` lacks what it needs, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The loss $3 \theta^2$ has the gradient $6 \theta$, at first 12. The second step is half of the first and what
        the new gradient adds. Without settings there is no momentum, and the learning rate is 0.001. Nesterov's first
        step goes by the gradient and half of it again.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import SGD
        >>> theta = Tensor(torch.tensor([2.0], dtype=torch.float64), requires_grad=True)
        >>> fast, plain, path = SGD([theta], lr=0.125, momentum=0.5), SGD([theta]), []
        >>> ahead = SGD([theta], lr=0.125, momentum=0.5, nesterov=True)
        >>> for optimizer in (fast, fast, plain, ahead):
        ...     optimizer.zero_grad()
        ...     (3.0 * theta**2).sum().backward()
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # 2 - 0.125*12; 0.5 - 0.125*(0.5*12 + 3); -0.625 + 0.001*3.75; -0.62125 + 0.125*1.5*3.7275
        [0.5, -0.625, -0.62125, 0.07765625]
        >>> list(SGD([theta]).defaults.values())  # from `lr` on, in the order of the arguments
        [0.001, 0, 0, 0, False, False]

    Source:
        Sutskever et al., [On the importance of initialization and momentum in deep
        learning](https://proceedings.mlr.press/v28/sutskever13.html), ICML 2013.
    """

    state_arrays = ("momentum_buffer",)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        settings = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
        }
        super().__init__(params, settings)

    def check_settings(self, settings: Group) -> None:
        """Raise unless the settings make sense."""
        super().check_settings(settings)
        if settings["nesterov"] and not (settings["momentum"] > 0 and settings["dampening"] == 0):
            raise ValueError(
                "Nesterov momentum requires a momentum and zero dampening: `nesterov` (=True) with `momentum` "
                f"(={settings['momentum']}) and `dampening` (={settings['dampening']}); pass e.g. momentum=0.9, "
                "dampening=0"
            )

    def prepare(self, state: State, group: Group) -> Prepared:
        """Return the rule of this step; without momentum, nothing is kept."""
        if not group["momentum"]:
            return partial(sgd_update, lr=group["lr"], weight_decay=group["weight_decay"]), ()
        settings = chosen(group, "lr", "momentum", "dampening", "weight_decay", "nesterov")
        if "momentum_buffer" in state:
            return partial(sgd_update, **settings), self.state_arrays
        return lambda parameter, gradient, _: sgd_update(parameter, gradient, **settings), self.state_arrays
