"""AdamW, the optimizer; the rule stands beside Adam's."""

from collections.abc import Iterable
from typing import Any

from reference_impl.optim.adam import Adam


class AdamW(Adam):
    r"""AdamW: Adam with weight decay beside the gradient, where the division by $\sqrt{v}$ doesn't cancel it.

    For each parameter $\theta$ (the rule in full: [`adamw_update`][reference_impl.optim.adamw_update]),

    $$\theta_t = (1 - \eta\lambda) \, \theta_{t-1} - \eta \, \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The share $\lambda$ by which the parameter shrinks, times $\eta$.
        amsgrad: Use the largest $v_t$ so far: [`amsgrad_update`][reference_impl.optim.amsgrad_update].
        maximize: Climb: take every gradient with the other sign; the decay stays.
        variant: `"torch"`, or `"paper"`: shrink by $\lambda$ whatever $\eta$ is, and AMSGrad without bias correction.

    Raises:
        ValueError: A setting is negative, a decay rate isn't below 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        Without a gradient only the decay acts: on the parameter itself, whatever the size of $v$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import AdamW
        >>> theta = Tensor(torch.tensor([8.0], dtype=torch.float64), requires_grad=True)
        >>> optimizer, path = AdamW([theta], lr=0.5, weight_decay=0.25), []
        >>> for variant in ("torch", "paper"):
        ...     (0.0 * theta).sum().backward()
        ...     optimizer.param_groups[0]["variant"] = variant
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # (1 - 0.5*0.25) * 8, (1 - 0.25) * 7
        [7.0, 5.25]
        >>> lr, *others = AdamW([theta]).defaults.values()  # in the order of the arguments
        >>> 1000 * lr, others
        (1.0, [(0.9, 0.999), 1e-08, 0.01, False, False, True, 'torch'])

    Source:
        Loshchilov and Hutter, [Decoupled weight decay regularization](https://arxiv.org/abs/1711.05101), ICLR 2019.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            maximize=maximize,
            decoupled_weight_decay=True,
            variant=variant,
        )
