"""AdaMax."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def adamax_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    largest: Array,
    step: int,
    *,
    lr: float = 2e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of AdaMax: Adam with the largest recent gradient in place of the root mean square.

    $$\begin{aligned}
    g_t &\leftarrow g_t + \lambda \theta_{t-1} \\
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
    n_t &= \max(\beta_2 n_{t-1}, |g_t| + \epsilon) \\
    \theta_t &= \theta_{t-1} - \frac{\eta}{1 - \beta_1^t} \, \frac{m_t}{n_t}
    \end{aligned}$$

    The paper writes $u_t$ for $n_t$ and has no $\epsilon$: pass `eps=0`, and keep zero gradients away from the first
    step.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        largest: The decayed largest size $n_{t-1}$ of a gradient; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.

    Returns:
        The new parameter, mean and largest size; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        The second step with every setting, where an old gradient is still the largest, and where it no longer is. Then
        a first step with the defaults.

        >>> import torch
        >>> from reference_impl.optim import adamax_update
        >>> theta, gradient, mean = (torch.full((2,), x, dtype=torch.float64) for x in (6.0, 1.0, 2.0))
        >>> largest = torch.tensor([8.0, 4.0], dtype=torch.float64)
        >>> settings = {"lr": 0.5, "betas": (0.5, 0.75), "eps": 1.0, "weight_decay": 0.5}
        >>> arrays = adamax_update(theta, gradient, mean, largest, step=2, **settings)
        >>> [array.tolist() for array in arrays[1:]]  # g = 1 + 0.5*6, 0.5*2 + 0.5*4; max(0.75*8, 4 + 1), max(0.75*4, 5)
        [[3.0, 3.0], [6.0, 5.0]]
        >>> [round(x, 6) for x in arrays[0].tolist()]  # 6 - 0.5/0.75 * 3/6, 6 - 0.5/0.75 * 3/5
        [5.666667, 5.6]
        >>> arrays = adamax_update(0 * theta, 1e-8 * gradient, 0 * mean, 1e-8 * largest, step=1)
        >>> (1000 * arrays[0]).tolist()  # -1000 * 0.002/0.1 * 1e-9 / 7.992e-8, or 3.996e-8
        [-0.250250, -0.500501]

    Source:
        Kingma and Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980), ICLR 2015,
        algorithm 2.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    mean = beta1 * mean + (1 - beta1) * gradient
    largest = xp.maximum(beta2 * largest, xp.abs(gradient) + eps)
    return parameter - lr / (1 - beta1**step) * mean / largest, mean, largest


class Adamax(Optimizer):
    r"""AdaMax: Adam with the largest recent gradient in place of the root mean square.

    For each parameter $\theta$ (the rule in full: [`adamax_update`][reference_impl.optim.adamax_update]),

    $$n_t = \max(\beta_2 n_{t-1}, |g_t| + \epsilon), \qquad \theta_t = \theta_{t-1} - \eta \, \hat m_t / n_t$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ of the mean and $\beta_2$ of the largest gradient.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        maximize: Climb: take every gradient with the other sign.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        A gradient of 3, then none: the mean halves and is corrected, the largest falls to three quarters.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import Adamax
        >>> theta = Tensor(torch.tensor([4.0], dtype=torch.float64), requires_grad=True)
        >>> optimizer, path = Adamax([theta], lr=0.5, betas=(0.5, 0.75), eps=1.0), []
        >>> for slope in (3.0, 0.0):
        ...     optimizer.zero_grad()
        ...     (slope * theta).sum().backward()
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # 4 - 0.5 * 3/4, 3.625 - 0.5 * (0.75/0.75) / 3
        [3.625, 3.4583333333333335]
        >>> lr, *others = Adamax([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, others
        (2.0, [(0.9, 0.999), 1e-08, 0, False])

    Source:
        Kingma and Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980), ICLR 2015.
    """

    state_arrays = ("exp_avg", "exp_inf")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        settings = {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "maximize": maximize}
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return its rule."""
        settings = chosen(group, "lr", "betas", "eps", "weight_decay")
        return partial(adamax_update, step=count(state), **settings), self.state_arrays
