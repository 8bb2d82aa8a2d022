"""Adam."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.amsgrad import amsgrad_update
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def adam_update(
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
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of Adam.

    With the learning rate $\eta$, decay rates $\beta_1, \beta_2$ and weight decay $\lambda$,

    $$\begin{aligned}
    g_t &\leftarrow g_t + \lambda \theta_{t-1} \\
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
    \hat m_t &= m_t / (1 - \beta_1^t) \\
    \hat v_t &= v_t / (1 - \beta_2^t) \\
    \theta_t &= \theta_{t-1} - \eta \, \hat m_t / (\sqrt{\hat v_t} + \epsilon)
    \end{aligned}$$

    Nothing is changed in place.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of the L2 penalty (not decoupled from the gradient: that is AdamW).

    Returns:
        The new parameter $\theta_t$, mean $m_t$ and mean square $v_t$.

    Shape:
        All arrays $(*)$.

    Examples:
        The second step, from means of 4 and 48; then one without settings, at a gradient as small as the default
        $\epsilon$.

        >>> import torch
        >>> from reference_impl.optim import adam_update
        >>> theta, gradient, mean, square = (torch.tensor([x], dtype=torch.float64) for x in (3.0, 6.0, 4.0, 48.0))
        >>> settings = {"lr": 0.5, "betas": (0.5, 0.75), "eps": 2.0, "weight_decay": 2.0}
        >>> theta, mean, square = adam_update(theta, gradient, mean, square, step=2, **settings)
        >>> mean.item(), square.item()  # g = 6 + 2*3 = 12; 0.5*4 + 0.5*12, 0.75*48 + 0.25*144
        (8.0, 72.0)
        >>> theta.item()  # 3 - 0.5 * (8 / 0.75) / (sqrt(72 / 0.4375) + 2)
        2.640333
        >>> zero = torch.zeros(1, dtype=torch.float64)
        >>> theta, mean, square = adam_update(zero, zero + 1e-8, zero, zero, step=2)
        >>> theta.item()  # -0.001 * (0.1 / 0.19) / (sqrt(0.001 / 0.001999) + 1)
        -0.00030828

    Source:
        Kingma and Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980), ICLR 2015.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    if weight_decay:
        gradient = gradient + weight_decay * parameter
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    unbiased_mean = mean / (1 - beta1**step)
    unbiased_square = square / (1 - beta2**step)
    return parameter - lr * unbiased_mean / (xp.sqrt(unbiased_square) + eps), mean, square


def adamw_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    step: int,
    *,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 1e-2,
    variant: str = "torch",
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of AdamW: Adam with the weight decay beside the gradient, not inside it.

    The parameter shrinks by itself, and neither running mean sees the decay:

    $$\theta_{t-1} \leftarrow (1 - \eta \lambda) \, \theta_{t-1}
    \qquad\text{(in the paper } (1 - \lambda) \, \theta_{t-1} \text{)}$$

    and then the step of [`adam_update`][reference_impl.optim.adam_update]. torch multiplies $\lambda$ by the learning
    rate, so that a schedule of the one governs the other. The paper keeps them apart: with its $\lambda$, changing
    $\eta$ leaves the decay alone.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The share $\lambda$ by which the parameter shrinks.
        variant: `"torch"` shrinks by $\eta\lambda$, `"paper"` by $\lambda$.

    Returns:
        The new parameter $\theta_t$, mean $m_t$ and mean square $v_t$; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        First steps, where Adam moves by $\eta g / (|g| + \epsilon)$. Then a second one with the defaults, at a gradient
        as small as the default $\epsilon$.

        >>> import torch
        >>> from reference_impl.optim import adamw_update
        >>> theta, gradient, zero = (torch.tensor([x], dtype=torch.float64) for x in (4.0, 6.0, 0.0))
        >>> settings = {"lr": 0.25, "betas": (0.5, 0.75), "eps": 2.0, "weight_decay": 0.5}
        >>> theta, mean, square = adamw_update(theta, gradient, zero, zero, step=1, **settings)
        >>> theta.item(), mean.item(), square.item()  # (1 - 0.25*0.5) * 4 - 0.25 * 6/(6 + 2)
        (3.3125, 3.0, 9.0)
        >>> adamw_update(2 * gradient, gradient, zero, zero, 1, variant="paper", **settings)[0].item()
        5.8125
        >>> theta, mean, square = adamw_update(gradient, 1e-8 + zero, zero, zero, step=2)
        >>> theta.item()  # (1 - 0.001*0.01) * 6 - 0.001 * (0.1 / 0.19) / (sqrt(0.001 / 0.001999) + 1)
        5.99963172

    Source:
        Loshchilov and Hutter, [Decoupled weight decay regularization](https://arxiv.org/abs/1711.05101), ICLR 2019,
        algorithm 2.
    """
    shrinking = lr * weight_decay if variant == "torch" else weight_decay
    return adam_update((1 - shrinking) * parameter, gradient, mean, square, step, lr=lr, betas=betas, eps=eps)


