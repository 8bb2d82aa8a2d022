"""The ratio of two Gaussian densities with the samples' means and covariances."""

from collections.abc import Iterable

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.numbers import check_not_negative
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.blocks import double_blocks, in_blocks


class GaussianRatio(Ratio):
    r"""Estimate the ratio as that of two Gaussian densities.

    $$\log \hat w(x) = \tfrac12 \log \frac{|\hat\Sigma_q|}{|\hat\Sigma_p|}
      + \tfrac12 (x - \hat\mu_q)^\top \hat\Sigma_q^{-1} (x - \hat\mu_q)
      - \tfrac12 (x - \hat\mu_p)^\top \hat\Sigma_p^{-1} (x - \hat\mu_p)$$

    Means and covariances are those of maximum likelihood. This is right for Gaussians only, and then hard to beat. The
    second moment $E_q w^2$ is infinite unless $\Sigma_p$ is below $2 \Sigma_q$ in every direction; there is a warning
    where the estimates are not.

    Args:
        ridge: A share of each feature's pooled variance that is added to its variance in both samples; of a feature
            that is constant in both, of 1.
        on_disjoint: What happens where the supports look disjoint: `"raise"` or `"warn"`.

    Attributes:
        weights_: The weights of the source's points.
        log_weights_: Their logarithms.
        auc_: The area under the ROC curve of the ratio as a score that tells target from source.
        source_mean_: $\hat\mu_q$, in NumPy.
        source_covariance_: $\hat\Sigma_q$, in NumPy.
        target_mean_: $\hat\mu_p$, in NumPy.
        target_covariance_: $\hat\Sigma_p$, in NumPy.
        excess_: The largest ratio of the target's variance to the source's in one direction.

    Raises:
        ValueError: In `fit`: a covariance is singular, the supports look disjoint, a setting is out of range, or a
            sample is empty, not finite, or of other features than the other.
        TypeError: In `fit`: the samples differ in library or dtype, or aren't floats.

    Shape:
        `fit`: source $(n, d)$ and target $(m, d)$; `weights`: $(k, d)$ to $(k)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import GaussianRatio
        >>> # mean 1, variance 3.05
        >>> source = torch.linspace(-2, 4, 121, dtype=torch.float64)
        >>> # mean 2, variance 1.3667
        >>> target = torch.linspace(0, 4, 81, dtype=torch.float64)
        >>> # pooled variance 2.6152: 4.3576 and 2.6743
        >>> ratio = GaussianRatio(ridge=0.5).fit(source, target)
        >>> at_two = ratio.log_weights(torch.tensor([2.0], dtype=torch.float64))
        >>> # log(4.3576 / 2.6743) / 2 + 1 * 1 / (2 * 4.3576) = 0.2441 + 0.1147
        >>> round(at_two.item(), 6)
        0.358865
        >>> round(ratio.excess_, 4), GaussianRatio().ridge  # 2.6743 / 4.3576
        (0.6137, 0.0)

    Source:
        Shimodaira, "Improving predictive inference under covariate shift by weighting the log-likelihood function",
        Journal of Statistical Planning and Inference 90, 2000.
    """

    def __init__(self, *, ridge: float = 0.0, on_disjoint: str = "raise") -> None:
        self.ridge, self.on_disjoint = ridge, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        check_not_negative("ridge", self.ridge, 1e-6)
        self.source_mean_, self.source_covariance_ = moments(source)
        self.target_mean_, self.target_covariance_ = moments(target)
        if self.ridge:
            shares = source.shape[0], target.shape[0]
            both = numpy.diag(self.source_covariance_), numpy.diag(self.target_covariance_)
            between = (self.source_mean_ - self.target_mean_) ** 2 * shares[0] * shares[1] / sum(shares) ** 2
            pooled = numpy.average(both, axis=0, weights=shares) + between
            added = self.ridge * numpy.diag(numpy.where(pooled > 0, pooled, 1.0))
            self.source_covariance_ += added
            self.target_covariance_ += added
        factors = (
            _inverse_factor("source", self.source_covariance_),
            _inverse_factor("target", self.target_covariance_),
        )
        whitened = factors[0] @ self.target_covariance_ @ factors[0].T
        largest = float(numpy.linalg.eigvalsh(whitened)[-1])
        self.excess_ = largest
        self._factors = tuple(from_numpy(factor, source, namespace(source).float64) for factor in factors)
        self._means = tuple(
            from_numpy(mean, self._factors[0]) for mean in (self.source_mean_, self.target_mean_)
        )
        logs = [float(numpy.log(numpy.diag(factor)).sum()) for factor in factors]
        self._constant = logs[1] - logs[0]

    def _log_ratio(self, points: Array) -> Array:
        return in_blocks(self._log_ratio_of_block, points)

    def _doubts(self) -> Iterable[str]:
        if self.excess_ >= 2:
            reason = "from 2 on, the weights have infinite variance"
            yield (
                f"the target's variance in one direction is {self.excess_:.3g} times the source's: {reason}; "
                "clip or smooth the weights, or collect a wider source"
            )

    def _log_ratio_of_block(self, block: Array) -> Array:
        xp = namespace(block)
        distances = []
        for mean, factor in zip(self._means, self._factors, strict=True):
            whitened = xp.matmul(block - mean, xp.matrix_transpose(factor))
            distances.append(xp.sum(whitened * whitened, axis=1))
        return (distances[0] - distances[1]) / 2 + self._constant


def moments(sample: Array) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the mean (d,) and the covariance (d, d) of maximum likelihood, in NumPy's float64."""
    xp = namespace(sample)
    count = sample.shape[0]
    origin = next(double_blocks(sample))[0, :]
    sums = sum_of_products = None
    for block in double_blocks(sample):
        gaps = block - origin
        total, products = xp.sum(gaps, axis=0), xp.matmul(xp.matrix_transpose(gaps), gaps)
        sums = total if sums is None else sums + total
        sum_of_products = products if sum_of_products is None else sum_of_products + products
    shift = to_numpy(sums) / count
    return to_numpy(origin) + shift, to_numpy(sum_of_products) / count - numpy.outer(shift, shift)


def _inverse_factor(name: str, covariance: numpy.ndarray) -> numpy.ndarray:
    deviations = numpy.sqrt(numpy.diag(covariance).clip(0))
    constant = numpy.flatnonzero(deviations == 0)
    if constant.size:
        rule = f"has a singular covariance: feature {constant[0]} is constant"
        refuse(name, "a sample", rule, "drop that feature, or pass e.g. ridge=1e-6")
    scaled = covariance / numpy.outer(deviations, deviations)
    if numpy.linalg.eigvalsh(scaled)[0] < 1e-12:
        rule = "has a singular covariance: some features follow from the others, or there are too few points"
        refuse(name, "a sample", rule, "drop features, or pass e.g. ridge=1e-6")
    return numpy.linalg.inv(numpy.linalg.cholesky(scaled)) / deviations[None, :]
