"""Randomness in training: entries or channels dropped, noise added."""

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_at_least, check_generator, check_number, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.primitives import add, alias, multiply
from reference_impl.functional.samples import with_samples


def dropout(
    input: Array | Tensor, p: float = 0.5, training: bool = True, *, rng: numpy.random.Generator
) -> Tensor:
    r"""Drop each entry with probability $p$, and scale what is kept so that the expectation stays.

    $$y = \frac{k \odot x}{1 - p}, \qquad k_i = [u_i \ge p], \quad u_i \sim U[0, 1)$$

    NumPy draws the $u$ in double precision, so every library and device drops the same entries.

    Args:
        input: The entries $x$.
        p: The probability $p$ that an entry is dropped.
        training: Whether anything is dropped; otherwise $y = x$.
        rng: The generator that draws.

    Returns:
        The entries $y$.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> drawn = np.random.default_rng(3).random((2, 3))
        >>> drawn.round(2).tolist()
        [[0.09, 0.24, 0.8], [0.58, 0.09, 0.43]]
        >>> F.dropout(x, p=0.2, rng=np.random.default_rng(3)).tolist()  # those below 0.2 go; the others / 0.8
        [[0.0, 2.5, 3.75], [5.0, 0.0, 7.5]]
        >>> F.dropout(x, rng=np.random.default_rng(3)).tolist()  # half of them, on average, unless told otherwise
        [[0.0, 0.0, 6.0], [8.0, 0.0, 0.0]]
        >>> F.dropout(x, p=0.2, training=False, rng=np.random.default_rng(3)).tolist()
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

    Source:
        Srivastava et al., [Dropout](https://jmlr.org/papers/v15/srivastava14a.html), JMLR 15, 2014.
    """
    return _dropped(input, tuple(input.shape), p, training, rng)


def dropout1d(
    input: Array | Tensor, p: float = 0.5, training: bool = True, *, rng: numpy.random.Generator
) -> Tensor:
    r"""Drop whole channels of sequences with probability $p$, and scale those that are kept.

    $$y_c = \frac{k_c \, x_c}{1 - p}, \qquad k_c = [u_c \ge p], \quad u_c \sim U[0, 1)$$

    Neighbours in a channel are alike, so dropping entries one by one would take away little of what the channel says.

    Args:
        input: The samples $x$, or one sample.
        p: The probability $p$ that a channel is dropped.
        training: Whether anything is dropped; otherwise $y = x$.
        rng: The generator that draws.

    Returns:
        The samples $y$.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(1.0, 7.0).reshape(1, 3, 2)
        >>> drawn = np.random.default_rng(3).random((1, 3, 1))
        >>> (drawn >= 0.2).tolist()
        [[[False], [True], [True]]]
        >>> F.dropout1d(x, p=0.2, rng=np.random.default_rng(3)).tolist()  # kept channels / 0.8
        [[[0.0, 0.0], [3.75, 5.0], [6.25, 7.5]]]
        >>> F.dropout1d(x, rng=np.random.default_rng(3)).tolist()  # the usual limit is 0.5
        [[[0.0, 0.0], [0.0, 0.0], [10.0, 12.0]]]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """
    return _dropped_channels(1, input, p, training, rng)


def dropout2d(
    input: Array | Tensor, p: float = 0.5, training: bool = True, *, rng: numpy.random.Generator
) -> Tensor:
    r"""Drop whole channels of images with probability $p$, and scale those that are kept.

    $$y_c = \frac{k_c \, x_c}{1 - p}, \qquad k_c = [u_c \ge p], \quad u_c \sim U[0, 1)$$

    Neighbours in a channel are alike, so dropping entries one by one would take away little of what the channel says.

    Three axes are one image, $(C, H, W)$. Torch 2.13 still takes them for sequences $(N, C, L)$, and warns that this
    will change.

    Args:
        input: The samples $x$, or one sample.
        p: The probability $p$ that a channel is dropped.
        training: Whether anything is dropped; otherwise $y = x$.
        rng: The generator that draws.

    Returns:
        The samples $y$.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(8.0).reshape(1, 2, 2, 2)
        >>> drawn = np.random.default_rng(3).random((1, 2, 1, 1))
        >>> (drawn >= 0.2).tolist()
        [[[[False]], [[True]]]]
        >>> F.dropout2d(x, p=0.2, rng=np.random.default_rng(3)).tolist()  # kept channels / 0.8
        [[[[0.0, 0.0], [0.0, 0.0]], [[5.0, 6.25], [7.5, 8.75]]]]
        >>> F.dropout2d(x.reshape(1, 4, 2, 1), rng=np.random.default_rng(3)).tolist()  # the usual limit is 0.5
        [[[[0.0], [0.0]], [[0.0], [0.0]], [[8.0], [10.0]], [[12.0], [14.0]]]]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """
    return _dropped_channels(2, input, p, training, rng)


