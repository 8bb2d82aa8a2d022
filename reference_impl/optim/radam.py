"""RAdam."""

from collections.abc import Iterable
from functools import partial
from math import sqrt
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count

THRESHOLDS = {"torch": 5, "paper": 4}


def radam_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    step: int,
    *,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled_weight_decay: bool = False,
    variant: str = "torch",
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of RAdam: Adam that waits until it has seen enough gradients to divide by their size.

    With $m_t$, $v_t$ and $\hat m_t$ as in Adam, and a measure $\rho_t$ of how many gradients $v_t$ rests on,

    $$\begin{aligned}
    \rho_\infty &= 2 / (1 - \beta_2) - 1 \\
    \rho_t &= \rho_\infty - 2 t \beta_2^t / (1 - \beta_2^t) \\
    r_t &= \sqrt{\frac{(\rho_t - 4)(\rho_t - 2)\, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2)\, \rho_t}} \\
    \theta_t &= \theta_{t-1} - \eta \, r_t \, \hat m_t \, \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v_t} + \epsilon}
    \qquad \text{if } \rho_t > 4 \text{ (torch: } 5 \text{), else } \theta_{t-1} - \eta \, \hat m_t
    \end{aligned}$$

    torch, like the authors' code, switches at 5, where $r_t$ is well away from 0. At $\beta_2 = 0.999$ this is step 6;
    the paper's 4 is passed at step 5, which is then much shorter. The paper has no $\epsilon$: pass `eps=0`.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The strength $\lambda$ of weight decay.
        decoupled_weight_decay: Shrink the parameter by $\eta\lambda$ instead of adding a penalty to the gradient.
        variant: `"torch"` to switch above 5, `"paper"` above 4.

    Returns:
        The new parameter, mean and mean square; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        Step 5, where $\rho_5 = 4.996$: torch still ignores $v$, the paper already divides by its root. Then a first
        step with the defaults.

        >>> import torch
        >>> from reference_impl.optim import radam_update
        >>> theta, gradient, mean, square = (torch.tensor([x], dtype=torch.float64) for x in (1.0, 3.0, 1.0, 0.004))
        >>> for variant in ("torch", "paper"):
        ...     arrays = radam_update(theta, gradient, mean, square, step=5, lr=0.5, eps=0.5, variant=variant)
        ...     print([round(array.item(), 6) for array in arrays])  # m = 0.9*1 + 0.1*3, v = 0.999*0.004 + 0.001*9
        [-0.465166, 1.2, 0.012996]
        [0.997082, 1.2, 0.012996]
        >>> radam_update(theta, gradient, mean, square, step=1)[0].item()  # 1 - 0.001 * 1.2 / (1 - 0.9)
        0.988

    Source:
        Liu et al., [On the variance of the adaptive learning rate and beyond](https://arxiv.org/abs/1908.03265), ICLR
        2020, algorithm 2.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled_weight_decay)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    unbiased_mean = mean / (1 - beta1**step)
    rho_most = 2 / (1 - beta2) - 1
    rho = rho_most - 2 * step * beta2**step / (1 - beta2**step)
    if not rho > THRESHOLDS[variant]:
        return parameter - lr * unbiased_mean, mean, square
    rectified = sqrt((rho - 4) * (rho - 2) * rho_most / ((rho_most - 4) * (rho_most - 2) * rho))
    direction = unbiased_mean * sqrt(1 - beta2**step) / (xp.sqrt(square) + eps)
    return parameter - lr * rectified * direction, mean, square


class RAdam(Optimizer):
    r"""RAdam: Adam with a warm-up that follows from how unsure the first running means are.

    For each parameter $\theta$, once $\rho_t$ is large enough and until then without the root (the rule in full:
    [`radam_update`][reference_impl.optim.radam_update]),

    $$\theta_t = \theta_{t-1} - \eta \, r_t \, \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The strength $\lambda$ of weight decay.
        decoupled_weight_decay: Shrink the parameter instead of adding a penalty to the gradient.
        maximize: Climb: take every gradient with the other sign.
        variant: `"torch"` switches at $\rho_t > 5$, `"paper"` at $\rho_t > 4$: one step earlier at $\beta_2 = 0.999$.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        Steps with a constant gradient of 1. At step 5 the paper's variant has switched, and torch's at step 6.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import RAdam
        >>> for variant in ("torch", "paper"):
        ...     theta = Tensor(torch.zeros(1, dtype=torch.float64), requires_grad=True)
        ...     theta.sum().backward()
        ...     optimizer, path = RAdam([theta], lr=0.5, betas=(0.8, 0.999), eps=0.0, variant=variant), []
        ...     for _ in range(6):
        ...         before = theta.item()
        ...         optimizer.step()
        ...         path.append(round(before - theta.item(), 5))
        ...     print(variant, path[3:])
        torch [0.5, 0.5, 0.01291]
        paper [0.5, 0.00866, 0.01291]
        >>> lr, *others = RAdam([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, others
        (1.0, [(0.9, 0.999), 1e-08, 0, False, False, 'torch'])

    Source:
        Liu et al., [On the variance of the adaptive learning rate and beyond](https://arxiv.org/abs/1908.03265), ICLR
        2020.
    """

    state_arrays = ("exp_avg", "exp_avg_sq")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        decoupled_weight_decay: bool = False,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return its rule."""
        names = ("lr", "betas", "eps", "weight_decay", "decoupled_weight_decay", "variant")
        return partial(radam_update, step=count(state), **chosen(group, *names)), self.state_arrays
