"""Distributions whose spread depends on the shape of the weight, so that signals keep their size through layers."""

import math

import numpy

from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor
from reference_impl.init.fans import calculate_gain, fans
from reference_impl.init.plain import normal_, uniform_


def xavier_uniform_(tensor: Tensor, gain: float = 1.0, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a weight uniformly with a spread that suits both directions, in place: Xavier's rule.

    $$\theta \sim U[-b, b), \qquad b = g \sqrt{\frac{6}{n + m}}$$

    for $n$ inputs and $m$ outputs of the layer; the variance is $2 g^2 / (n + m)$. Torch starts attention with it.

    Args:
        tensor: The weight to fill, with one row for each output.
        gain: The factor $g$ that makes up for the activation that follows.
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        The bound is $4 \sqrt{6 / (44 + 10)} = 4/3$, and a quarter of that for the usual gain 1.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).uniform(-1.0, 1.0, size=(10, 44)))
        >>> for settings in ({"gain": 4.0}, {}):
        ...     weight = init.xavier_uniform_(Tensor(torch.zeros_like(drawn)), **settings, rng=np.random.default_rng(0))
        ...     factors = weight.data / drawn
        ...     print(round(factors.min().item(), 6), round(factors.max().item(), 6))
        1.333333 1.333333
        0.333333 0.333333

    Source:
        Glorot and Bengio, [Understanding the difficulty of training deep feedforward neural
        networks](https://proceedings.mlr.press/v9/glorot10a.html), AISTATS 2010.
    """
    inputs, outputs = fans(tensor)
    bound = gain * math.sqrt(6.0 / (inputs + outputs))
    return uniform_(tensor, -bound, bound, rng=rng)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a weight with normal numbers whose spread suits both directions, in place: Xavier's rule.

    $$\theta \sim N(0, \sigma^2), \qquad \sigma = g \sqrt{\frac{2}{n + m}}$$

    for $n$ inputs and $m$ outputs of the layer.

    Args:
        tensor: The weight to fill, with one row for each output.
        gain: The factor $g$ that makes up for the activation that follows.
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        $\sigma$ is $15 \sqrt{2 / (30 + 20)} = 3$, and $1/5$ for the usual gain 1.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).normal(size=(20, 30)))
        >>> for settings in ({"gain": 15.0}, {}):
        ...     weight = init.xavier_normal_(Tensor(torch.zeros_like(drawn)), **settings, rng=np.random.default_rng(0))
        ...     factors = weight.data / drawn
        ...     print(round(factors.min().item(), 6), round(factors.max().item(), 6))
        3.0 3.0
        0.2 0.2

    Source:
        Glorot and Bengio, [Understanding the difficulty of training deep feedforward neural
        networks](https://proceedings.mlr.press/v9/glorot10a.html), AISTATS 2010.
    """
    inputs, outputs = fans(tensor)
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / (inputs + outputs)), rng=rng)


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    *,
    rng: numpy.random.Generator,
) -> Tensor:
    r"""Fill a weight uniformly with a spread that makes up for rectifiers, in place: He's rule.

    $$\theta \sim U[-b, b), \qquad b = g \sqrt{\frac{3}{n}}, \quad g = \sqrt{\frac{2}{1 + s^2}}$$

    for $n$ inputs of a unit and an activation with slope $s$ on the negative side; the variance is $g^2 / n$.

    Args:
        tensor: The weight to fill, with one row for each output.
        a: The slope of the negative side, where `nonlinearity` is leaky ReLU: $s$.
        mode: Whether to keep the spread on the way forward, `"fan_in"`, or of gradients on the way back, `"fan_out"`.
        nonlinearity: The activation that follows, for its gain $g$ (see
            [`calculate_gain`][reference_impl.init.calculate_gain]).
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes, or `mode` or `nonlinearity` is unknown.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        The bound is $\sqrt{2} \sqrt{3 / 24} = 1/2$ for ReLU and 24 inputs, and
        $\sqrt{2 / (1 + 9)} \sqrt{3 / 15} = 1/5$ for slope 3 and 15 outputs.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).uniform(-1.0, 1.0, size=(15, 24)))
        >>> for settings in ({}, {"a": 3.0, "mode": "fan_out"}):
        ...     weight = Tensor(torch.zeros_like(drawn))
        ...     weight = init.kaiming_uniform_(weight, **settings, rng=np.random.default_rng(0))
        ...     factors = weight.data / drawn
        ...     print(round(factors.min().item(), 6), round(factors.max().item(), 6))
        0.5 0.5
        0.2 0.2

    Source:
        He et al., [Delving deep into rectifiers](https://arxiv.org/abs/1502.01852), ICCV 2015.
    """
    bound = math.sqrt(3.0) * _he_deviation(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -bound, bound, rng=rng)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0.0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    *,
    rng: numpy.random.Generator,
) -> Tensor:
    r"""Fill a weight with normal numbers whose spread makes up for rectifiers, in place: He's rule.

    $$\theta \sim N(0, \sigma^2), \qquad \sigma = \frac{g}{\sqrt n}, \quad g = \sqrt{\frac{2}{1 + s^2}}$$

    for $n$ inputs of a unit and an activation with slope $s$ on the negative side.

    Args:
        tensor: The weight to fill, with one row for each output.
        a: The slope of the negative side, where `nonlinearity` is leaky ReLU: $s$.
        mode: Whether to keep the spread on the way forward, `"fan_in"`, or of gradients on the way back, `"fan_out"`.
        nonlinearity: The activation that follows, for its gain $g$ (see
            [`calculate_gain`][reference_impl.init.calculate_gain]).
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes, or `mode` or `nonlinearity` is unknown.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        $\sigma$ is $\sqrt{2 / 18} = 1/3$ for ReLU and 18 outputs, and $\sqrt{2 / (1 + 9) / 20} = 1/10$ for slope 3 and
        20 inputs.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).normal(size=(18, 20)))
        >>> for settings in ({"mode": "fan_out"}, {"a": 3.0}):
        ...     weight = init.kaiming_normal_(Tensor(torch.zeros_like(drawn)), **settings, rng=np.random.default_rng(0))
        ...     factors = weight.data / drawn
        ...     print(round(factors.min().item(), 6), round(factors.max().item(), 6))
        0.333333 0.333333
        0.1 0.1

    Source:
        He et al., [Delving deep into rectifiers](https://arxiv.org/abs/1502.01852), ICCV 2015.
    """
    return normal_(tensor, 0.0, _he_deviation(tensor, a, mode, nonlinearity), rng=rng)


