"""Stochastic gradient descent with weight decay beside the gradient."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen


def sgdw_update(
    parameter: Array,
    gradient: Array,
    velocity: Array,
    *,
    lr: float = 1e-3,
    momentum: float = 0.0,
    weight_decay: float = 1e-2,
    variant: str = "torch",
) -> tuple[Array, Array]:
    r"""Compute one step of SGDW: momentum, and weight decay that the momentum doesn't carry on.

    $$\begin{aligned}
    u_t &= \mu u_{t-1} + g_t & u_t &= \mu u_{t-1} + \eta g_t \\
    \theta_t &= (1 - \eta\lambda)\, \theta_{t-1} - \eta u_t & \theta_t &= (1 - \lambda)\, \theta_{t-1} - u_t
    \end{aligned}$$

    torch has no SGDW. On the left the rule in torch's spelling, the default: AdamW's decay with SGD's momentum. On the
    right the paper's. They differ where $\eta$ changes, which rescales old gradients on the left and doesn't touch them
    on the right, and the paper's $\lambda$ doesn't depend on $\eta$.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        velocity: The velocity $u_{t-1}$; zeros before the first step.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        weight_decay: The share $\lambda$ by which the parameter shrinks.
        variant: `"torch"` for the rule on the left, `"paper"` for the one on the right.

    Returns:
        The new parameter and the new velocity; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        One step of each variant, and one with the defaults.

        >>> import torch
        >>> from reference_impl.optim import sgdw_update
        >>> theta, gradient, velocity = (torch.tensor([x], dtype=torch.float64) for x in (4.0, 6.0, 8.0))
        >>> settings = {"lr": 0.25, "momentum": 0.5, "weight_decay": 0.75}
        >>> theta, velocity = sgdw_update(theta, gradient, velocity, **settings)
        >>> theta.item(), velocity.item()  # u = 0.5*8 + 6; (1 - 0.25*0.75) * 4 - 0.25*10
        (0.75, 10.0)
        >>> theta, velocity = sgdw_update(theta, gradient, velocity, variant="paper", **settings)
        >>> theta.item(), velocity.item()  # u = 0.5*10 + 0.25*6; (1 - 0.75) * 0.75 - 6.5
        (-6.3125, 6.5)
        >>> theta, velocity = sgdw_update(1000 * gradient, gradient, velocity)
        >>> theta.item(), velocity.item()  # u = 6; (1 - 0.001*0.01) * 6000 - 0.001*6
        (5999.934, 6.0)

    Source:
        Loshchilov and Hutter, [Decoupled weight decay regularization](https://arxiv.org/abs/1711.05101), ICLR 2019,
        algorithm 1.
    """
    if variant == "paper":
        velocity = momentum * velocity + lr * gradient
        return (1 - weight_decay) * parameter - velocity, velocity
    velocity = momentum * velocity + gradient
    return (1 - lr * weight_decay) * parameter - lr * velocity, velocity


class SGDW(Optimizer):
    r"""SGD with momentum and decoupled weight decay.

    For each parameter $\theta$ (both variants: [`sgdw_update`][reference_impl.optim.sgdw_update]),

    $$u_t = \mu u_{t-1} + g_t, \qquad \theta_t = (1 - \eta\lambda)\, \theta_{t-1} - \eta u_t$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        weight_decay: The share $\lambda$ by which the parameter shrinks, times $\eta$.
        maximize: Climb: take every gradient with the other sign; the decay stays.
        variant: `"torch"` (torch's spelling; it has no SGDW), or `"paper"`: $\eta$ inside the velocity, not with
            $\lambda$.

    Raises:
        ValueError: A setting is negative, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The loss $3\theta$ has the gradient 3. The second velocity is larger, and the decay isn't in it.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import SGDW
        >>> theta = Tensor(torch.tensor([8.0], dtype=torch.float64), requires_grad=True)
        >>> optimizer, path = SGDW([theta], lr=0.5, momentum=0.5, weight_decay=0.25), []
        >>> for _ in range(2):
        ...     optimizer.zero_grad()
        ...     (3.0 * theta).sum().backward()
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # 0.875*8 - 0.5*3, 0.875*5.5 - 0.5*(0.5*3 + 3)
        [5.5, 2.5625]
        >>> lr, *others = SGDW([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, others
        (1.0, [0, 0.01, False, 'torch'])

    Source:
        Loshchilov and Hutter, [Decoupled weight decay regularization](https://arxiv.org/abs/1711.05101), ICLR 2019.
    """

    state_arrays = ("momentum_buffer",)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        weight_decay: float = 1e-2,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "momentum": momentum,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Return the rule of this step."""
        settings = chosen(group, "lr", "momentum", "weight_decay", "variant")
        return partial(sgdw_update, **settings), self.state_arrays
