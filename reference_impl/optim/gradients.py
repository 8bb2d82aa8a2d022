"""What is done to gradients between the backward pass and the step: clipping, penalties, noise. All in place."""

from collections.abc import Iterable
from math import inf, isfinite, isinf, sqrt
from typing import Any

from numpy.random import Generator

from reference_impl._array import Array, assign, from_numpy, is_array, namespace
from reference_impl._checks import check_at_least, check_generator, check_number, refuse


def clip_grad_value_(parameters: Any, clip_value: float) -> None:
    r"""Hold every entry of every gradient between two bounds.

    $$g \leftarrow \min(\max(g, -c), c)$$

    The direction of the gradient changes; NaN stays NaN.

    Args:
        parameters: Parameters, ours or torch's, or one of them; those without a gradient are left out.
        clip_value: The bound $c$.

    Raises:
        ValueError: `clip_value` is negative.
        TypeError: It isn't a number.

    Examples:
        Two entries of $2 \theta$ are too large.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import clip_grad_value_
        >>> theta = Tensor(torch.tensor([-3.0, 0.25, 0.5], dtype=torch.float64), requires_grad=True)
        >>> (theta**2).sum().backward()
        >>> theta.grad.tolist()
        [-6.0, 0.5, 1.0]
        >>> clip_grad_value_([theta], 0.75)
        >>> theta.grad.tolist()
        [-0.75, 0.5, 0.75]

    Source:
        Mikolov, [Statistical language models based on neural
        networks](https://www.fit.vut.cz/study/phd-thesis/283/), 2012, section 3.3.
    """
    check_at_least("clip_value", clip_value, 0, 0.5)
    for _, gradient in _with_gradients(parameters):
        assign(gradient, namespace(gradient).clip(gradient, -clip_value, clip_value))


def clip_grad_norm_(
    parameters: Any, max_norm: float, norm_type: float = 2.0, error_if_nonfinite: bool = False
) -> float:
    r"""Shorten all gradients together, as one vector, to a largest length.

    $$g \leftarrow g \cdot \min\Bigl(1, \frac{c}{\lVert g \rVert_p + 10^{-6}}\Bigr)$$

    The direction stays. As in torch, an infinite norm makes every finite entry 0, and a NaN makes every entry NaN.

    Args:
        parameters: Parameters, ours or torch's, or one of them; those without a gradient are left out.
        max_norm: The largest norm $c$.
        norm_type: The order $p$ of the norm; `inf` for the largest entry.
        error_if_nonfinite: Raise if the norm is infinite or NaN, and change nothing.

    Returns:
        The norm before clipping, as a number; 0 if there are no gradients.

    Raises:
        ValueError: `max_norm` is negative, or `norm_type` not above 0.
        TypeError: One of them isn't a number.
        RuntimeError: The norm isn't finite, and `error_if_nonfinite` is set.

    Examples:
        The norm is 5; without the $10^{-6}$ the gradients would become 0.6 and -0.8. As a sum of sizes it is then 1.4,
        and after that short enough.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import clip_grad_norm_
        >>> one, two = (Tensor(torch.tensor(x, dtype=torch.float64), requires_grad=True) for x in (1.5, -2.0))
        >>> (one**2 + two**2).backward()
        >>> clip_grad_norm_([one, two], 1.0), round(one.grad.item(), 9), round(two.grad.item(), 9)
        (5.0, 0.59999988, -0.79999984)
        >>> norm = clip_grad_norm_([one, two], 0.7, norm_type=1)
        >>> round(norm, 6), round(one.grad.item(), 6), round(two.grad.item(), 6)  # 1.4 / 2
        (1.4, 0.3, -0.4)
        >>> clip_grad_norm_([one, two], 0.9, norm_type=1)
        0.7
        >>> round(one.grad.item(), 6)
        0.3

    Source:
        Pascanu, Mikolov and Bengio, [On the difficulty of training recurrent neural
        networks](https://arxiv.org/abs/1211.5063), ICML 2013, algorithm 1.
    """
    check_at_least("max_norm", max_norm, 0, 1.0)
    check_number("norm_type", norm_type, 2.0)
    if not norm_type > 0:
        refuse("norm_type", norm_type, "must be above 0", "pass e.g. norm_type=2.0")
    gradients = [gradient for _, gradient in _with_gradients(parameters)]
    norm = _norm([_norm_of(gradient, norm_type) for gradient in gradients], norm_type)
    if error_if_nonfinite and not isfinite(norm):
        raise RuntimeError(
            f"The total norm of order {norm_type} for gradients from `parameters` is non-finite ({norm}), so it cannot "
            "be clipped; lower the learning rate, or pass error_if_nonfinite=False"
        )
    factor = max_norm / (norm + 1e-6)
    if not factor >= 1:
        for gradient in gradients:
            assign(gradient, factor * gradient)
    return norm


def add_l1_penalty_(parameters: Any, strength: float) -> None:
    r"""Add the gradient of an L1 penalty, $\lambda \lVert\theta\rVert_1$, which pulls all weights to 0 alike.

    $$g \leftarrow g + \lambda \operatorname{sign}(\theta)$$

    Args:
        parameters: Parameters, ours or torch's, or one of them; those without a gradient are left out.
        strength: The strength $\lambda$ of the penalty.

    Raises:
        ValueError: `strength` is negative.
        TypeError: It isn't a number.

    Examples:
        However large a weight is, the pull is the same. Without it the gradient is $2 \theta$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import add_l1_penalty_
        >>> theta = Tensor(torch.tensor([-8.0, 0.0, 0.5], dtype=torch.float64), requires_grad=True)
        >>> (theta**2).sum().backward()
        >>> add_l1_penalty_([theta], 0.25)
        >>> theta.grad.tolist()  # -16 - 0.25, 0, 1 + 0.25
        [-16.25, 0.0, 1.25]

    Source:
        Tibshirani, [Regression shrinkage and selection via the
        lasso](https://doi.org/10.1111/j.2517-6161.1996.tb02080.x), Journal of the Royal Statistical Society B 58, 1996.
    """
    _check_strength(strength)
    for data, gradient in _with_gradients(parameters):
        assign(gradient, gradient + strength * namespace(data).sign(data))


