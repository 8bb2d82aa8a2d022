"""AdaBound and AMSBound."""

from collections.abc import Iterable
from functools import partial
from math import sqrt
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def _bounded_rate(
    square: Array,
    step: int,
    lr: float,
    betas: tuple[float, float],
    final_lr: float,
    gamma: float,
    eps: float,
    variant: str,
) -> Array:
    """Return the rate of each entry, between bounds that meet in the end."""
    xp = namespace(square)
    beta1, beta2 = betas
    lower = final_lr * (1 - 1 / (gamma * step + 1))
    upper = final_lr * (1 + 1 / (gamma * step))
    if variant == "paper":
        return xp.clip(lr / (xp.sqrt(square) + eps), lower, upper) / sqrt(step)
    corrected = lr * sqrt(1 - beta2**step) / (1 - beta1**step)
    return xp.clip(corrected / (xp.sqrt(square) + eps), lower, upper)


def adabound_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    step: int,
    *,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    final_lr: float = 0.1,
    gamma: float = 1e-3,
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    variant: str = "torch",
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of AdaBound: Adam whose rates are held between bounds, and that becomes SGD.

    With $m_t$ and $v_t$ as in Adam and the final rate $\eta^*$,

    $$\begin{aligned}
    l_t &= \eta^* \Bigl(1 - \frac{1}{\gamma t + 1}\Bigr), \qquad u_t = \eta^* \Bigl(1 + \frac{1}{\gamma t}\Bigr) \\
    \hat\eta_t &= \operatorname{clip}\Bigl(\frac{\eta}{\sqrt{v_t} + \epsilon} \cdot
    \frac{\sqrt{1 - \beta_2^t}}{1 - \beta_1^t}, \; l_t, \; u_t\Bigr) \\
    \theta_t &= \theta_{t-1} - \hat\eta_t \odot m_t
    \end{aligned}$$

    torch has no AdaBound: this is the authors' code for torch. The paper's algorithm has no correction of the bias,
    divides the clipped rate by $\sqrt t$, and has no $\epsilon$ (pass `eps=0`). Its early steps are shorter, and it
    needs no schedule to come to rest.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        final_lr: The rate $\eta^*$ of SGD in the end.
        gamma: How fast the bounds $\gamma$ close; the paper takes $1 - \beta_2$.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        variant: `"torch"` for the authors' code, `"paper"` for the paper's algorithm 2.

    Returns:
        The new parameter, mean and mean square; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        Of three rates, the first is held at the upper bound and the last at the lower. With the defaults, in the first
        step, the bounds are wide: 0.0000999 and 100.1.

        >>> import torch
        >>> from reference_impl.optim import adabound_update
        >>> theta, zero = (torch.full((3,), x, dtype=torch.float64) for x in (1.0, 0.0))
        >>> gradient = torch.tensor([0.25, 1.5, 64.0], dtype=torch.float64)
        >>> settings = {"lr": 0.5, "betas": (0.5, 0.75), "final_lr": 0.25, "gamma": 0.25}
        >>> arrays = adabound_update(theta, gradient, zero, 4 * gradient**2, step=4, eps=0.0, **settings)
        >>> [round(x, 6) for x in arrays[0].tolist()]  # bounds 0.125 and 0.5, rates 0.978, 0.163 and 0.004
        [0.9375, 0.877701, -3.0]
        >>> arrays = adabound_update(theta, gradient, zero, zero, step=4, eps=0.5, variant="paper", **settings)
        >>> [round(x, 6) for x in arrays[0].tolist()]  # rates 0.5/(|g|/2 + 0.5), clipped, over sqrt(4)
        [0.96875, 0.85, -1.0]
        >>> gradient = torch.tensor([0.0001, 1000.0], dtype=torch.float64)
        >>> zero = 0 * gradient
        >>> arrays = adabound_update(zero, gradient, zero, zero, step=1)
        >>> [round(x, 8) for x in arrays[0].tolist()]  # rates 99.68 and 0.00001, on means of 0.00001 and 100
        [-0.00099685, -0.00999001]

    Source:
        Luo et al., [Adaptive gradient methods with dynamic bound of learning rate](https://arxiv.org/abs/1902.09843),
        ICLR 2019, algorithm 2.
    """
    beta1, beta2 = betas
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    rate = _bounded_rate(square, step, lr, betas, final_lr, gamma, eps, variant)
    return parameter - rate * mean, mean, square


def amsbound_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    largest: Array,
    step: int,
    *,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    final_lr: float = 0.1,
    gamma: float = 1e-3,
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    variant: str = "torch",
) -> tuple[Array, Array, Array, Array]:
    r"""Compute step number $t$ of AMSBound: AdaBound with the largest mean square so far.

    $$v_t^{\max} = \max(v_{t-1}^{\max}, v_t)$$

    takes the place of $v_t$ in the rate of [`adabound_update`][reference_impl.optim.adabound_update].

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        largest: The largest $v$ so far; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        final_lr: The rate $\eta^*$ of SGD in the end.
        gamma: How fast the bounds $\gamma$ close; the paper takes $1 - \beta_2$.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        variant: `"torch"` for the authors' code, `"paper"` for the paper's algorithm 3.

    Returns:
        The new parameter, mean, mean square and largest mean square; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        The largest mean square, 16 or 400, stands for the present one of $0.75 \cdot 4 + 0.25 \cdot 9$. The second
        rate, 0.052, is held at the lower bound, 0.125. Then a first step with the defaults, as AdaBound takes it.

        >>> import torch
        >>> from reference_impl.optim import amsbound_update
        >>> theta, gradient, mean, square = (torch.full((2,), x, dtype=torch.float64) for x in (1.0, -3.0, 8.0, 4.0))
        >>> largest = torch.tensor([16.0, 400.0], dtype=torch.float64)
        >>> settings = {"lr": 1.25, "betas": (0.5, 0.75), "final_lr": 0.25, "gamma": 0.25, "eps": 1.0}
        >>> theta, *means = amsbound_update(theta, gradient, mean, square, largest, step=4, **settings)
        >>> [array.tolist() for array in means]  # m = 0.5*8 - 0.5*3
        [[2.5, 2.5], [5.25, 5.25], [16.0, 400.0]]
        >>> [round(x, 6) for x in theta.tolist()]  # 1 - 1.25*0.881917/(4 + 1) * 2.5, 1 - 0.125 * 2.5
        [0.448802, 0.6875]
        >>> zero = 0 * theta
        >>> gradient = torch.tensor([0.0001, 1000.0], dtype=torch.float64)
        >>> [round(x, 8) for x in amsbound_update(zero, gradient, zero, zero, zero, step=1)[0].tolist()]
        [-0.00099685, -0.00999001]

    Source:
        Luo et al., [Adaptive gradient methods with dynamic bound of learning rate](https://arxiv.org/abs/1902.09843),
        ICLR 2019, algorithm 3.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    largest = xp.maximum(largest, square)
    rate = _bounded_rate(largest, step, lr, betas, final_lr, gamma, eps, variant)
    return parameter - rate * mean, mean, square, largest


class AdaBound(Optimizer):
    r"""AdaBound and AMSBound: Adam whose rates are held between bounds, and that becomes SGD.

    For each parameter $\theta$ (the rule in full: [`adabound_update`][reference_impl.optim.adabound_update]),

    $$\theta_t = \theta_{t-1} - \operatorname{clip}\Bigl(\frac{\eta}{\sqrt{v_t} + \epsilon}, l_t, u_t\Bigr) \odot m_t$$

    where the bounds close on $\eta^*$. A schedule that changes $\eta$ moves the bounds along, as in the authors' code.

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        final_lr: The rate $\eta^*$ of SGD in the end.
        gamma: How fast the bounds close.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor of an L2 penalty, added to the gradient.
        amsbound: Use the largest $v_t$ so far: [`amsbound_update`][reference_impl.optim.amsbound_update].
        maximize: Climb: take every gradient with the other sign.
        variant: `"torch"` for the authors' code for torch, which has no AdaBound itself; `"paper"` for the paper's
            algorithm: no bias correction, and the clipped rate over $\sqrt t$.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The rates are $0.5 / (g/2 + 0.125)$ between the bounds $1 - 1/2$ and $1 + 1$, and the means $g / 2$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import AdaBound
        >>> theta = Tensor(torch.full((3,), 6.0, dtype=torch.float64), requires_grad=True)
        >>> (torch.tensor([4.0, 1.0, 0.125], dtype=torch.float64) * theta).sum().backward()
        >>> AdaBound([theta], lr=0.5, betas=(0.5, 0.75), final_lr=1.0, gamma=1.0, eps=0.125).step()
        >>> theta.tolist()  # 6 - 0.5 * 2, 6 - 0.8 * 0.5, 6 - 2 * 0.0625
        [5.0, 5.6, 5.875]
        >>> lr, betas, final_lr, gamma, *others = AdaBound([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, betas, final_lr, 1000 * gamma, others
        (1.0, (0.9, 0.999), 0.1, 1.0, [1e-08, 0, False, False, 'torch'])

    Source:
        Luo et al., [Adaptive gradient methods with dynamic bound of learning rate](https://arxiv.org/abs/1902.09843),
        ICLR 2019.
    """

    state_arrays = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        final_lr: float = 0.1,
        gamma: float = 1e-3,
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsbound: bool = False,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "betas": betas,
            "final_lr": final_lr,
            "gamma": gamma,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsbound": amsbound,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def add_param_group(self, param_group: Group) -> None:
        """Add a group, and remember its first rate."""
        super().add_param_group(param_group)
        self.param_groups[-1].setdefault("base_lr", self.param_groups[-1]["lr"])

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return the rule of AdaBound or AMSBound."""
        settings = chosen(group, "lr", "betas", "final_lr", "gamma", "eps", "weight_decay", "variant")
        if group["base_lr"]:
            settings["final_lr"] *= group["lr"] / group["base_lr"]
        settings["step"] = count(state)
        if group["amsbound"]:
            return partial(amsbound_update, **settings), self.state_arrays
        return partial(adabound_update, **settings), self.state_arrays[:2]
