"""A regression whose straight line depends on where the inputs lie."""

import math
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_size
from reference_impl.shift.randomness import generator
from reference_impl.shift.simulate.places import place

SOURCE_MEAN, SOURCE_SCALE, TARGET_SCALE, NOISE = 0.5, 0.5, 0.3, 0.3


@dataclass(frozen=True)
class ShiftedRegression:
    """Points with outputs from the source and from the target, and the exact ratio at the source's points."""

    source: Array
    source_outputs: Array
    target: Array
    target_outputs: Array
    weights: Array
    source_line: tuple[float, float]
    target_line: tuple[float, float]
    mean_square: float


def shimodaira_regression(
    points: int,
    *,
    target_points: int | None = None,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> ShiftedRegression:
    r"""Draw Shimodaira's regression, in which the best straight line differs between source and target.

    $$y = -x + x^3 + \varepsilon, \qquad \varepsilon \sim N(0, 0.3^2)$$

    $$q = N(0.5, 0.5^2), \qquad p = N(0, 0.3^2), \qquad
    w(x) = \tfrac{0.5}{0.3} \, e^{2 (x - 0.5)^2 - x^2 / 0.18}$$

    $p(y | x)$ is the same for both: the line is misspecified, and least squares fits it where the points are. In the
    source that is $-0.25 + 0.5 x$, in the target $-0.73 x$; weighted by $w$, the source gives the target's line.

    Args:
        points: The number $n$ of points of the source.
        target_points: The number $m$ of points of the target; $n$ without it.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the samples take; NumPy's float64 without it.

    Returns:
        `source`, `source_outputs`, `target`, `target_outputs`, the exact `weights` of the source's points, the exact
        lines (intercept, slope) `source_line` and `target_line`, and `mean_square`, the exact $E_q[w^2]$.

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: A number of points is below 1.

    Shape:
        `source` $(n, 1)$, `source_outputs` and `weights` $(n)$, `target` $(m, 1)$, `target_outputs` $(m)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import shimodaira_regression
        >>> drawn = shimodaira_regression(
        ...     2000, target_points=5, random_state=3, like=torch.empty(())
        ... )
        >>> line = torch.cat([torch.ones(2000, 1), drawn.source], 1)
        >>> plain = torch.linalg.solve(
        ...     line.T @ line, line.T @ drawn.source_outputs
        ... )
        >>> weighted = line.T * drawn.weights
        >>> corrected = torch.linalg.solve(
        ...     weighted @ line, weighted @ drawn.source_outputs
        ... )
        >>> [round(x, 2) for x in plain.tolist()], drawn.source_line
        ([-0.25, 0.49], (-0.25, 0.5))
        >>> # -1 + 3 * 0.3 ** 2
        >>> [round(x, 2) for x in corrected.tolist()], drawn.target_line
        ([0.01, -0.7], (0.0, -0.73))
        >>> tuple(drawn.target.shape)
        (5, 1)
        >>> tuple(drawn.target_outputs.shape)
        (5,)
        >>> round(drawn.mean_square, 6)
        2.394642
        >>> usual = shimodaira_regression(2, like=torch.empty(()))
        >>> [round(y, 4) for y in usual.source_outputs.tolist()]
        [-0.5452, -0.2438]

    Source:
        [Shimodaira 2000](https://doi.org/10.1016/S0378-3758(00)00115-4), Improving predictive inference under
        covariate shift by weighting the log-likelihood function, section 2.
    """
    check_size("points", points)
    in_target = points if target_points is None else target_points
    check_size("target_points", in_target)
    rng = generator(random_state)
    source = SOURCE_MEAN + SOURCE_SCALE * rng.standard_normal((points, 1))
    target = TARGET_SCALE * rng.standard_normal((in_target, 1))
    outputs = [x[:, 0] ** 3 - x[:, 0] + NOISE * rng.standard_normal(len(x)) for x in (source, target)]
    from_source = (source[:, 0] - SOURCE_MEAN) / SOURCE_SCALE
    from_target = source[:, 0] / TARGET_SCALE
    weights = SOURCE_SCALE / TARGET_SCALE * numpy.exp((from_source**2 - from_target**2) / 2)
    home = place(like)
    return ShiftedRegression(
        source=from_numpy(source, home),
        source_outputs=from_numpy(outputs[0], home),
        target=from_numpy(target, home),
        target_outputs=from_numpy(outputs[1], home),
        weights=from_numpy(weights, home),
        source_line=(-0.25, 0.5),
        target_line=(0.0, -0.73),
        mean_square=_mean_square(),
    )


def _mean_square() -> float:
    """Scaled by q, p is N(-1, 0.6²): E w² = exp(μ² / (2 - s²)) / (s √(2 - s²))."""
    mean, scale = -SOURCE_MEAN / SOURCE_SCALE, TARGET_SCALE / SOURCE_SCALE
    room = 2 - scale**2
    return math.exp(mean**2 / room) / (scale * math.sqrt(room))
