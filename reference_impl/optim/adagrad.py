"""Adagrad."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def adagrad_update(
    parameter: Array,
    gradient: Array,
    total: Array,
    step: int,
    *,
    lr: float = 1e-2,
    lr_decay: float = 0.0,
    weight_decay: float = 0.0,
    eps: float = 1e-10,
) -> tuple[Array, Array]:
    r"""Compute step number $t$ of Adagrad: the more a parameter has moved, the shorter its steps.

    $$\begin{aligned}
    g_t &\leftarrow g_t + \lambda \theta_{t-1} \\
    s_t &= s_{t-1} + g_t^2 \\
    \theta_t &= \theta_{t-1} - \frac{\eta}{1 + (t - 1)\tau} \, \frac{g_t}{\sqrt{s_t} + \epsilon}
    \end{aligned}$$

    In the paper $s_0 = 0$, $\epsilon$ is called $\delta$, and there is no $\tau$.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        total: The sum $s_{t-1}$ of the squared gradients; as a rule zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        lr_decay: The rate $\tau$ at which $\eta$ falls besides.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        eps: The number $\epsilon$ that keeps the denominator from 0.

    Returns:
        The new parameter and the new sum; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        The second step with every setting, and one with the defaults.

        >>> import torch
        >>> from reference_impl.optim import adagrad_update
        >>> theta, gradient, total = (torch.tensor([x], dtype=torch.float64) for x in (6.0, 1.0, 9.0))
        >>> settings = {"lr": 3.0, "lr_decay": 0.5, "weight_decay": 0.5, "eps": 3.0}
        >>> theta, total = adagrad_update(theta, gradient, total, step=2, **settings)
        >>> theta.item(), total.item()  # g = 1 + 0.5*6 = 4, s = 9 + 16; 6 - 3/1.5 * 4/(5 + 3)
        (5.0, 25.0)
        >>> theta, total = adagrad_update(100 * theta, 1e-10 * gradient, 0 * total, step=2)
        >>> theta.item()  # 500 - 0.01 * 1/(1 + 1)
        499.995

    Source:
        Duchi, Hazan and Singer, [Adaptive subgradient methods for online learning and stochastic
        optimization](https://jmlr.org/papers/v12/duchi11a.html), JMLR 12, 2011.
    """
    xp = namespace(parameter)
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    total = total + gradient**2
    return parameter - lr / (1 + (step - 1) * lr_decay) * gradient / (xp.sqrt(total) + eps), total


class Adagrad(Optimizer):
    r"""Adagrad: each parameter's rate falls with the root of its summed squared gradients.

    For each parameter $\theta$ (the rule in full: [`adagrad_update`][reference_impl.optim.adagrad_update]),

    $$s_t = s_{t-1} + g_t^2, \qquad \theta_t = \theta_{t-1} - \eta \, \frac{g_t}{\sqrt{s_t} + \epsilon}$$

    torch lets the sum start at $\delta$, `initial_accumulator_value`, inside the root: $\sqrt{\delta + g_1^2}$. The
    paper's $\delta$ stands outside, $\delta + \sqrt{g_1^2}$, and stays there: `variant="paper"`. Early steps on small
    gradients become shorter or longer by it; at $\delta = 0$ the variants agree.

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        lr_decay: The rate at which $\eta$ falls besides; the paper has none.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        initial_accumulator_value: The number $\delta$: what the sum starts at, or what is added to its root.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        maximize: Climb: take every gradient with the other sign.
        variant: `"torch"` for $\delta$ inside the root, `"paper"` for outside.

    Raises:
        ValueError: A setting is negative, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The gradient is 3, and the sum starts at 16.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import Adagrad
        >>> path = []
        >>> for variant in ("torch", "paper"):
        ...     theta = Tensor(torch.tensor([4.0], dtype=torch.float64), requires_grad=True)
        ...     (3.0 * theta).sum().backward()
        ...     Adagrad([theta], lr=2.0, initial_accumulator_value=16.0, eps=1.0, variant=variant).step()
        ...     path += theta.tolist()
        >>> path  # 4 - 2 * 3/(sqrt(16 + 9) + 1), 4 - 2 * 3/(16 + sqrt(9) + 1)
        [3.0, 3.7]
        >>> list(Adagrad([theta]).defaults.values())  # from `lr` on, in the order of the arguments
        [0.01, 0, 0, 0, 1e-10, False, 'torch']

    Source:
        Duchi, Hazan and Singer, [Adaptive subgradient methods for online learning and stochastic
        optimization](https://jmlr.org/papers/v12/duchi11a.html), JMLR 12, 2011, figure 1.
    """

    state_arrays = ("sum",)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "lr_decay": lr_decay,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "eps": eps,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def initial(self, name: str, data: Array, group: Group) -> Array:
        """Return what the sum starts at."""
        start = group["initial_accumulator_value"] if group["variant"] == "torch" else 0
        return namespace(data).full_like(data, start)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return its rule."""
        settings = chosen(group, "lr", "lr_decay", "weight_decay", "eps") | {"step": count(state)}
        if group["variant"] == "paper":
            settings["eps"] += group["initial_accumulator_value"]
        return partial(adagrad_update, **settings), self.state_arrays
