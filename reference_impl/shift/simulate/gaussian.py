"""Two samples of Gaussians whose density ratio is known at every point."""

import math
import sys
from functools import partial

import numpy

from reference_impl._array import Array, namespace
from reference_impl.shift.numbers import check_finite_number, check_positive
from reference_impl.shift.simulate.covariate import CovariateShift, generator_and_shapes, moved

LARGEST_POWER = math.log(sys.float_info.max)


def gaussian_mean_shift(
    points: int,
    features: int = 1,
    *,
    shift: float = 1.0,
    target_points: int | None = None,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> CovariateShift:
    r"""Draw a Gaussian source and a target whose first feature has another mean.

    $$q = N(0, I), \qquad p = N(\delta e_1, I), \qquad w(x) = \frac{p(x)}{q(x)} = e^{\delta x_1 - \delta^2 / 2}, \qquad
    E_q[w^2] = e^{\delta^2}$$

    The log-ratio is linear in $x$, so that linear logistic regression can represent it.

    Args:
        points: The number $n$ of points of the source.
        features: The number $d$ of features.
        shift: The mean $\delta$ of the target's first feature.
        target_points: The number $m$ of points of the target; $n$ without it.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the samples take; NumPy's float64 without it.

    Returns:
        `source`, `target`, the exact `weights` of the source's points, the function `log_ratio` that gives
        $\ln w$ for the rows of any array, and `mean_square`, the exact $E_q[w^2]$ (an effective sample size of
        $n / E_q[w^2]$ is the best there is).

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: A number of points or features is below 1.

    Shape:
        `source` $(n, d)$, `target` $(m, d)$, `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import gaussian_mean_shift
        >>> drawn = gaussian_mean_shift(
        ...     3, 2, shift=0.5, target_points=1, random_state=7,
        ...     like=torch.empty(())
        ... )
        >>> [[round(x, 4) for x in row] for row in drawn.source.tolist()]
        [[0.0012, 0.2987], [-0.2741, -0.8906], [-0.4547, -0.9916]]
        >>> [round(x, 4) for x in drawn.target.flatten().tolist()]
        [0.5601, 1.3402]
        >>> [round(w, 4) for w in drawn.weights.tolist()]
        [0.883, 0.7695, 0.703]
        >>> # 0.5 * 3 - 0.5 ** 2 / 2
        >>> round(drawn.log_ratio(torch.tensor([[3.0]])).item(), 4)
        1.375
        >>> usual = gaussian_mean_shift(2, like=torch.empty(()))
        >>> [round(x, 4) for x in usual.target.flatten().tolist()]
        [1.6404, 1.1049]
        >>> round(usual.mean_square, 6)  # e
        2.718282

    Source:
        [Shimodaira 2000](https://doi.org/10.1016/S0378-3758(00)00115-4), Improving predictive inference under
        covariate shift by weighting the log-likelihood function.
    """
    check_finite_number("shift", shift)
    log_ratio = partial(_mean_log_ratio, shift=shift)
    rng, shape, target_shape = generator_and_shapes(points, features, target_points, random_state)
    source, target = rng.standard_normal(shape), rng.standard_normal(target_shape)
    target[:, 0] += shift
    return moved(source, target, log_ratio, _exponential(shift**2), like)


def gaussian_scale_shift(
    points: int,
    features: int = 1,
    *,
    mean: float = 0.5,
    scale: float = 0.8,
    target_points: int | None = None,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> CovariateShift:
    r"""Draw a Gaussian source and a target whose first feature has another mean and standard deviation.

    $$q = N(0, I), \qquad p = N(\mu e_1, \mathrm{diag}(s^2, 1, \dots))$$

    $$w(x) = \frac{1}{s} e^{x_1^2 / 2 - (x_1 - \mu)^2 / 2 s^2}, \qquad
    E_q[w^2] = \frac{e^{\mu^2 / (2 - s^2)}}{s \sqrt{2 - s^2}}$$

    The log-ratio is quadratic, so that linear logistic regression fails. For $s^2 \ge 2$ the mean square is
    infinite: no sample is large enough for the weights.

    Args:
        points: The number $n$ of points of the source.
        features: The number $d$ of features.
        mean: The mean $\mu$ of the target's first feature.
        scale: Its standard deviation $s$.
        target_points: The number $m$ of points of the target; $n$ without it.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the samples take; NumPy's float64 without it.

    Returns:
        As of [`gaussian_mean_shift`][reference_impl.shift.gaussian_mean_shift].

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: A number of points or features is below 1, or `scale` isn't above 0.

    Shape:
        `source` $(n, d)$, `target` $(m, d)$, `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import gaussian_scale_shift
        >>> settings = {
        ...     "mean": 1.0, "scale": 1.25, "target_points": 1, "random_state": 7
        ... }
        >>> drawn = gaussian_scale_shift(2, 2, **settings, like=torch.empty(()))
        >>> [[round(x, 4) for x in row] for row in drawn.source.tolist()]
        [[0.0012, 0.2987], [-0.2741, -0.8906]]
        >>> [round(x, 4) for x in drawn.target.flatten().tolist()]
        [0.4317, -0.9916]
        >>> [round(w, 4) for w in drawn.weights.tolist()]
        [0.5814, 0.4941]
        >>> # 2 ** 2 / 2 - (2 - 1) ** 2 / 3.125 - ln 1.25
        >>> round(drawn.log_ratio(torch.tensor([[2.0]])).item(), 4)
        1.4569
        >>> # exp(1 / 0.4375) / (1.25 * sqrt(0.4375))
        >>> round(drawn.mean_square, 6)
        11.892525
        >>> usual = gaussian_scale_shift(2, like=torch.empty(()))
        >>> [round(x, 4) for x in usual.target.flatten().tolist()]
        [1.0123, 0.5839]
        >>> round(usual.mean_square, 6)
        1.288173
        >>> heavy = gaussian_scale_shift(3, scale=1.5)
        >>> [round(w, 4) for w in heavy.weights.tolist()], heavy.mean_square
        ([0.6514, 0.6154, 0.8148], inf)

    Source:
        [Shimodaira 2000](https://doi.org/10.1016/S0378-3758(00)00115-4), Improving predictive inference under
        covariate shift by weighting the log-likelihood function.
    """
    check_finite_number("mean", mean)
    check_positive("scale", scale)
    room = 2 - scale**2
    mean_square = _exponential(mean**2 / room) / (scale * math.sqrt(room)) if room > 0 else math.inf
    rng, shape, target_shape = generator_and_shapes(points, features, target_points, random_state)
    source, target = rng.standard_normal(shape), rng.standard_normal(target_shape)
    target[:, 0] = mean + scale * target[:, 0]
    log_ratio = partial(_scale_log_ratio, mean=mean, scale=scale)
    return moved(source, target, log_ratio, mean_square, like)


def bimodal_shift(
    points: int,
    features: int = 1,
    *,
    centre: float = 1.0,
    scale: float = 0.5,
    target_points: int | None = None,
    random_state: int | numpy.random.Generator = 0,
    like: Array | None = None,
) -> CovariateShift:
    r"""Draw a Gaussian source and a target whose first feature has two peaks.

    $$q = N(0, I), \qquad x_1 \sim \tfrac12 N(-c, s^2) + \tfrac12 N(c, s^2) \text{ under } p$$

    $$\begin{aligned}
    w(x) &= \frac{e^{x_1^2 / 2}}{2 s} \left( e^{-(x_1 - c)^2 / 2 s^2} + e^{-(x_1 + c)^2 / 2 s^2} \right) \\[6pt]
    E_q[w^2] &= \frac{e^{c^2 / (2 - s^2)} + e^{-c^2 / s^2}}{2 s \sqrt{2 - s^2}}
    \end{aligned}$$

    The log-ratio is neither linear nor quadratic.

    Args:
        points: The number $n$ of points of the source.
        features: The number $d$ of features.
        centre: Where the peak $c$ on the right stands; the other stands at $-c$.
        scale: The standard deviation $s$ of each peak.
        target_points: The number $m$ of points of the target; $n$ without it.
        random_state: A seed, or a generator of NumPy. The numbers are the same in every library.
        like: An array whose library, dtype and device the samples take; NumPy's float64 without it.

    Returns:
        As of [`gaussian_mean_shift`][reference_impl.shift.gaussian_mean_shift].

    Raises:
        TypeError: A number isn't one, or `like` is no array of floating-point numbers.
        ValueError: A number of points or features is below 1, or `scale` isn't above 0.

    Shape:
        `source` $(n, d)$, `target` $(m, d)$, `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import bimodal_shift
        >>> drawn = bimodal_shift(
        ...     2, 2, centre=0.5, scale=1.25, target_points=3, random_state=7,
        ...     like=torch.empty(())
        ... )
        >>> [[round(x, 4) for x in row] for row in drawn.source.tolist()]
        [[0.0012, 0.2987], [-0.2741, -0.8906]]
        >>> [round(w, 4) for w in drawn.weights.tolist()]
        [0.7385, 0.7514]
        >>> [round(x, 4) for x in drawn.target[:, 0].tolist()]
        [-1.0683, -0.4248, -1.1153]
        >>> # -0.5 ** 2 / 3.125 - ln 1.25
        >>> round(drawn.log_ratio(torch.tensor([[0.0]])).item(), 4)
        -0.3031
        >>> # exp(0.25 / 0.4375) + exp(-0.25 / 1.5625), over
        >>> # 2 * 1.25 * sqrt(0.4375)
        >>> round(drawn.mean_square, 4)
        1.5862
        >>> usual = bimodal_shift(2, like=torch.empty(()))
        >>> [round(x, 4) for x in usual.target.flatten().tolist()]
        [1.3202, 1.0525]
        >>> round(usual.mean_square, 6)
        1.35244

    Source:
        [Sugiyama et al. 2008](https://doi.org/10.1007/s10463-008-0197-x), Direct importance estimation for covariate
        shift adaptation, compare ratio estimators on such pairs of Gaussians.
    """
    check_finite_number("centre", centre)
    check_positive("scale", scale)
    room = 2 - scale**2
    mean_square = math.inf
    if room > 0:
        both = _exponential(centre**2 / room) + math.exp(-(centre**2) / scale**2)
        mean_square = both / (2 * scale * math.sqrt(room))
    rng, shape, target_shape = generator_and_shapes(points, features, target_points, random_state)
    source, target = rng.standard_normal(shape), rng.standard_normal(target_shape)
    peak = numpy.where(rng.random(target_shape[0]) < 0.5, -centre, centre)
    target[:, 0] = peak + scale * target[:, 0]
    log_ratio = partial(_bimodal_log_ratio, centre=centre, scale=scale)
    return moved(source, target, log_ratio, mean_square, like)


def _mean_log_ratio(x: Array, *, shift: float) -> Array:
    return shift * x[:, 0] - shift**2 / 2


def _scale_log_ratio(x: Array, *, mean: float, scale: float) -> Array:
    return x[:, 0] ** 2 / 2 - (x[:, 0] - mean) ** 2 / (2 * scale**2) - math.log(scale)


def _bimodal_log_ratio(x: Array, *, centre: float, scale: float) -> Array:
    left = _scale_log_ratio(x, mean=-centre, scale=scale)
    right = _scale_log_ratio(x, mean=centre, scale=scale)
    return namespace(x).logaddexp(left, right) - math.log(2)


def _exponential(power: float) -> float:
    return math.exp(power) if power < LARGEST_POWER else math.inf
