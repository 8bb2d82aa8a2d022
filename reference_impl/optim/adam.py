"""Adam."""

from collections.abc import Iterable
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.optimizer import Group, Optimizer, State
from reference_impl.optim.rules import adam_update
from reference_impl.optim.settings import check_adam


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

    Source:
        Kingma and Ba, [Adam: a method for stochastic optimization](https://arxiv.org/abs/1412.6980), ICLR 2015.
    """

    state_arrays = ("exp_avg", "exp_avg_sq")
    check_settings = staticmethod(check_adam)

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
    ) -> None:
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay})

    def update(self, parameter: Array, gradient: Array, state: State, group: Group) -> Array:
        """Return the new value of one parameter, and keep its two running means."""
        if not state:
            zeros = namespace(parameter).zeros_like(parameter)
            state.update(step=0, exp_avg=zeros, exp_avg_sq=zeros)
        state["step"] += 1
        parameter, state["exp_avg"], state["exp_avg_sq"] = adam_update(
            parameter,
            gradient,
            state["exp_avg"],
            state["exp_avg_sq"],
            state["step"],
            lr=group["lr"],
            betas=group["betas"],
            eps=group["eps"],
            weight_decay=group["weight_decay"],
        )
        return parameter
