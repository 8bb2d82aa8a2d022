"""Prequential evaluation: every point is first a test, then a lesson."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from reference_impl._array import Array, check_same_place, is_array, is_floating, namespace, to_numpy
from reference_impl._checks import check_choice, check_size, refuse
from reference_impl.shift.concept.detector import Detector
from reference_impl.shift.concept.errors import check_means, prequential_error
from reference_impl.shift.concept.rows import check_flag
from reference_impl.shift.samples import read_points

Loss = Callable[[Array, Array], Array]


def _squared(predictions: Array, targets: Array) -> Array:
    return (predictions - targets) ** 2


def _zero_one(predictions: Array, targets: Array) -> Array:
    xp = namespace(predictions)
    dtype = predictions.dtype if is_floating(predictions) else xp.float64
    return xp.astype(predictions != targets, dtype)


LOSSES: dict[str, Loss] = {"squared": _squared, "zero-one": _zero_one}


@dataclass(frozen=True)
class PrequentialEvaluation:
    """The loss of each point before it was learned, the error followed along the stream, and the alarms."""

    losses: Array
    errors: Array
    alarms: list[int]


def prequential_evaluation(
    model: Any,
    inputs: Array,
    targets: Array,
    *,
    loss: str | Loss = "squared",
    fading: float | None = None,
    window: int | None = None,
    first: int = 1,
    batch: int = 1,
    detector: Any = None,
    restart: bool = False,
) -> PrequentialEvaluation:
    r"""Run a model along a stream: every batch is first a test, then a lesson.

    $$L_t = \ell(\hat f_{t-1}(x_t), y_t), \qquad \hat f_t = \text{update}(\hat f_{t-1}, x_t, y_t)$$

    Unlike the error on a set that was held out once, that of the tests follows the concept as it changes.

    Args:
        model: What has `predict(inputs)` and `update(inputs, targets)`, or `partial_fit` as in scikit-learn.
        inputs: The inputs, the oldest first.
        targets: Their targets.
        loss: "squared", "zero-one", or a function of predictions and targets that returns a loss for each point.
        fading: As in [`prequential_error`][reference_impl.shift.prequential_error].
        window: As there.
        first: How many points are learned before the first test.
        batch: How many points are tested, and then learned, at once.
        detector: A detector that reads the losses; what it read before is kept.
        restart: Whether, after an alarm, `model.reset()` is called and the model learns only those points that follow
            the change by the detector's account (`recent_`).

    Returns:
        `losses` $L_t$ and `errors` $E_t$ of the points from number `first` on, and `alarms`, the numbers of the points
        at which the detector raised one.

    Raises:
        TypeError: The model, the loss or the detector lacks what is needed; the arrays are of different libraries.
        ValueError: A number is out of range, shapes don't agree, or a loss is NaN.
        RuntimeError: The arrays are on different devices.

    Shape:
        `inputs` $(T, d)$, `targets` $(T)$; `losses` and `errors` $(T - \text{first})$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import PageHinkley, RecursiveLeastSquares
        >>> from reference_impl.shift import prequential_evaluation
        >>> inputs = torch.ones(12, 1)
        >>> targets = torch.tensor([1.0] * 5 + [3.0] * 7)
        >>> model = RecursiveLeastSquares(0.75, 0.0, intercept=False)
        >>> detector = PageHinkley(0.25, threshold=2.9)
        >>> found = prequential_evaluation(
        ...     model, inputs, targets, window=2, detector=detector, restart=True
        ... )
        >>> # 4 - 4 / 5 - 0.25 = 2.95 is above 2.9
        >>> [round(x, 3) for x in found.losses.tolist()], found.alarms
        ([0.0, 0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [5])
        >>> [round(x, 3) for x in found.errors.tolist()]
        [0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0]
        >>> def relative(predictions, targets):
        ...     return (predictions - targets) / targets
        >>> found = prequential_evaluation(
        ...     model.reset(), inputs, targets, loss=relative, fading=0.5,
        ...     first=4, batch=3
        ... )
        >>> [round(x, 3) for x in found.losses.tolist()], found.alarms
        ([0.0, -0.667, -0.667, -0.33, -0.33, -0.33, -0.128, -0.128], [])
        >>> [round(x, 3) for x in found.errors.tolist()]
        [0.0, -0.444, -0.571, -0.443, -0.385, -0.357, -0.241, -0.184]

    Source:
        [Gama, Sebastião, Rodrigues 2013](https://doi.org/10.1007/s10994-012-5320-9), On evaluating stream learning
        algorithms; the name is that of [Dawid 1984](https://doi.org/10.2307/2981683).
    """
    points = read_points("inputs", inputs)
    check_same_place(points, targets)
    _check_evaluation(model, points, targets, first, batch, detector, restart)
    check_means(fading, window)
    measure = _loss(loss)
    learn = getattr(model, "update", None) or model.partial_fit
    learn(points[:first, :], targets[:first])
    losses: list[Array] = []
    alarms: list[int] = []
    for start, end in _batches(first, points.shape[0], batch):
        tested = measure(model.predict(points[start:end, :]), targets[start:end])
        if not is_array(tested) or tuple(tested.shape) != (end - start,):
            given = f"that returns {tested!r}"
            refuse(
                "loss",
                given,
                f"must return an array of shape ({end - start},)",
                "return a loss for each point",
            )
        losses.append(tested)
        lesson = start
        for point, value in enumerate(to_numpy(tested).tolist() if detector is not None else (), start):
            if detector.update(value):
                alarms.append(point)
                if restart:
                    model.reset()
                    lesson = _since_change(point, detector)
        learn(points[lesson:end, :], targets[lesson:end])
    every = namespace(losses[0]).concat(losses)
    return PrequentialEvaluation(every, prequential_error(every, fading=fading, window=window), alarms)


def _batches(first: int, length: int, size: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + size, length)) for start in range(first, length, size))


def _since_change(point: int, detector: Detector) -> int:
    """Return the first point after the change; the detector may have read values before this stream."""
    return max(0, point + 1 - detector.recent_[-1])


def _loss(loss: str | Loss) -> Loss:
    if callable(loss):
        return loss
    check_choice("loss", loss, LOSSES)
    return LOSSES[loss]


def _check_evaluation(
    model: Any, points: Array, targets: Array, first: int, batch: int, detector: Any, restart: bool
) -> None:
    length = points.shape[0]
    if targets.ndim < 1 or targets.shape[0] != length:
        rule = f"must have {length} rows"
        refuse("targets", f"of shape {tuple(targets.shape)}", rule, "pass one target for each point")
    check_size("first", first)
    check_size("batch", batch)
    if first >= length:
        refuse("first", first, f"must be below the number of points ({length})", "leave points to test on")
    if not hasattr(model, "predict") or not (hasattr(model, "update") or hasattr(model, "partial_fit")):
        fix = "pass e.g. RecursiveLeastSquares()"
        refuse("model", model, "must have the methods predict and update", fix, TypeError)
    if detector is not None and not isinstance(detector, Detector):
        refuse("detector", detector, "must be a detector", "pass e.g. PageHinkley()", TypeError)
    check_flag("restart", restart)
    if restart and detector is None:
        refuse("restart", restart, "needs a detector", "pass e.g. detector=ADWIN()")
    if restart and not hasattr(model, "reset"):
        refuse("model", model, "must have the method reset to be restarted", "pass restart=False", TypeError)
