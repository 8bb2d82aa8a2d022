"""Adadelta."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def adadelta_update(
    parameter: Array,
    gradient: Array,
    square: Array,
    change_square: Array,
    *,
    lr: float = 1.0,
    rho: float = 0.9,
    eps: float = 1e-6,
    weight_decay: float = 0.0,
) -> tuple[Array, Array, Array]:
    r"""Compute one step of Adadelta: as long as recent steps, so that a step has the units of the parameter.

    $$\begin{aligned}
    g_t &\leftarrow g_t + \lambda \theta_{t-1} \\
    v_t &= \rho v_{t-1} + (1 - \rho) g_t^2 \\
    \Delta_t &= \frac{\sqrt{w_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} \, g_t \\
    w_t &= \rho w_{t-1} + (1 - \rho) \Delta_t^2 \\
    \theta_t &= \theta_{t-1} - \eta \Delta_t
    \end{aligned}$$

    The paper has no learning rate: $\eta = 1$.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        square: The running mean $v_{t-1}$ of the squared gradients; zeros before the first step.
        change_square: The running mean $w_{t-1}$ of the squared changes; zeros before the first step.
        lr: The learning rate $\eta$.
        rho: The share $\rho$ of the old means that is kept.
        eps: The number $\epsilon$ inside both roots; without it, nothing would ever start to move.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.

    Returns:
        The new parameter, mean square of gradients and mean square of changes; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        A step with every setting, and a first step with the defaults.

        >>> import torch
        >>> from reference_impl.optim import adadelta_update
        >>> theta, gradient, square, changes = (torch.tensor([x], dtype=torch.float64) for x in (6.0, 1.0, 8.0, 3.0))
        >>> settings = {"lr": 0.5, "rho": 0.5, "eps": 1.0, "weight_decay": 0.5}
        >>> arrays = adadelta_update(theta, gradient, square, changes, **settings)
        >>> [round(array.item(), 6) for array in arrays]  # g = 4, v = 12, change = 2 / sqrt(13) * 4 = 2.218801
        [4.8906, 12.0, 3.961538]
        >>> theta, square, changes = adadelta_update(theta, gradient, 0 * square, 0 * changes)
        >>> theta.item()  # 6 - sqrt(1e-6) / sqrt(0.1 + 1e-6) * 1
        5.99683774

    Source:
        Zeiler, [ADADELTA: an adaptive learning rate method](https://arxiv.org/abs/1212.5701), 2012, algorithm 1.
    """
    xp = namespace(parameter)
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    square = rho * square + (1 - rho) * gradient**2
    change = xp.sqrt(change_square + eps) / xp.sqrt(square + eps) * gradient
    change_square = rho * change_square + (1 - rho) * change**2
    return parameter - lr * change, square, change_square


class Adadelta(Optimizer):
    r"""Adadelta: steps as long as recent steps, with no learning rate to choose.

    For each parameter $\theta$, with running means $v$ of squared gradients and $w$ of squared changes (the rule in
    full: [`adadelta_update`][reference_impl.optim.adadelta_update]),

    $$\theta_t = \theta_{t-1} - \eta \, \frac{\sqrt{w_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} \, g_t$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The factor $\eta$ of every step; the paper's is 1.
        rho: The share of the old means that is kept.
        eps: The number $\epsilon$ inside both roots.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        maximize: Climb: take every gradient with the other sign.

    Raises:
        ValueError: A setting is negative, `rho` is above 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The gradient is 2, and the first step is $0.5 \cdot \sqrt{1 / (0.75 \cdot 4 + 1)} \cdot 2$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import Adadelta
        >>> theta = Tensor(torch.tensor([4.0], dtype=torch.float64), requires_grad=True)
        >>> (2.0 * theta).sum().backward()
        >>> optimizer = Adadelta([theta], lr=0.5, rho=0.25, eps=1.0)
        >>> optimizer.step()
        >>> theta.item(), optimizer.state[theta]["acc_delta"].item()  # change = 1; 4 - 0.5*1, 0.75 * 1
        (3.5, 0.75)
        >>> list(Adadelta([theta]).defaults.values())  # from `lr` on, in the order of the arguments
        [1.0, 0.9, 1e-06, 0, False]

    Source:
        Zeiler, [ADADELTA: an adaptive learning rate method](https://arxiv.org/abs/1212.5701), 2012.
    """

    state_arrays = ("square_avg", "acc_delta")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        settings = {"lr": lr, "rho": rho, "eps": eps, "weight_decay": weight_decay, "maximize": maximize}
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return its rule."""
        count(state)
        return partial(
            adadelta_update, **chosen(group, "lr", "rho", "eps", "weight_decay")
        ), self.state_arrays
