"""Update rules as pure functions of arrays: one line of code for one line of the paper."""

from reference_impl._array import Array, namespace, own


def sgd_update(
    parameter: Array,
    gradient: Array,
    velocity: Array | None = None,
    *,
    lr: float = 1e-3,
    momentum: float = 0.0,
    dampening: float = 0.0,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> tuple[Array, Array | None]:
    r"""Compute one step of stochastic gradient descent.

    With the learning rate $\eta$, momentum $\mu$, dampening $\tau$ and weight decay $\lambda$,

    $$\begin{aligned}
    g &\leftarrow g + \lambda \theta \\
    u &\leftarrow \mu u + (1 - \tau) g \qquad (u \leftarrow g \text{ in the first step}) \\
    \theta &\leftarrow \theta - \eta u \qquad (\theta - \eta (g + \mu u) \text{ for Nesterov's momentum})
    \end{aligned}$$

    Without momentum there is no velocity, and $g$ takes its place. Nothing is changed in place.

    Args:
        parameter: The parameter $\theta$.
        gradient: Its gradient $g$.
        velocity: The velocity $u$ after the step before; None in the first step.
        lr: The learning rate $\eta$.
        momentum: The share $\mu$ of the velocity that is kept.
        dampening: The share $\tau$ by which a new gradient counts less.
        weight_decay: The factor $\lambda$ of the L2 penalty $\lambda \lVert\theta\rVert^2 / 2$.
        nesterov: Look ahead: step by the gradient and the velocity to come.

    Returns:
        The new parameter and the new velocity (None without momentum).

    Shape:
        All arrays $(*)$.

    Examples:
        The first step uses every setting; the second none, so there is no momentum, and the learning rate is 0.001.

        >>> import torch
        >>> from reference_impl.optim import sgd_update
        >>> theta, gradient, velocity = (torch.tensor([x], dtype=torch.float64) for x in (3.0, 6.0, 8.0))
        >>> settings = {"lr": 0.25, "momentum": 0.5, "dampening": 0.75, "weight_decay": 2.0, "nesterov": True}
        >>> theta, velocity = sgd_update(theta, gradient, velocity, **settings)
        >>> theta.item(), velocity.item()  # g = 6 + 2*3 = 12, u = 0.5*8 + 0.25*12 = 7; 3 - 0.25*(12 + 0.5*7)
        (-0.875, 7.0)
        >>> theta, velocity = sgd_update(1000 * theta, gradient)
        >>> theta.item(), velocity  # -875 - 0.001*6
        (-875.006, None)

    Source:
        Sutskever et al., [On the importance of initialization and momentum in deep
        learning](https://proceedings.mlr.press/v28/sutskever13.html), ICML 2013; the form with the learning rate
        outside the velocity is that of `torch.optim.SGD`.
    """
    if weight_decay:
        gradient = gradient + weight_decay * parameter
    if momentum:
        velocity = own(gradient) if velocity is None else momentum * velocity + (1 - dampening) * gradient
        gradient = gradient + momentum * velocity if nesterov else velocity
    return parameter - lr * gradient, velocity


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
