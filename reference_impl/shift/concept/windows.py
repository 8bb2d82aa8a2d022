"""Any model, fitted to the newest points alone."""

from typing import Any, Self

from reference_impl._array import Array, check_same_place, common_namespace, is_floating, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.shift.concept.settings import StreamEstimator
from reference_impl.shift.estimator import clone
from reference_impl.shift.samples import check_finite, read_points


class SlidingWindow(StreamEstimator):
    r"""Fit a model to the newest $W$ points of a stream, again and again.

    $$\hat f_T = \text{fit}\left((x_t, y_t) : T - W < t \le T\right)$$

    Its effective sample size is $W$. What is older doesn't count at all, and what is in the window counts in full.

    Args:
        model: An estimator with `fit(inputs, targets)`, `predict` and `get_params`, such as scikit-learn's. It is
            cloned for each fit and not changed itself.
        size: The number $W$ of points that are kept.
        every: The number of new points from one fit to the next.

    Attributes:
        inputs_: The inputs in the window, the oldest first.
        targets_: Their targets.
        model_: The model of the latest fit.

    Raises:
        TypeError: `model` can't be cloned, fitted or asked; `size` or `every` is no int; the arrays differ in library
            or dtype, or the inputs are no floats.
        ValueError: `size` or `every` is below 1; an array has another shape than expected, is empty or holds NaN.
        RuntimeError: Nothing was read yet; the arrays are on different devices.

    Shape:
        inputs $(n, d)$, the oldest first, targets $(n)$, `inputs_` $(\min(T, W), d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import RecursiveLeastSquares, SlidingWindow
        >>> slope = RecursiveLeastSquares(forgetting=1.0, intercept=False)
        >>> window = SlidingWindow(slope, size=3, every=3)
        >>> first = window.update(
        ...     torch.tensor([[1.0], [2.0], [1.0]]),
        ...     torch.tensor([1.0, 2.0, 1.0]),
        ... )
        >>> [
        ...     round(x, 4)
        ...     for x in first.predict(torch.tensor([[2.0], [5.0]])).tolist()
        ... ]
        [2.0, 5.0]
        >>> # 2 new points: no fit yet
        >>> second = window.update(
        ...     torch.tensor([[1.0], [3.0]]), torch.tensor([2.0, 7.0])
        ... )
        >>> [round(x, 4) for x in second.predict(torch.tensor([[2.0]])).tolist()]
        [2.0]
        >>> second.targets_.tolist()
        [1.0, 2.0, 7.0]
        >>> # (2 + 3 * 7 + 4) / (1 + 9 + 1) = 2.4545
        >>> third = window.update(torch.tensor([[1.0]]), torch.tensor([4.0]))
        >>> [round(x, 3) for x in third.predict(torch.tensor([[1.0]])).tolist()]
        [2.455]
        >>> usual = SlidingWindow(slope, size=2).update(
        ...     torch.tensor([[1.0], [1.0]]), torch.tensor([4.0, 1.0])
        ... )
        >>> before = usual.predict(torch.tensor([[1.0]])).item()  # (4 + 1) / 2
        >>> # (1 + 2 * 7) / (1 + 4)
        >>> twice = usual.update(torch.tensor([[2.0]]), torch.tensor([7.0]))
        >>> [
        ...     round(x, 4)
        ...     for x in (before, twice.predict(torch.tensor([[1.0]])).item())
        ... ]
        [2.5, 3.0]

    Source:
        [Widmer, Kubat 1996](https://doi.org/10.1007/BF00116900), Learning in the presence of concept drift and hidden
        contexts.
    """

    def __init__(self, model: Any, size: int, every: int = 1) -> None:
        self.model = model
        self.size = size
        self.every = every
        self.reset()

    def reset(self) -> Self:
        """Forget everything that was read."""
        check_size("size", self.size)
        check_size("every", self.every)
        for name in ("fit", "predict", "get_params"):
            if isinstance(self.model, type) or not hasattr(self.model, name):
                fix = "pass e.g. RecursiveLeastSquares(forgetting=1.0)"
                refuse("model", self.model, f"must have the method {name}", fix, TypeError)
        self.inputs_: Array | None = None
        self.targets_: Array | None = None
        self.model_: Any = None
        self._due = 0
        return self

    def update(self, inputs: Array, targets: Array) -> Self:
        """Read further points, the oldest first, and fit once enough of them are new."""
        known = None if self.inputs_ is None else self.inputs_.shape[1]
        points = read_points("inputs", inputs, features=known)
        xp = namespace(points)
        check_same_place(points, targets)
        if tuple(targets.shape) != points.shape[:1]:
            rule = f"must have shape ({points.shape[0]},)"
            refuse("targets", f"of shape {tuple(targets.shape)}", rule, "pass one target for each point")
        if is_floating(targets):
            check_finite("targets", targets)
        if self.inputs_ is not None:
            common_namespace((self.inputs_, points))
            common_namespace((self.targets_, targets))
            points = xp.concat([self.inputs_, points], axis=0)
            targets = xp.concat([self.targets_, targets], axis=0)
        self._due -= inputs.shape[0]
        self.inputs_, self.targets_ = _newest(points, self.size), _newest(targets, self.size)
        if self._due <= 0:
            self.model_ = clone(self.model).fit(self.inputs_, self.targets_)
            self._due = self.every
        return self

    def predict(self, inputs: Array) -> Array:
        """Return the predictions of the latest fit."""
        if self.model_ is None:
            raise RuntimeError("this SlidingWindow has read nothing yet; call update first")
        return self.model_.predict(inputs)


def _newest(rows: Array, size: int) -> Array:
    return rows[max(0, rows.shape[0] - size) :, ...]
