"""RMSProp."""

from collections.abc import Iterable
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights
from reference_impl.optim.optimizer import Group, Optimizer, Prepared, State, chosen, count


def rmsprop_update(
    parameter: Array,
    gradient: Array,
    square: Array | None = None,
    mean: Array | None = None,
    velocity: Array | None = None,
    *,
    lr: float = 1e-2,
    alpha: float = 0.99,
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    momentum: float = 0.0,
) -> tuple[Array, Array, Array | None, Array | None]:
    r"""Compute one step of RMSProp: the gradient over its recent root mean square.

    $$\begin{aligned}
    g_t &\leftarrow g_t + \lambda \theta_{t-1} \\
    v_t &= \alpha v_{t-1} + (1 - \alpha) g_t^2 \qquad (v_1 = g_1^2 \text{ without a } v_0) \\
    m_t &= \alpha m_{t-1} + (1 - \alpha) g_t \qquad \text{(centred; else } m_t = 0 \text{)} \\
    u_t &= \mu u_{t-1} + g_t / \bigl(\sqrt{v_t - m_t^2} + \epsilon\bigr) \\
    \theta_t &= \theta_{t-1} - \eta u_t
    \end{aligned}$$

    torch starts from $v_0 = 0$, which no gradient had, and the first step is $1/\sqrt{1 - \alpha}$ times too long: ten
    times at $\alpha = 0.99$. The lecture speaks of a running mean of squares and leaves its start open; without a $v_0$
    the mean is one of squares from the first step on, and the first step has the length $\eta$.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        square: The running mean $v_{t-1}$ of the squared gradients; None to start it with $g_t^2$.
        mean: For the centred rule, the running mean $m_{t-1}$ of the gradients, zeros before the first step; else None.
        velocity: With momentum, the velocity $u_{t-1}$, zeros before the first step; else None.
        lr: The learning rate $\eta$.
        alpha: The share $\alpha$ of the old mean that is kept.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        momentum: The share $\mu$ of the velocity that is kept.

    Returns:
        The new parameter, mean square, mean (None unless centred) and velocity (None without one); nothing is changed
        in place.

    Shape:
        All arrays $(*)$.

    Examples:
        Centred, with momentum; then from nothing; then with the defaults.

        >>> import torch
        >>> from reference_impl.optim import rmsprop_update
        >>> theta, gradient, square, mean = (torch.tensor([x], dtype=torch.float64) for x in (6.0, 1.0, 34.0, 4.0))
        >>> settings = {"lr": 0.5, "alpha": 0.5, "eps": 1.0, "weight_decay": 0.5, "momentum": 0.25}
        >>> arrays = rmsprop_update(theta, gradient, square, mean, 10 * gradient, **settings)
        >>> [array.item() for array in arrays]  # g = 4, v - m^2 = 25 - 16, u = 0.25*10 + 4/(3 + 1)
        [4.25, 25.0, 4.0, 3.5]
        >>> arrays = rmsprop_update(theta, gradient, lr=0.5, eps=1.0)
        >>> arrays[0].item(), arrays[1].item(), arrays[2:]  # 6 - 0.5 * 1/(sqrt(1) + 1)
        (5.75, 1.0, (None, None))
        >>> theta, square, _, _ = rmsprop_update(100 * gradient, 1e-7 * gradient, 0 * square)
        >>> theta.item()  # 100 - 0.01 * 1/(0.1 + 0.1)
        99.95

    Source:
        Tieleman and Hinton, [lecture
        6.5](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf), 2012; the centred rule: Graves,
        [Generating sequences with recurrent neural networks](https://arxiv.org/abs/1308.0850), 2013.
    """
    xp = namespace(parameter)
    parameter, gradient = decay_weights(parameter, gradient, lr, weight_decay, decoupled=False)
    square = gradient**2 if square is None else alpha * square + (1 - alpha) * gradient**2
    spread = square
    if mean is not None:
        mean = alpha * mean + (1 - alpha) * gradient
        spread = square - mean**2
    direction = gradient / (xp.sqrt(spread) + eps)
    if velocity is not None:
        direction = velocity = momentum * velocity + direction
    return parameter - lr * direction, square, mean, velocity


class RMSprop(Optimizer):
    r"""RMSProp: the gradient over its recent root mean square.

    For each parameter $\theta$ (the rule in full: [`rmsprop_update`][reference_impl.optim.rmsprop_update]),

    $$v_t = \alpha v_{t-1} + (1 - \alpha) g_t^2, \qquad \theta_t = \theta_{t-1} - \eta \, \frac{g_t}{\sqrt{v_t} +
    \epsilon}$$

    Args:
        params: The parameters, or groups of them: dictionaries with `"params"` and settings of their own.
        lr: The learning rate $\eta$.
        alpha: The share $\alpha$ of the old mean that is kept.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The factor $\lambda$ of an L2 penalty, added to the gradient.
        momentum: The share of the velocity that is kept.
        centered: Divide by the root of the variance: subtract the squared mean gradient.
        maximize: Climb: take every gradient with the other sign.
        variant: `"torch"` starts from $v_0 = 0$, with a first step of $10\,\eta$ at $\alpha = 0.99$; `"paper"` from the
            first squared gradient, with a first step of $\eta$. The difference wears off in about $1/(1-\alpha)$ steps.

    Raises:
        ValueError: A setting is negative, `alpha` is above 1, or there are no parameters.
        TypeError: A setting isn't a number, or something in `params` isn't a parameter.

    Examples:
        Two steps with a gradient of 3, of either variant. Without $\epsilon$, the first would be $5 \eta$ and $\eta$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import RMSprop
        >>> for variant in ("torch", "paper"):
        ...     theta = Tensor(torch.zeros(1, dtype=torch.float64), requires_grad=True)
        ...     (3.0 * theta).sum().backward()
        ...     optimizer, path = RMSprop([theta], lr=0.3, alpha=0.96, eps=0.4, variant=variant), []
        ...     for _ in range(2):
        ...         optimizer.step()
        ...         path.append(round(theta.item(), 6))
        ...     print(variant, path)  # v = 0.04 * 9 = 0.36, then 0.96 * 0.36 + 0.36; or 9 each time
        torch [-0.9, -1.625806]
        paper [-0.264706, -0.529412]
        >>> list(RMSprop([theta]).defaults.values())  # from `lr` on, in the order of the arguments
        [0.01, 0.99, 1e-08, 0, 0, False, False, 'torch']

    Source:
        Tieleman and Hinton, [lecture
        6.5](https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf), 2012.
    """

    state_arrays = ("square_avg", "grad_avg", "momentum_buffer")

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
        variant: str = "torch",
    ) -> None:
        settings = {
            "lr": lr,
            "alpha": alpha,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "centered": centered,
            "maximize": maximize,
            "variant": variant,
        }
        super().__init__(params, settings)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step; return its rule, and keep means and velocity where they are wanted."""
        settings = chosen(group, "lr", "alpha", "eps", "weight_decay", "momentum")
        starts = count(state) == 1 and group["variant"] == "paper"

        def rule(
            parameter: Array, gradient: Array, square: Array, *others: Array | None
        ) -> tuple[Array | None, ...]:
            return rmsprop_update(parameter, gradient, None if starts else square, *others, **settings)

        mean = "grad_avg" if group["centered"] else None
        velocity = "momentum_buffer" if group["momentum"] else None
        return rule, ("square_avg", mean, velocity)
