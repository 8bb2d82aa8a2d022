"""Normalisation with statistics of one sample: of all its features, of groups of channels, or by its length alone."""

import math
from typing import Any

from reference_impl._array import Array, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.primitives import reshape
from reference_impl.functional.standardising import divide_by_root, scaled_and_shifted, standardise

Shape = int | tuple[int, ...]


def layer_norm(
    input: Array | Tensor,
    normalized_shape: Shape,
    weight: Array | Tensor | None = None,
    bias: Array | Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    r"""Give the features of each sample mean 0 and variance 1, then a learned scale and shift of each.

    $$y = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    Features whose squares overflow are divided by infinity and give $\beta$; in torch they give NaN.

    Args:
        input: The samples $x$.
        normalized_shape: The lengths of the last axes, those of the features; an int for one axis.
        weight: The scales $\gamma$; None for 1.
        bias: The shifts $\beta$; None for 0.
        eps: The number $\epsilon$ that keeps the root away from 0.

    Returns:
        The normalised samples $y$.

    Raises:
        RuntimeError: `normalized_shape` isn't the end of the shape of `input`, `weight` or `bias` has another shape,
            or the arrays are on several devices.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, d)$ with the axes $d$ of `normalized_shape`, `weight` and `bias` $(d)$; result $(*, d)$.

    Examples:
        Mean 2 and variance 4, then mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[0.0, 4.0], [10.0, 10.0]])
        >>> F.layer_norm(x, 2, torch.tensor([3.0, 6.0]), torch.tensor([0.0, 0.5]), eps=12.0).tolist()
        [[-1.5, 3.5], [0.0, 0.5]]
        >>> # 3 * -2 / sqrt(4 + 12), 6 * 2 / sqrt(4 + 12) + 0.5
        >>> F.layer_norm(x.double(), (2, 2), eps=7.0).tolist()  # mean 6, variance 18: -6 / sqrt(18 + 7), ...
        [[-1.2, -0.4], [0.8, 0.8]]
        >>> round(F.layer_norm(x.double(), 2)[0, 0].item(), 8)  # -2 / sqrt(4 + 0.00001)
        -0.99999875

    Source:
        Ba, Kiros and Hinton, [Layer normalization](https://arxiv.org/abs/1607.06450), 2016.
    """
    features = _features(input, normalized_shape, {"weight": weight, "bias": bias})
    normalised = standardise(input, axes=_last(input, features), eps=eps)
    return scaled_and_shifted(normalised, weight, bias, features)


def rms_norm(
    input: Array | Tensor,
    normalized_shape: Shape,
    weight: Array | Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    r"""Divide the features of each sample by their root mean square, then scale each.

    $$y = \gamma \odot \frac{x}{\sqrt{\frac1d \sum_i x_i^2 + \epsilon}}$$

    Args:
        input: The samples $x$.
        normalized_shape: The lengths of the last axes, those of the $d$ features; an int for one axis.
        weight: The scales $\gamma$; None for 1.
        eps: The number $\epsilon$ that keeps the root away from 0; None for the spacing of the dtype at 1.

    Returns:
        The normalised samples $y$.

    Raises:
        RuntimeError: `normalized_shape` isn't the end of the shape of `input`, `weight` has another shape, or the
            arrays are on several devices.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, d)$ with the axes $d$ of `normalized_shape`, `weight` $(d)$; result $(*, d)$.

    Examples:
        The mean square of 1 and 7 is 25.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[1.0, 7.0]], dtype=torch.float64)
        >>> F.rms_norm(x, 2, weight=torch.tensor([3.0, 12.0]).double(), eps=11.0).tolist()  # 3 * 1/6, 12 * 7/6
        [[0.5, 14.0]]
        >>> [round(value, 9) for value in F.rms_norm(x, (1, 2)).tolist()[0]]  # 1/5, 7/5
        [0.2, 1.4]

    Source:
        Zhang and Sennrich, [Root mean square layer normalization](https://arxiv.org/abs/1910.07467), NeurIPS 2019.
    """
    features = _features(input, normalized_shape, {"weight": weight})
    if eps is None:
        eps = float(namespace(array_of(input)).finfo(input.dtype).eps)
    normalised = divide_by_root(input, axes=_last(input, features), eps=eps)
    return scaled_and_shifted(normalised, weight, None, features)


def group_norm(
    input: Array | Tensor,
    num_groups: int,
    weight: Array | Tensor | None = None,
    bias: Array | Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    r"""Give each group of channels of each sample mean 0 and variance 1, then a learned scale and shift of a channel.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    One group is layer normalisation over channels and places, a group for each channel instance normalisation.

    Args:
        input: The samples $x$.
        num_groups: How many groups the channels form, neighbours together.
        weight: The scales $\gamma$, one for each channel; None for 1.
        bias: The shifts $\beta$, one for each channel; None for 0.
        eps: The number $\epsilon$ that keeps the root away from 0.

    Returns:
        The normalised samples $y$.

    Raises:
        RuntimeError: `num_groups` doesn't divide the channels, `input` has less than two axes, `weight` or `bias`
            hasn't one entry for each channel, or the arrays are on several devices.
        ValueError: `num_groups` is below 1, or a group of the whole batch has one entry only.
        TypeError: The arrays differ in library or dtype, or `num_groups` isn't an int.

    Shape:
        `input` $(N, C, *)$, `weight` and `bias` $(C)$; result $(N, C, *)$.

    Examples:
        The groups are (0, 4), with mean 2 and variance 4, and (10, 10).

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, weight = torch.tensor([[[0.0], [4.0], [10.0], [14.0]]]), torch.tensor([3.0, 6.0, 9.0, 12.0])
        >>> F.group_norm(x, 2, weight, torch.tensor([0.0, 0.5, 2.0, 8.0]), eps=5.0).tolist()  # 3 * -2/3, 6 * 2/3 + 0.5
        [[[-2.0], [4.5], [-4.0], [16.0]]]
        >>> round(F.group_norm(x.double(), 2)[0, 0, 0].item(), 8)  # -2 / sqrt(4 + 0.00001)
        -0.99999875

    Source:
        Wu and He, [Group normalization](https://arxiv.org/abs/1803.08494), ECCV 2018.
    """
    check_size("num_groups", num_groups)
    shape = tuple(input.shape)
    if len(shape) < 2 or shape[1] % num_groups:
        raise RuntimeError(
            f"Expected number of channels in input to be divisible by num_groups, but got input of shape {list(shape)} "
            f"and num_groups={num_groups}; give it axes of samples and channels, and pass a divisor of the channels"
        )
    _check_shapes(shape[1:2], {"weight": weight, "bias": bias})
    entries = math.prod(shape) // num_groups
    if entries == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {list(shape)} in "
            f"{num_groups} groups; pass fewer groups"
        )
    groups = reshape(input, shape=(shape[0] * num_groups, -1))
    normalised = reshape(standardise(groups, axes=(1,), eps=eps), shape=shape)
    return scaled_and_shifted(normalised, weight, bias, shape[1:2] + (1,) * (len(shape) - 2))


def _features(
    input: Array | Tensor, normalized_shape: Any, others: dict[str, Array | Tensor | None]
) -> tuple[int, ...]:
    """Return the shape of the features, once `input` is seen to end in it and every other array to have it."""
    features = tuple(normalized_shape) if isinstance(normalized_shape, tuple | list) else (normalized_shape,)
    shape = tuple(input.shape)
    if not features or shape[-len(features) :] != features:
        wanted = ", ".join(map(str, features))
        raise RuntimeError(
            f"Given normalized_shape={list(features)}, expected input with shape [*, {wanted}], but got input of size"
            f"{list(shape)}; pass the lengths of its last axes"
        )
    _check_shapes(features, others)
    return features


def _check_shapes(shape: tuple[int, ...], arrays: dict[str, Array | Tensor | None]) -> None:
    for name, array in arrays.items():
        if array is not None and tuple(array.shape) != shape:
            refuse(name, tuple(array.shape), f"must have shape {shape}", "reshape it", RuntimeError)


def _last(input: Array | Tensor, features: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(range(input.ndim - len(features), input.ndim))