class Adam(Optimizer):
    r"""Adam: steps of a size that hardly depends on the size of the gradients.

    For each parameter $\theta$, with unbiased running means $\hat m_t$ of its gradients and $\hat v_t$ of their
    squares (the rule in full: [`adam_update`][reference_impl.optim.adam_update]),

    $$\theta_t = \theta_{t-1} - \eta \, \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        amsgrad: Use the largest $v_t$ so far: [`amsgrad_update`][reference_impl.optim.amsgrad_update].
        maximize: Climb: take every gradient with the other sign.
        decoupled_weight_decay: Shrink the parameter instead, as [`AdamW`][reference_impl.optim.AdamW] does.
        variant: `"torch"`, or `"paper"` for AMSGrad without bias correction, whose rate never rises, and
            decoupled decay by $\lambda$ whatever $\eta$ is. Nothing else differs.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        The first step is $\eta g / (|g| + \epsilon)$, here with $\epsilon = 1$. The second optimizer has no settings,
        so $\eta = 0.001$ and $\epsilon = 10^{-8}$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import Adam
        >>> theta, other = (Tensor(torch.ones(1, dtype=torch.float64), requires_grad=True) for _ in range(2))
        >>> (3.0 * theta + 3e-8 * other).sum().backward()
        >>> optimizer = Adam([theta], lr=0.25, betas=(0.5, 0.75), eps=1.0)
        >>> optimizer.step()
        >>> theta.item()  # 1 - 0.25 * 3 / (3 + 1)
        0.8125
        >>> [array.item() for array in (optimizer.state[theta]["exp_avg"], optimizer.state[theta]["exp_avg_sq"])]
        [1.5, 2.25]
        >>> Adam([other]).step()
        >>> other.item()  # 1 - 0.001 * 3 / (3 + 1)
        0.99925
        >>> list(Adam([theta]).defaults.values())  # from `lr` on, in the order of the arguments
        [0.001, (0.9, 0.999), 1e-08, 0, False, False, False, 'torch']

    Source:
        Kingma and Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980), ICLR 2015.
    """

    state_arrays = ("exp_avg", "exp_avg_sq", "max_exp_avg_sq")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "amsgrad": amsgrad,
            "maximize": maximize,
            "decoupled_weight_decay": decoupled_weight_decay,
            "variant": variant,
        }
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return the rule of Adam, AdamW or AMSGrad."""
        settings = chosen(group, "lr", "betas", "eps", "weight_decay") | {"step": count(state)}
        if group["amsgrad"]:
            settings |= chosen(group, "decoupled_weight_decay", "variant")
            return partial(amsgrad_update, **settings), self.state_arrays
        if group["decoupled_weight_decay"]:
            return partial(adamw_update, variant=group["variant"], **settings), self.state_arrays[:2]
        return partial(adam_update, **settings), self.state_arrays[:2]
