"""Distributions that don't depend on the shape."""

import math

import numpy

from reference_impl._array import assign, from_numpy
from reference_impl._checks import check_generator, refuse
from reference_impl.autograd import Tensor


def filled(tensor: Tensor, values: numpy.ndarray) -> Tensor:
    """Overwrite the entries of `tensor` with NumPy's values, in place, and return it."""
    assign(tensor.data, from_numpy(values, like=tensor.data))
    return tensor


def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a tensor with numbers drawn uniformly between two bounds, in place.

    $$\theta \sim U[a, b), \qquad \text{mean } \frac{a + b}{2}, \quad \text{variance } \frac{(b - a)^2}{12}$$

    Args:
        tensor: The tensor to fill.
        a: The lower bound.
        b: The upper bound.
        rng: The generator that draws.

    Returns:
        The tensor.

    Raises:
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight = Tensor(torch.zeros(2, 2, dtype=torch.float64))
        >>> drawn = np.random.default_rng(7).uniform(-3.0, 5.0, size=(2, 2))
        >>> init.uniform_(weight, -3.0, 5.0, rng=np.random.default_rng(7)).tolist() == drawn.tolist()
        True
        >>> init.uniform_(weight, rng=np.random.default_rng(7)).tolist() == ((drawn + 3.0) / 8.0).tolist()  # in [0, 1)
        True
    """
    check_generator("rng", rng)
    return filled(tensor, rng.uniform(a, b, tensor.shape))


def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a tensor with normal numbers, in place.

    $$\theta \sim N(\mu, \sigma^2)$$

    Args:
        tensor: The tensor to fill.
        mean: The mean $\mu$.
        std: The standard deviation $\sigma$.
        rng: The generator that draws.

    Returns:
        The tensor.

    Raises:
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight = Tensor(torch.zeros(2, 2, dtype=torch.float64))
        >>> drawn = np.random.default_rng(7).normal(4.0, 0.5, size=(2, 2))
        >>> init.normal_(weight, 4.0, 0.5, rng=np.random.default_rng(7)).tolist() == drawn.tolist()
        True
        >>> standard = np.random.default_rng(7).normal(size=(2, 2))
        >>> init.normal_(weight, rng=np.random.default_rng(7)).tolist() == standard.tolist()
        True
    """
    check_generator("rng", rng)
    return filled(tensor, rng.normal(mean, std, tensor.shape))


def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    *,
    rng: numpy.random.Generator,
) -> Tensor:
    r"""Fill a tensor with normal numbers, drawn again while they are out of bounds, in place.

    $$\theta \sim N(\mu, \sigma^2) \text{ given } a \le \theta \le b$$

    As in torch, the bounds are values, not multiples of $\sigma$. They cut the spread: with $\sigma = 1$ and the
    default bounds the standard deviation is 0.88.

    Args:
        tensor: The tensor to fill.
        mean: The mean $\mu$ before the cut.
        std: The standard deviation $\sigma$ before the cut.
        a: The lower bound.
        b: The upper bound.
        rng: The generator that draws.

    Returns:
        The tensor.

    Raises:
        ValueError: Less than a thousandth of the distribution is between the bounds.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight, rng = Tensor(torch.zeros(4, dtype=torch.float64)), np.random.default_rng(0)
        >>> [round(x, 3) for x in np.random.default_rng(0).normal(1.0, 2.0, size=4).tolist()]  # the third is above 2
        [1.251, 0.736, 2.281, 1.21]
        >>> [round(x, 3) for x in init.trunc_normal_(weight, 1.0, 2.0, a=-0.5, b=2.0, rng=rng).tolist()]
        [1.251, 0.736, -0.247, 1.21]
        >>> usual = init.trunc_normal_(Tensor(torch.zeros(1000, dtype=torch.float64)), rng=rng)
        >>> round(usual.min().item(), 3), round(usual.max().item(), 3), round(usual.mean().item(), 4)
        (-1.944, 2.0, -0.042)
        >>> try:
        ...     init.trunc_normal_(weight, 1.0, 2.0, a=8.0, b=9.0, rng=rng)
        ... except ValueError as error:
        ...     print(str(error).partition(" with")[0])
        `(a, b)` (=(8.0, 9.0)) leave 0.0002 of the normal distribution
    """
    check_generator("rng", rng)
    share = _normal_below((b - mean) / std) - _normal_below((a - mean) / std)
    if not share > 1e-3:
        rule = f"leave {share:.2g} of the normal distribution with mean {mean} and standard deviation {std}"
        refuse("(a, b)", (a, b), rule, "move them nearer to the mean")
    values = rng.normal(mean, std, tensor.shape)
    while (outside := (values < a) | (values > b)).any():
        values = numpy.where(outside, rng.normal(mean, std, tensor.shape), values)
    return filled(tensor, values)


def _normal_below(bound: float) -> float:
    return 0.5 * (1.0 + math.erf(bound / math.sqrt(2.0)))


def constant_(tensor: Tensor, val: float) -> Tensor:
    r"""Fill a tensor with one number, in place: $\theta = c$.

    Args:
        tensor: The tensor to fill.
        val: The number $c$.

    Returns:
        The tensor.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> init.constant_(Tensor(torch.zeros(2)), 0.25).tolist()
        [0.25, 0.25]
    """
    return filled(tensor, numpy.full(tensor.shape, float(val)))


def zeros_(tensor: Tensor) -> Tensor:
    r"""Fill a tensor with zeros, in place: $\theta = 0$.

    A first value for biases. A matrix of zeros never learns to tell its units apart.

    Args:
        tensor: The tensor to fill.

    Returns:
        The tensor.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight = Tensor(torch.tensor([3.0, -7.0]))
        >>> weight.tolist(), init.zeros_(weight).tolist()
        ([3.0, -7.0], [0.0, 0.0])
    """
    return constant_(tensor, 0.0)


def ones_(tensor: Tensor) -> Tensor:
    r"""Fill a tensor with ones, in place: $\theta = 1$.

    The first value for the scale of a normalisation.

    Args:
        tensor: The tensor to fill.

    Returns:
        The tensor.

    Shape:
        `tensor` $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight = Tensor(torch.tensor([3.0, -7.0]))
        >>> weight.tolist(), init.ones_(weight).tolist()
        ([3.0, -7.0], [1.0, 1.0])
    """
    return constant_(tensor, 1.0)