def dropout3d(
    input: Array | Tensor, p: float = 0.5, training: bool = True, *, rng: numpy.random.Generator
) -> Tensor:
    r"""Drop whole channels of volumes with probability $p$, and scale those that are kept.

    $$y_c = \frac{k_c \, x_c}{1 - p}, \qquad k_c = [u_c \ge p], \quad u_c \sim U[0, 1)$$

    Neighbours in a channel are alike, so dropping entries one by one would take away little of what the channel says.

    Args:
        input: The samples $x$, or one sample.
        p: The probability $p$ that a channel is dropped.
        training: Whether anything is dropped; otherwise $y = x$.
        rng: The generator that draws.

    Returns:
        The samples $y$.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(3.0, 7.0).reshape(1, 4, 1, 1, 1)
        >>> drawn = np.random.default_rng(3).random((1, 4, 1, 1, 1))
        >>> (drawn >= 0.6).tolist()
        [[[[[False]]], [[[False]]], [[[True]]], [[[False]]]]]
        >>> F.dropout3d(x, p=0.6, rng=np.random.default_rng(3)).reshape(4).tolist()  # kept channels / 0.4
        [0.0, 0.0, 12.5, 0.0]
        >>> F.dropout3d(x, rng=np.random.default_rng(3)).reshape(4).tolist()  # the usual limit is 0.5
        [0.0, 0.0, 10.0, 12.0]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """
    return _dropped_channels(3, input, p, training, rng)


def gaussian_noise(
    input: Array | Tensor, std: float, training: bool = True, *, rng: numpy.random.Generator
) -> Tensor:
    r"""Add normal noise with mean 0 to each entry.

    $$y = x + \sigma z, \qquad z_i \sim \mathcal N(0, 1)$$

    NumPy draws the $z$, so every library and device sees the same noise. The gradient passes unchanged.

    Args:
        input: The entries $x$.
        std: The standard deviation $\sigma$.
        training: Whether noise is added; otherwise $y = x$.
        rng: The generator that draws.

    Returns:
        The entries $y$.

    Raises:
        ValueError: `std` is below 0.
        TypeError: `std` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([10.0, 20.0], dtype=torch.float64)
        >>> drawn = np.random.default_rng(3).normal(size=2)
        >>> F.gaussian_noise(x, std=0.5, rng=np.random.default_rng(3)).tolist() == (drawn * 0.5 + [10.0, 20.0]).tolist()
        True

    Source:
        Bishop, [Training with noise is equivalent to Tikhonov
        regularization](https://doi.org/10.1162/neco.1995.7.1.108), Neural Computation 7, 1995.
    """
    check_at_least("std", std, 0, example=0.1)
    check_generator("rng", rng)
    if not training or std == 0:
        return alias(input)
    return add(input, from_numpy(std * rng.standard_normal(tuple(input.shape)), like=array_of(input)))


def _dropped_channels(
    axes: int, input: Array | Tensor, p: float, training: bool, rng: numpy.random.Generator
) -> Tensor:
    def of_batch(batch: Tensor | Array) -> Tensor:
        return _dropped(batch, (*batch.shape[:2], *(1,) * axes), p, training, rng)

    return with_samples(f"dropout{axes}d", axes, input, of_batch)


def _dropped(
    input: Array | Tensor, shape: tuple[int, ...], p: float, training: bool, rng: numpy.random.Generator
) -> Tensor:
    check_number("p", p)
    if not 0 <= p <= 1:
        refuse("p", p, "must be from 0 to 1", "pass e.g. p=0.5")
    check_generator("rng", rng)
    if not training or p == 0:
        return alias(input)
    kept = rng.random(shape) >= p
    return multiply(input, from_numpy(kept / (1 - p if p < 1 else 1), like=array_of(input)))