def lecun_uniform_(tensor: Tensor, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a weight uniformly with a spread that keeps that of the inputs, in place: LeCun's rule.

    $$\theta \sim U[-b, b), \qquad b = \sqrt{\frac{3}{n}}$$

    for $n$ inputs of a unit; the variance is $1 / n$. Torch has no name for it.

    Args:
        tensor: The weight to fill, with one row for each output.
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        The bound is $\sqrt{3 / 3} = 1$ for 3 inputs.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).uniform(-1.0, 1.0, size=(2, 3)))
        >>> weight = init.lecun_uniform_(Tensor(torch.zeros_like(drawn)), rng=np.random.default_rng(0))
        >>> [[round(factor, 6) for factor in row] for row in (weight.data / drawn).tolist()]
        [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]

    Source:
        LeCun et al., [Efficient backprop](https://link.springer.com/chapter/10.1007/978-3-642-35289-8_3), 1998.
    """
    bound = math.sqrt(3.0 / fans(tensor)[0])
    return uniform_(tensor, -bound, bound, rng=rng)


def lecun_normal_(tensor: Tensor, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a weight with normal numbers whose spread keeps that of the inputs, in place: LeCun's rule.

    $$\theta \sim N(0, \sigma^2), \qquad \sigma = \frac{1}{\sqrt n}$$

    for $n$ inputs of a unit. SELU asks for it. Torch has no name for it.

    Args:
        tensor: The weight to fill, with one row for each output.
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        $\sigma$ is $1 / \sqrt 4 = 1/2$ for 4 inputs.

        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> drawn = torch.tensor(np.random.default_rng(0).normal(size=(2, 4)))
        >>> weight = init.lecun_normal_(Tensor(torch.zeros_like(drawn)), rng=np.random.default_rng(0))
        >>> [[round(factor, 6) for factor in row] for row in (weight.data / drawn).tolist()]
        [[0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5]]

    Source:
        LeCun et al., [Efficient backprop](https://link.springer.com/chapter/10.1007/978-3-642-35289-8_3), 1998.
    """
    return normal_(tensor, 0.0, 1.0 / math.sqrt(fans(tensor)[0]), rng=rng)


def _he_deviation(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    check_choice("mode", mode, ("fan_in", "fan_out"))
    return calculate_gain(nonlinearity, a) / math.sqrt(fans(tensor)[mode == "fan_out"])
