"""A linear regression that forgets exponentially."""

from typing import Any, Self

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import refuse
from reference_impl.shift.concept.rows import check_flag, read_inputs, read_rows, zeros_for
from reference_impl.shift.concept.settings import StreamEstimator
from reference_impl.shift.numbers import check_factor, check_not_negative

SINGULAR = 1e-14
"""Below this share of the largest eigenvalue, the smallest one is rounding noise."""


class RecursiveLeastSquares(StreamEstimator):
    r"""Fit a linear regression to a stream; what lies $k$ steps back weighs $\gamma^k$.

    $$\theta_T = \arg\min_\theta \sum_{t=1}^T \gamma^{T - t} (y_t - x_t^\top \theta)^2 + \gamma^T \lambda |\theta|^2$$

    That is what the recursion $k = P x / (\gamma + x^\top P x)$, $\theta \leftarrow \theta + k (y - x^\top \theta)$,
    $P \leftarrow (P - k x^\top P) / \gamma$ from $P = I / \lambda$ computes. Here the normal equations are kept instead
    of their inverse $P$: many steps are one matrix product, and rounding errors do not grow.

    As many points as $(1 + \gamma) / (1 - \gamma)$ equally weighted ones remain: 199 for 0.99. If the truth walks by
    a variance of $Q$ at each step and is seen with a variance of $R$, the best $\gamma$ is $1 - g$ with
    $g = (\sqrt{r^2 + 4 r} - r) / 2$, $r = Q / R$.

    Blind spot: directions in which the inputs stopped to vary are forgotten, and with them the penalty. Once nothing
    is left, the coefficients are undetermined and asking for them is an error.

    Args:
        forgetting: The factor $\gamma$, above 0 and at most 1. 1 forgets nothing.
        penalty: The weight $\lambda$ of the coefficients' squares at the start.
        intercept: Whether a constant is fitted, too; it is penalised as the others are.

    Attributes:
        steps_: The number $T$ of points read.
        coefficients_: The coefficient of each feature.
        intercept_: The constant; 0 without one.
        effective_sample_size_: $(\sum w)^2 / \sum w^2$ of the weights $\gamma^{T - t}$.

    Raises:
        TypeError: A setting is no number, `intercept` no bool; the arrays differ in library or dtype, or hold no
            floats.
        ValueError: `forgetting` or `penalty` is out of range; an array has another shape than expected, is empty or
            holds NaN.
        RuntimeError: Nothing was read yet; the arrays are on different devices.

    Shape:
        inputs $(n, d)$, the oldest first, targets and predictions $(n)$, `coefficients_` $(d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import RecursiveLeastSquares
        >>> inputs = torch.tensor([[1.0], [2.0], [1.0]])
        >>> model = RecursiveLeastSquares(
        ...     forgetting=0.5, penalty=2.0, intercept=False
        ... )
        >>> model.update(
        ...     inputs, torch.tensor([4.0, 2.0, 3.0])
        ... ).coefficients_.item()
        1.7142857313156128
        >>> (0.25 * 4 + 0.5 * 2 * 2 + 3) / (0.25 * 1 + 0.5 * 4 + 1 + 0.125 * 2)
        1.7142857142857142
        >>> # (1 + 0.5 + 0.25) ** 2 / (1 + 0.25 + 0.0625)
        >>> round(model.effective_sample_size_, 4)
        2.3333
        >>> usual = RecursiveLeastSquares().update(
        ...     inputs, torch.tensor([4.0, 2.0, 3.0])
        ... )
        >>> [
        ...     round(y, 4)
        ...     for y in usual.predict(torch.tensor([[1.0], [3.0]])).tolist()
        ... ]
        [3.495, 0.505]
        >>> round(usual.intercept_, 4)
        4.9899

    Source:
        [Plackett 1950](https://doi.org/10.1093/biomet/37.1-2.149), Some theorems in least squares.
    """

    def __init__(self, forgetting: float = 0.99, penalty: float = 1e-6, intercept: bool = True) -> None:
        self.forgetting = forgetting
        self.penalty = penalty
        self.intercept = intercept
        self.reset()

    def reset(self) -> Self:
        """Forget everything that was read."""
        check_factor("forgetting", self.forgetting)
        check_not_negative("penalty", self.penalty)
        check_flag("intercept", self.intercept)
        self.steps_ = 0
        self._like: Any = None
        return self

    def fit(self, inputs: Array, targets: Array) -> Self:
        """Forget everything and read these points, the oldest first."""
        return self.reset().update(inputs, targets)

    def update(self, inputs: Array, targets: Array) -> Self:
        """Read further points, the oldest first."""
        points, values = read_rows(inputs, targets, self._like)
        xp = namespace(points)
        if self._like is None:
            self._like = zeros_for(points)
            size = points.shape[1] + self.intercept
            self._gram = from_numpy(self.penalty * numpy.eye(size), points, xp.float64)
            self._moments = from_numpy(numpy.zeros(size), points, xp.float64)
        rows = points.shape[0]
        fading = float(self.forgetting) ** numpy.arange(rows, dtype=numpy.float64)[::-1]
        weights = from_numpy(fading, points, xp.float64)[:, None]
        features = self._features(points)
        outputs = xp.astype(values, xp.float64)[:, None]
        kept = float(self.forgetting) ** rows
        weighted = xp.matrix_transpose(weights * features)
        self._gram = kept * self._gram + xp.matmul(weighted, features)
        self._moments = kept * self._moments + xp.matmul(weighted, outputs)[:, 0]
        self.steps_ += rows
        self._solution: Any = None
        return self

    def predict(self, inputs: Array) -> Array:
        """Return the predictions for points, with the coefficients of now."""
        theta = self._theta()
        points = read_inputs(inputs, self._like)
        return namespace(points).astype(namespace(points).matmul(self._features(points), theta), points.dtype)

    @property
    def coefficients_(self) -> Array:
        """The coefficient of each feature."""
        theta = self._theta()
        like = self._like
        return namespace(theta).astype(theta[: like.shape[0]], like.dtype)

    @property
    def intercept_(self) -> float:
        """The constant; 0 without one."""
        return float(self._theta()[-1]) if self.intercept else 0.0

    @property
    def effective_sample_size_(self) -> float:
        """As many equally weighted points would say as much."""
        gamma, oldest = self.forgetting, float(self.forgetting) ** self.steps_
        return float(self.steps_) if gamma == 1 else (1 + gamma) / (1 - gamma) * (1 - oldest) / (1 + oldest)

    def _features(self, points: Array) -> Array:
        xp = namespace(points)
        features = xp.astype(points, xp.float64)
        return xp.concat([features, xp.ones_like(features[:, :1])], axis=1) if self.intercept else features

    def _theta(self) -> Array:
        if self._like is None:
            raise RuntimeError("this RecursiveLeastSquares has read nothing yet; call update first")
        if self._solution is None:
            xp = namespace(self._gram)
            eigenvalues, vectors = xp.linalg.eigh(self._gram)
            if not float(eigenvalues[0]) > SINGULAR * float(eigenvalues[-1]):
                rule = "leaves coefficients undetermined by the inputs that it remembers"
                refuse(
                    "forgetting", self.forgetting, rule, "forget less, drop constant features, or call reset"
                )
            projected = xp.matmul(xp.matrix_transpose(vectors), self._moments)
            self._solution = xp.matmul(vectors, projected / eigenvalues)
        return self._solution
