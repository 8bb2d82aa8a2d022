"""NAdam."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def momentum_of_step(step: int, beta1: float, momentum_decay: float) -> float:
    r"""Return NAdam's momentum $\mu_t$, which grows from about a half of $\beta_1$ towards $\beta_1$."""
    return float(beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay)))


def nadam_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    step: int,
    momentum_product: float,
    *,
    lr: float = 2e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    momentum_decay: float = 4e-3,
    decoupled_weight_decay: bool = False,
    variant: str = "torch",
) -> tuple[Array, Array, Array]:
    r"""Compute step number $t$ of NAdam: Adam with Nesterov's look ahead.

    $$\begin{aligned}
    \mu_t &= \beta_1 \, (1 - \tfrac12 \, 0.96^{t \psi}) \\
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
    \hat m_t &= \frac{\mu_{t+1} m_t}{1 - \prod_{i=1}^{t+1} \mu_i} + \frac{(1 - \mu_t) g_t}{1 - \prod_{i=1}^{t} \mu_i} \\
    \hat v_t &= v_t / (1 - \beta_2^t) \\
    \theta_t &= \theta_{t-1} - \eta \, \hat m_t / (\sqrt{\hat v_t} + \epsilon)
    \end{aligned}$$

    So it is in torch. In the paper the running mean decays with the momentum of its step, $m_t = \mu_t m_{t-1} +
    (1 - \mu_t) g_t$, so that the products correct exactly its bias; with torch's $\beta_1$ they don't, and its first
    steps are shorter. And there $\hat v_t = \beta_2 v_t / (1 - \beta_2^t)$.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        step: The number $t$ of this step, from 1.
        momentum_product: The product $\mu_1 \cdots \mu_t$, up to this step.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The strength $\lambda$ of weight decay.
        momentum_decay: The rate $\psi$ at which the momentum approaches $\beta_1$.
        decoupled_weight_decay: Shrink the parameter by $\eta\lambda$ instead of adding a penalty to the gradient.
        variant: `"torch"` for the rule above, `"paper"` for a mean that decays with $\mu_t$, and $\beta_2$ in
            $\hat v_t$.

    Returns:
        The new parameter, mean and mean square; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        A first step, with $\mu_1 = 0.39$ and $\mu_2 = 0.4044$. Then a second one with the defaults, at a gradient as
        small as the default $\epsilon$.

        >>> import torch
        >>> from reference_impl.optim import nadam_update
        >>> theta, gradient, zero = (torch.tensor([x], dtype=torch.float64) for x in (6.0, 3.0, 0.0))
        >>> settings = {"lr": 0.5, "betas": (0.75, 0.75), "eps": 1.0, "momentum_decay": 1.0}
        >>> settings |= {"step": 1, "momentum_product": 0.39}  # 0.75 * (1 - 0.5*0.96)
        >>> for variant in ("torch", "paper"):
        ...     arrays = nadam_update(theta, gradient, zero, zero, variant=variant, **settings)
        ...     print([round(array.item(), 6) for array in arrays])
        [5.579988, 0.75, 2.25]
        [5.461014, 1.83, 2.25]
        >>> arrays = nadam_update(zero, 1e-8 + zero, zero, zero, step=2, momentum_product=0.25)
        >>> arrays[0].item()  # with mu = 0.450147 and then 0.450220
        -0.000918265

    Source:
        Dozat, [Incorporating Nesterov momentum into Adam](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ), ICLR
        workshop 2016, algorithm 2.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    mu, next_mu = (momentum_of_step(t, beta1, momentum_decay) for t in (step, step + 1))
    kept, seen = (mu, beta2) if variant == "paper" else (beta1, 1.0)
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled_weight_decay)
    mean = kept * mean + (1 - kept) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    ahead = next_mu / (1 - momentum_product * next_mu) * mean + (1 - mu) / (1 - momentum_product) * gradient
    unbiased_square = seen * square / (1 - beta2**step)
    return parameter - lr * ahead / (xp.sqrt(unbiased_square) + eps), mean, square


class NAdam(Optimizer):
    r"""NAdam: Adam with Nesterov's look ahead.

    For each parameter $\theta$, with $\hat m_t$ of the mean that the next step would use (the rule in full:
    [`nadam_update`][reference_impl.optim.nadam_update]),

    $$\theta_t = \theta_{t-1} - \eta \, \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The strength $\lambda$ of weight decay.
        momentum_decay: The rate at which the momentum approaches $\beta_1$.
        decoupled_weight_decay: Shrink the parameter instead of adding a penalty to the gradient.
        maximize: Climb: take every gradient with the other sign.
        variant: `"torch"`, or `"paper"`: the mean decays with the momentum of its step instead of $\beta_1$, so that
            its bias is corrected exactly, and $\hat v_t$ has the factor $\beta_2$.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        With a constant gradient and $\epsilon = 0$, the paper's first step is $\eta (\mu_2 (1-\mu_1) / (1-\mu_1\mu_2) +
        1) / \sqrt{\beta_2}$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import NAdam
        >>> for variant in ("torch", "paper"):
        ...     theta = Tensor(torch.zeros(1, dtype=torch.float64), requires_grad=True)
        ...     (3.0 * theta).sum().backward()
        ...     settings = {"betas": (0.5, 0.25), "eps": 0.0, "momentum_decay": 0.0, "variant": variant}
        ...     NAdam([theta], lr=0.5, **settings).step()
        ...     print(variant, theta.item())  # with mu = 0.25: 0.5 * (0.25 * 0.5 / 0.9375 + 1), or 0.5 * 1.2 / 0.5
        torch -0.5666666666666667
        paper -1.2
        >>> lr, *others = NAdam([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, others
        (2.0, [(0.9, 0.999), 1e-08, 0, 0.004, False, False, 'torch'])

    Source:
        Dozat, [Incorporating Nesterov momentum into Adam](https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ), ICLR
        workshop 2016.
    """

    state_numbers = ("step", "mu_product")
    state_arrays = ("exp_avg", "exp_avg_sq")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum_decay: float = 4e-3,
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
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step and multiply its momentum into the product; return its rule."""
        step = count(state)
        momentum = momentum_of_step(step, group["betas"][0], group["momentum_decay"])
        state["mu_product"] = state.get("mu_product", 1.0) * momentum
        names = ("lr", "betas", "eps", "weight_decay", "momentum_decay", "decoupled_weight_decay", "variant")
        settings = chosen(group, *names) | {"step": step, "momentum_product": state["mu_product"]}
        return partial(nadam_update, **settings), self.state_arrays
