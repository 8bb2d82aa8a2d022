"""A linear model that follows a stream by gradient steps of a fixed size."""

from collections.abc import Callable
from typing import Self

from reference_impl._array import Array, namespace
from reference_impl._checks import check_choice, check_size
from reference_impl.shift.concept.rows import check_flag, read_inputs, read_rows, zeros_for
from reference_impl.shift.concept.settings import StreamEstimator
from reference_impl.shift.numbers import check_positive


def _logistic(score: Array) -> Array:
    return 0.5 + 0.5 * namespace(score).tanh(0.5 * score)


MEANS: dict[str, Callable[[Array], Array]] = {"squared": lambda score: score, "logistic": _logistic}
"""For each loss the mean of the target, given the score: then the gradient is (mean - target) times the input."""


class ForgettingSGD(StreamEstimator):
    r"""Fit a linear or logistic regression to a stream by gradient steps of a fixed size.

    $$\theta \leftarrow \theta - \frac{\eta}{n} \sum_{i=1}^n (g(x_i^\top \theta) - y_i) \, x_i, \qquad
    g(z) = z \text{ or } \frac{1}{1 + e^{-z}}$$

    One call of `update` is one batch, and one or more steps on its mean loss: $\frac12 (y - x^\top \theta)^2$, or the
    logistic loss. A fixed $\eta$ forgets: along an eigenvector of the mean of $x x^\top$ with the eigenvalue $\lambda$,
    a step keeps $\gamma = 1 - \eta \lambda$ of what was learned. A decaying $\eta$ would stop to learn.

    Blind spot: directions of small $\lambda$ are learned, and forgotten, slowly, and for $\eta \lambda > 2$ the steps
    grow without bound; scale the features.

    Args:
        lr: The step size $\eta$.
        loss: "squared" for numbers, or "logistic" for targets 0 and 1; `predict` then returns the probability of 1.
        steps: The number of steps on each batch.
        intercept: Whether a constant is fitted, too.

    Attributes:
        coefficients_: The coefficient of each feature.
        intercept_: The constant; 0 without one.

    Raises:
        TypeError: A setting has the wrong type; the arrays differ in library or dtype, or hold no floats.
        ValueError: A setting is out of range; an array has another shape than expected, is empty or holds NaN.
        RuntimeError: Nothing was read yet; the arrays are on different devices.

    Shape:
        inputs $(n, d)$, targets and predictions $(n)$, `coefficients_` $(d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import ForgettingSGD
        >>> inputs = torch.tensor([[1.0], [3.0]])
        >>> targets = torch.tensor([2.0, 5.0])
        >>> model = ForgettingSGD(lr=0.25, steps=2)
        >>> # first 2.125, 0.875
        >>> model.update(inputs, targets).coefficients_.tolist()
        [1.15625]
        >>> model.intercept_
        0.46875
        >>> once = ForgettingSGD(lr=0.5, loss="logistic", intercept=False)
        >>> once = once.update(inputs, torch.tensor([0.0, 1.0]))
        >>> once.coefficients_.tolist()  # 0.5 / 2 * (-0.5 * 1 + 0.5 * 3)
        [0.25]
        >>> # 1 / (1 + exp(-0.25)), 1 / (1 + exp(-0.75))
        >>> [round(p, 4) for p in once.predict(inputs).tolist()]
        [0.5622, 0.6792]
        >>> usual = ForgettingSGD().update(inputs, targets)
        >>> # 0.01 / 2 * (2 + 15)
        >>> [round(x, 4) for x in usual.coefficients_.tolist()]
        [0.085]
        >>> round(usual.intercept_, 4)
        0.035

    Source:
        [Zinkevich 2003](https://cdn.aaai.org/ICML/2003/ICML03-120.pdf), Online convex programming and generalized
        infinitesimal gradient ascent, follows a moving optimum with a fixed step.
    """

    def __init__(
        self, lr: float = 0.01, loss: str = "squared", steps: int = 1, intercept: bool = True
    ) -> None:
        self.lr = lr
        self.loss = loss
        self.steps = steps
        self.intercept = intercept
        self.reset()

    def reset(self) -> Self:
        """Forget everything that was read."""
        check_positive("lr", self.lr)
        check_choice("loss", self.loss, MEANS)
        check_size("steps", self.steps)
        check_flag("intercept", self.intercept)
        self._theta: Array | None = None
        self._constant: Array | None = None
        return self

    def fit(self, inputs: Array, targets: Array) -> Self:
        """Forget everything and learn from one batch."""
        return self.reset().update(inputs, targets)

    def update(self, inputs: Array, targets: Array) -> Self:
        """Learn from one batch."""
        points, values = read_rows(inputs, targets, self._theta)
        xp = namespace(points)
        if self._theta is None:
            self._theta, self._constant = zeros_for(points), xp.zeros_like(values[:1])
        rate = self.lr / points.shape[0]
        for _ in range(self.steps):
            residuals = MEANS[self.loss](xp.matmul(points, self._theta) + self._constant) - values
            self._theta = self._theta - rate * xp.matmul(xp.matrix_transpose(points), residuals)
            if self.intercept:
                self._constant = self._constant - rate * xp.sum(residuals)
        return self

    def predict(self, inputs: Array) -> Array:
        """Return the predictions for points: numbers, or probabilities of 1."""
        theta = self.coefficients_
        points = read_inputs(inputs, theta)
        return MEANS[self.loss](namespace(points).matmul(points, theta) + self._constant)

    @property
    def coefficients_(self) -> Array:
        """The coefficient of each feature."""
        if self._theta is None:
            raise RuntimeError("this ForgettingSGD has read nothing yet; call update first")
        return self._theta

    @property
    def intercept_(self) -> float:
        """The constant; 0 without one."""
        return 0.0 if self._constant is None else float(self._constant[0])