def add_l2_penalty_(parameters: Any, strength: float) -> None:
    r"""Add the gradient of an L2 penalty, $\lambda \lVert\theta\rVert^2 / 2$: what `weight_decay` of SGD and Adam does.

    $$g \leftarrow g + \lambda \theta$$

    In SGD this is weight decay. In Adam it is not: the division by $\sqrt v$ cancels it; see
    [`AdamW`][reference_impl.optim.AdamW].

    Args:
        parameters: Parameters, ours or torch's, or one of them; those without a gradient are left out.
        strength: The strength $\lambda$ of the penalty.

    Raises:
        ValueError: `strength` is negative.
        TypeError: It isn't a number.

    Examples:
        The pull grows with the weight.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import add_l2_penalty_
        >>> theta = Tensor(torch.tensor([-8.0, 0.0, 0.5], dtype=torch.float64), requires_grad=True)
        >>> theta.grad = torch.ones(3, dtype=torch.float64)
        >>> add_l2_penalty_([theta], 0.25)
        >>> theta.grad.tolist()  # 1 - 0.25*8, 1 + 0, 1 + 0.25*0.5
        [-1.0, 1.0, 1.125]

    Source:
        Krogh and Hertz, [A simple weight decay can improve
        generalization](https://papers.nips.cc/paper/1991/hash/8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html), NIPS
        1991.
    """
    _check_strength(strength)
    for data, gradient in _with_gradients(parameters):
        assign(gradient, gradient + strength * data)


def add_gradient_noise_(
    parameters: Any, step: int, *, rng: Generator, c: float = 0.01, gamma: float = 0.55
) -> None:
    r"""Add normal noise that fades with the steps.

    $$g_t \leftarrow g_t + N(0, \sigma_t^2), \qquad \sigma_t^2 = \frac{c}{(1 + t)^\gamma}$$

    $c$ is the variance of the first noise, at $t = 0$, not its standard deviation. The numbers are drawn by NumPy in
    the order of the parameters and then moved, so that every device sees the same.

    Args:
        parameters: Parameters, ours or torch's, or one of them; those without a gradient are left out.
        step: The number $t$ of the step, from 0.
        rng: What draws the noise, for example `numpy.random.default_rng(0)`.
        c: The variance $c$ at first; the paper tries 0.01, 0.3 and 1.
        gamma: How fast the variance falls, $\gamma$.

    Raises:
        ValueError: `step`, `c` or `gamma` is negative.
        TypeError: One of them isn't a number, or `rng` isn't a generator of NumPy.

    Examples:
        At $t = 15$ and $\gamma = 0.5$ the variance has fallen to a quarter, the standard deviation to a half. Then the
        defaults, at $t = 3$.

        >>> import torch
        >>> import numpy as np
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import add_gradient_noise_
        >>> theta = Tensor(torch.tensor(1.0, dtype=torch.float64), requires_grad=True)
        >>> normal = np.random.default_rng(0).standard_normal()
        >>> for step, settings in ((15, {"c": 0.64, "gamma": 0.5}), (3, {})):
        ...     theta.grad = 2 * theta.data
        ...     add_gradient_noise_([theta], step, rng=np.random.default_rng(0), **settings)
        ...     print(round((theta.grad.item() - 2) / normal, 6))  # sqrt(0.64 / 16**0.5), sqrt(0.01 / 4**0.55)
        0.4
        0.068302

    Source:
        Neelakantan et al., [Adding gradient noise improves learning for very deep
        networks](https://arxiv.org/abs/1511.06807), 2015.
    """
    check_at_least("step", step, 0, 1)
    check_at_least("c", c, 0, 0.01)
    check_at_least("gamma", gamma, 0, 0.55)
    check_generator("rng", rng)
    deviation = sqrt(c / (1 + step) ** gamma)
    for _, gradient in _with_gradients(parameters):
        normal = rng.standard_normal(tuple(gradient.shape))
        assign(gradient, gradient + from_numpy(deviation * normal, like=gradient))


def _check_strength(strength: float) -> None:
    check_at_least("strength", strength, 0, 1e-4)


def _with_gradients(parameters: Any) -> list[tuple[Array, Array]]:
    """Return data and gradient of the parameters that have one."""
    one = is_array(parameters) or hasattr(parameters, "grad")
    every: Iterable[Any] = [parameters] if one else parameters
    return [
        (parameter.data, parameter.grad.data if hasattr(parameter.grad, "detach") else parameter.grad)
        for parameter in every
        if parameter.grad is not None
    ]


def _norm_of(gradient: Array, order: float) -> float:
    xp = namespace(gradient)
    sizes = xp.abs(gradient)
    if isinf(order):
        return float(xp.max(sizes))
    if order == 2:
        return sqrt(float(xp.sum(sizes * sizes)))
    return float(xp.sum(sizes**order)) ** (1 / order)


def _norm(norms: list[float], order: float) -> float:
    if any(norm != norm for norm in norms):
        return float("nan")
    if isinf(order) or inf in norms:
        return max(norms, default=0.0)
    return float(sum(norm**order for norm in norms) ** (1 / order))
