"""The losses of a Wasserstein critic."""

from collections.abc import Callable

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_generator
from reference_impl.autograd import Tensor, primitives, vjp
from reference_impl.autograd.primitive import array_of
from reference_impl.functional.losses.reduction import check_same_shape


def wasserstein_critic_loss(real: Tensor | Array, fake: Tensor | Array) -> Tensor:
    r"""Measure how little a critic tells real samples from made ones.

    $$\ell = \frac1n \sum_i f(\tilde x_i) - \frac1n \sum_i f(x_i)$$

    Among critics $f$ of slope at most 1, the smallest value is the negative Wasserstein distance of both
    distributions. The one who makes the samples minimises $-\frac1n \sum_i f(\tilde x_i)$.

    Args:
        real: The scores $f(x_i)$ of real samples.
        fake: The scores $f(\tilde x_i)$ of made samples.

    Returns:
        The loss, a scalar.

    Raises:
        TypeError: `real` and `fake` differ in library or dtype.

    Shape:
        `real` $(*)$, `fake` $(*)$; result $()$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.wasserstein_critic_loss(torch.tensor([2.0, 6.0]), torch.tensor([1.0, 0.0, 0.5])).item()  # 0.5 - 4
        -3.5

    Source:
        Arjovsky, Chintala and Bottou, [Wasserstein GAN](https://arxiv.org/abs/1701.07875), ICML 2017.
    """
    return primitives.mean(fake) - primitives.mean(real)


def gradient_penalty(
    critic: Callable[[Tensor], Tensor],
    real: Tensor | Array,
    fake: Tensor | Array,
    weight: float = 10.0,
    *,
    rng: numpy.random.Generator,
) -> Tensor:
    r"""Ask a critic for slope 1 at points between real samples and made ones.

    $$\ell = \lambda \, \frac1n \sum_i \bigl(\|\nabla f(\hat x_i)\| - 1\bigr)^2, \qquad
      \hat x_i = \epsilon_i x_i + (1 - \epsilon_i) \tilde x_i, \quad \epsilon_i \sim U[0, 1]$$

    The gradient is itself differentiated, so the penalty trains the parameters of the critic.

    Args:
        critic: The function $f$, with one score for each sample; samples must not influence each other.
        real: The real samples $x_i$.
        fake: The made samples $\tilde x_i$.
        weight: The factor $\lambda$.
        rng: The generator that draws $\epsilon_i$.

    Returns:
        The penalty, a scalar.

    Raises:
        ValueError: `real` and `fake` differ in shape.
        TypeError: They differ in library or dtype, or `rng` isn't a generator.

    Shape:
        `real` and `fake` $(N, *)$; result $()$.

    Examples:
        The slope of $f(x) = \frac12 \|x\|^2$ is $\|x\|$. The points between are about
        $0.637 \, (3, 4) + 0.363 \, (0, 1)$, of norm 3.482, and $0.27 \, (0, 8) + 0.73 \, (6, 0)$, of norm 4.884.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> def critic(x):
        ...     return (x * x).sum(axis=1) / 2
        >>> real, fake = torch.tensor([[3.0, 4.0], [0.0, 8.0]]), torch.tensor([[0.0, 1.0], [6.0, 0.0]])
        >>> np.random.default_rng(0).uniform(size=2).round(3).tolist()
        [0.637, 0.27]
        >>> round(F.gradient_penalty(critic, real, fake, weight=4.0, rng=np.random.default_rng(0)).item(), 3)
        42.493
        >>> round(F.gradient_penalty(critic, real, fake, rng=np.random.default_rng(0)).item(), 3)
        106.232
        >>> # 4 and, as usual, 10 times the mean of (3.482 - 1)**2 and (4.884 - 1)**2

    Source:
        Gulrajani et al., [Improved training of Wasserstein GANs](https://arxiv.org/abs/1704.00028), NeurIPS 2017.
    """
    check_generator("rng", rng)
    check_same_shape(real, fake, "fake")
    samples, axes = real.shape[0], real.ndim - 1
    drawn = from_numpy(rng.uniform(size=(samples,) + (1,) * axes), like=array_of(real))
    between = primitives.multiply(drawn, real) + primitives.multiply(1.0 - drawn, fake)
    scores, pull_back = vjp(critic, between)
    (gradient,) = pull_back(primitives.zeros_like(scores) + 1.0)
    rows = primitives.reshape(gradient, shape=(samples, -1))
    excess = primitives.sqrt(primitives.sum(rows * rows, axis=1)) - 1.0
    return weight * primitives.mean(excess * excess)
