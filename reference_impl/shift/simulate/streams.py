"""Streams whose distribution changes while they run, with the truth at every step."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_number, check_size, refuse
from reference_impl.shift.numbers import check_not_negative
from reference_impl.shift.randomness import generator
from reference_impl.shift.simulate.places import place


@dataclass(frozen=True)
class BernoulliStream:
    """Zeros and ones, the rate of the ones at every step, and the steps at which it begins to change."""

    values: Array
    rates: Array
    changes: list[int]


@dataclass(frozen=True)
class LinearStream:
    """Inputs and outputs of a linear model, and its coefficients at every step."""

    inputs: Array
    outputs: Array
    coefficients: Array


def bernoulli_stream(
    rates: Sequence[float],
    length: int,
    *,
    width: int = 0,
    streams: int | None = None,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> BernoulliStream:
    r"""Draw zeros and ones, such as a classifier's errors, whose rate changes at known steps.

    $$\begin{aligned}
    x_t &\sim \mathrm{Bernoulli}(r_t) \\
    r_t &= r^{(i - 1)} + \min\left(1, \frac{t - iL + 1}{v + 1}\right) \left(r^{(i)} - r^{(i - 1)}\right)
    \text{ for } iL \le t < (i + 1)L
    \end{aligned}$$

    Args:
        rates: The rates $r^{(0)}, r^{(1)}, \dots$ of the concepts, each from 0 to 1.
        length: The number $L$ of steps of each concept.
        width: The number $v$ of steps that a change takes, with rates in between; 0 is an abrupt change.
        streams: The number of independent streams; without it, one, and `values` has no axis for them.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the stream takes; NumPy's float64 without it.

    Returns:
        `values`, the `rates` $r_t$, and `changes`, the steps $L, 2L, \dots$ as ints.

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: There are no rates, one lies outside 0 to 1, or `length` is below 1.

    Shape:
        `values` $(T)$, or $(S, T)$ with $S$ `streams`, `rates` $(T)$, where $T$ is `length` times the number of rates.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import bernoulli_stream
        >>> drawn = bernoulli_stream(
        ...     [0.125, 0.875], 5, width=2, random_state=4, like=torch.empty(())
        ... )
        >>> drawn.rates.tolist()  # 0.125 + 0.75 / 3, then + 0.75 * 2 / 3
        [0.125, 0.125, 0.125, 0.125, 0.125, 0.375, 0.625, 0.875, 0.875, 0.875]
        >>> drawn.changes
        [5]
        >>> drawn.values.tolist()
        [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]
        >>> usual = bernoulli_stream(
        ...     [0.25, 0.75], 4, streams=2, like=torch.empty(())
        ... )
        >>> usual.rates.tolist()
        [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75]
        >>> for stream in usual.values.tolist():
        ...     print(stream)
        [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0]
        [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0]

    Source:
        [Gama et al. 2004](https://doi.org/10.1007/978-3-540-28645-5_29), Learning with drift detection.
    """
    check_size("length", length)
    if not isinstance(rates, Sequence) or len(rates) == 0:
        refuse("rates", rates, "must be a list of rates", "pass e.g. rates=[0.2, 0.4]")
    for number, rate in enumerate(rates):
        check_number(f"rates[{number}]", rate)
        if not 0 <= rate <= 1:
            refuse(f"rates[{number}]", rate, "must lie from 0 to 1", "pass e.g. rates=[0.2, 0.4]")
    if isinstance(width, bool) or not isinstance(width, int) or not 0 <= width < length:
        rule = f"must be an int of at least 0 and below `length` (={length})"
        refuse("width", width, rule, "pass e.g. width=0 for an abrupt change")
    if streams is not None:
        check_size("streams", streams)
    moved = numpy.minimum(1.0, (numpy.arange(length) + 1) / (width + 1))
    before = (rates[0], *rates[:-1])
    pieces = [old + (new - old) * moved for old, new in zip(before, rates, strict=True)]
    rate_at = numpy.concatenate(pieces)
    shape = rate_at.shape if streams is None else (streams, *rate_at.shape)
    values = (generator(random_state).random(shape) < rate_at).astype(numpy.float64)
    home = place(like)
    changes = [length * number for number in range(1, len(rates))]
    return BernoulliStream(from_numpy(values, home), from_numpy(rate_at, home), changes)


def moving_linear_stream(
    length: int,
    features: int = 1,
    *,
    speed: float = 0.01,
    noise: float = 0.1,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> LinearStream:
    r"""Draw inputs and outputs of a linear model whose coefficients walk at random.

    $$y_t = x_t^\top \theta_t + \sigma \varepsilon_t, \qquad \theta_t = \theta_{t-1} + s \, \zeta_t, \qquad
    x_t, \varepsilon_t, \zeta_t, \theta_{-1} \sim N(0, I)$$

    The inputs keep their distribution, so that this is concept shift alone.

    Args:
        length: The number $T$ of steps.
        features: The number $d$ of features.
        speed: The standard deviation $s$ of a step of each coefficient; 0 keeps the concept as it is.
        noise: The standard deviation $\sigma$ of the outputs.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the stream takes; NumPy's float64 without it.

    Returns:
        `inputs` $x_t$, `outputs` $y_t$, and the true `coefficients` $\theta_t$.

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: `length` or `features` is below 1, `speed` or `noise` below 0.

    Shape:
        `inputs` and `coefficients` $(T, d)$, `outputs` $(T)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import moving_linear_stream
        >>> drawn = moving_linear_stream(
        ...     3, 2, speed=0.5, noise=0.25, random_state=6, like=torch.empty(())
        ... )
        >>> [[round(x, 3) for x in row] for row in drawn.inputs.tolist()]
        [[0.29, 0.551], [0.179, -1.074], [-0.847, 0.38]]
        >>> [[round(x, 3) for x in row] for row in drawn.coefficients.tolist()]
        [[-0.224, 1.708], [0.283, 2.384], [0.61, 3.132]]
        >>> [round(y, 3) for y in drawn.outputs.tolist()]
        [0.731, -2.191, 0.995]
        >>> usual = moving_linear_stream(2, like=torch.empty(()))
        >>> [
        ...     [round(x, 4) for x in rows.flatten().tolist()]
        ...     for rows in (usual.coefficients, usual.outputs)
        ... ]
        [[0.1244, 0.1308], [0.0492, 0.0603]]
        >>> # 0.25 times normal numbers
        >>> noise = drawn.outputs - (drawn.inputs * drawn.coefficients).sum(1)
        >>> [round(x, 3) for x in noise.tolist()]
        [-0.145, 0.318, 0.323]

    Source:
        [Kalman 1960](https://doi.org/10.1115/1.3662552), A new approach to linear filtering and prediction problems,
        whose filter is the best estimate of such coefficients.
    """
    check_size("length", length)
    check_size("features", features)
    check_not_negative("speed", speed)
    check_not_negative("noise", noise)
    rng = generator(random_state)
    first = rng.standard_normal(features)
    coefficients = first + speed * numpy.cumsum(rng.standard_normal((length, features)), axis=0)
    inputs = rng.standard_normal((length, features))
    outputs = numpy.sum(inputs * coefficients, axis=1) + noise * rng.standard_normal(length)
    home = place(like)
    return LinearStream(*(from_numpy(values, home) for values in (inputs, outputs, coefficients)))
