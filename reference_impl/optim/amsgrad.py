"""AMSGrad, the rule; the optimizer is Adam with `amsgrad=True`."""

from reference_impl._array import Array, namespace
from reference_impl.optim.decay import decay_weights


def amsgrad_update(
    parameter: Array,
    gradient: Array,
    mean: Array,
    square: Array,
    largest: Array,
    step: int,
    *,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled_weight_decay: bool = False,
    variant: str = "torch",
) -> tuple[Array, Array, Array, Array]:
    r"""Compute step number $t$ of AMSGrad: Adam that doesn't forget a large gradient.

    $$\begin{aligned}
    m_t &= \beta_1 m_{t-1} + (1 - \beta_1) g_t \\
    v_t &= \beta_2 v_{t-1} + (1 - \beta_2) g_t^2 \\
    v_t^{\max} &= \max(v_{t-1}^{\max}, v_t) \\
    \theta_t &= \theta_{t-1} - \eta \, m_t / (\sqrt{v_t^{\max}} + \epsilon) \qquad \text{(the paper)}
    \end{aligned}$$

    torch divides $m_t$ by $1 - \beta_1^t$ and $v_t^{\max}$ by $1 - \beta_2^t$, as in Adam. The paper corrects neither,
    and this is what its proof needs: there $\eta / \sqrt{v_t^{\max}}$ never rises. torch's rate can, since
    $1 - \beta_2^t$ grows while the maximum stands still: after a single gradient of 1, from $\eta$ to $31.6 \, \eta$.
    The paper has no $\epsilon$: pass `eps=0`.

    Args:
        parameter: The parameter $\theta_{t-1}$.
        gradient: Its gradient $g_t$.
        mean: The running mean $m_{t-1}$ of the gradients; zeros before the first step.
        square: The running mean $v_{t-1}$ of their squares; zeros before the first step.
        largest: The largest $v$ so far; zeros before the first step.
        step: The number $t$ of this step, from 1.
        lr: The learning rate $\eta$.
        betas: The decay rates $\beta_1$ and $\beta_2$ of the two means.
        eps: The number $\epsilon$ that keeps the denominator from 0.
        weight_decay: The strength $\lambda$ of weight decay.
        decoupled_weight_decay: Shrink the parameter instead of adding a penalty to the gradient; see AdamW.
        variant: `"torch"` corrects the bias of the means, `"paper"` doesn't, and doesn't multiply $\lambda$ by $\eta$.

    Returns:
        The new parameter, mean, mean square and largest mean square; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        A gradient of -2 after larger ones: $v$ falls to 13, and the largest is still 16. Then a step with the defaults,
        at a gradient as small as the default $\epsilon$.

        >>> import torch
        >>> from reference_impl.optim import amsgrad_update
        >>> theta, mean, square, gradient = (torch.tensor([x], dtype=torch.float64) for x in (3.0, 7.0, 16.0, -2.0))
        >>> settings = {"step": 2, "lr": 0.75, "betas": (0.5, 0.75), "eps": 1.0}
        >>> arrays = amsgrad_update(theta, gradient, mean, square, square, variant="paper", **settings)
        >>> [array.item() for array in arrays]  # m = 0.5*7 - 0.5*2, v = 0.75*16 + 0.25*4; 3 - 0.75 * 2.5/(4 + 1)
        [2.625, 2.5, 13.0, 16.0]
        >>> arrays = amsgrad_update(theta, gradient, mean, square, square, **settings)
        >>> arrays[0].item()  # 3 - 0.75 * (2.5 / 0.75) / (sqrt(16 / 0.4375) + 1)
        2.645261
        >>> zero = 0 * theta
        >>> amsgrad_update(zero, 1e-8 + zero, zero, zero, zero, step=2)[0].item()  # as Adam
        -0.00030828

    Source:
        Reddi, Kale and Kumar, [On the convergence of Adam and beyond](https://arxiv.org/abs/1904.09237), ICLR 2018,
        algorithm 2.
    """
    xp = namespace(parameter)
    beta1, beta2 = betas
    decay_rate = lr if variant == "torch" else 1
    parameter, gradient = decay_weights(parameter, gradient, decay_rate, weight_decay, decoupled_weight_decay)
    mean = beta1 * mean + (1 - beta1) * gradient
    square = beta2 * square + (1 - beta2) * gradient**2
    largest = xp.maximum(largest, square)
    if variant == "paper":
        return parameter - lr * mean / (xp.sqrt(largest) + eps), mean, square, largest
    unbiased_mean = mean / (1 - beta1**step)
    unbiased_largest = largest / (1 - beta2**step)
    return parameter - lr * unbiased_mean / (xp.sqrt(unbiased_largest) + eps), mean, square, largest
