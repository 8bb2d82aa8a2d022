"""Calibration of a classifier on a labelled hold-out: a temperature, with biases, or with a slope for each class."""

from abc import abstractmethod
from typing import Self

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_choice
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.labels.holdout import read_classes
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.labels.softmax_fit import Softmax, fit_softmax
from reference_impl.shift.numbers import check_not_negative
from reference_impl.shift.samples import without_graph

RIDGES = {"temperature": 1e-6, "bcts": 1e-6, "vector": 1e-4}


def start_softmax(calibration: str, classes: int) -> Softmax:
    """Return the identity in the parameters of a calibration."""
    slopes = numpy.ones(classes if calibration == "vector" else 1)
    return Softmax(slopes, None if calibration == "temperature" else numpy.zeros(classes))


class Scaling(Estimator):
    """A softmax of scaled and shifted logits, fitted by Newton."""

    kind: str
    ridge: float
    logits: bool

    def fit(self, scores: Array, labels: Array) -> Self:
        """Fit to the scores (points, classes) of points whose labels are known."""
        check_not_negative("ridge", self.ridge, RIDGES[self.kind])
        check_choice("logits", self.logits, (True, False))
        scores = without_graph(scores)
        read = read_scores("scores", scores, logits=self.logits, least=2)
        chosen = read_classes(labels, scores)
        self._like = scores[:1, :]
        self._softmax = fit_softmax(
            start_softmax(self.kind, scores.shape[1]), read.logits, chosen, self.ridge
        )
        self._keep(self._softmax)
        return self

    def transform(self, scores: Array) -> Array:
        """Return calibrated posteriors (points, classes)."""
        self._check_fitted("_softmax")
        read = read_scores("scores", scores, logits=self.logits, like=self._like)
        return namespace(scores).astype(self._softmax.apply(read.logits).posteriors, scores.dtype)

    @abstractmethod
    def _keep(self, softmax: Softmax) -> None: ...


class TemperatureScaling(Scaling):
    r"""Divide the logits by one temperature, so that the posteriors are neither too sure nor too unsure.

    $$q(y \mid x) = \mathrm{softmax}(z / T)_y, \qquad T = 1/a$$

    $$\min_a \frac1n \sum_i -\log \mathrm{softmax}(a z_i)_{y_i} + \frac{\rho}{2} (a - 1)^2$$

    The problem is convex in $a$. The predicted class stays what it was.

    Args:
        ridge: The strength $\rho$ of the pull towards $T = 1$; it keeps $T$ above zero where the classifier makes no
            error.
        logits: Whether scores are logits $z$; otherwise they are posteriors, and $z$ is their logarithm.

    Attributes:
        temperature_: $T$, a float.

    Raises:
        ValueError: Scores are negative or don't sum to one, or a class has no label; the words say what to do.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import TemperatureScaling
        >>> scores = torch.tensor(
        ...     [[2.0, 0.0]] * 4 + [[0.0, 2.0]] * 4, dtype=torch.float64
        ... )
        >>> labels = torch.tensor([0, 0, 0, 1, 1, 1, 1, 0])
        >>> scaling = TemperatureScaling(ridge=0.0, logits=True)
        >>> scaling = scaling.fit(scores, labels)
        >>> # three of four are right: log(3) = 1.0986 = 2 / T
        >>> round(scaling.temperature_, 4)
        1.8205
        >>> [
        ...     round(share, 4)
        ...     for share in scaling.transform(scores[:1]).flatten().tolist()
        ... ]
        [0.75, 0.25]

    Source:
        Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017.
    """

    kind = "temperature"

    def __init__(self, *, ridge: float = RIDGES["temperature"], logits: bool = False) -> None:
        self.ridge, self.logits = ridge, logits

    def _keep(self, softmax: Softmax) -> None:
        self.temperature_ = 1 / float(softmax.slopes[0])


class BiasCorrectedTemperatureScaling(Scaling):
    r"""Divide the logits by one temperature and add a bias for each class.

    $$q(y \mid x) = \mathrm{softmax}(z / T + b)_y, \qquad T = 1/a$$

    $$\min_{a, b} \frac1n \sum_i -\log \mathrm{softmax}(a z_i + b)_{y_i} + \frac{\rho}{2} [(a - 1)^2 + |b|^2]$$

    The problem is convex. At its minimum, the mean posterior of each class is the class's share of the labels, up to
    the ridge; label shift corrected by maximum likelihood needs just that.

    Args:
        ridge: The strength $\rho$ of the pull towards $T = 1$ and $b = 0$. Without it, the biases are known only up
            to a number that is added to all.
        logits: Whether scores are logits $z$; otherwise they are posteriors, and $z$ is their logarithm.

    Attributes:
        temperature_: $T$, a float.
        bias_: $b$ (classes,).

    Raises:
        ValueError: Scores are negative or don't sum to one, or a class has no label; the words say what to do.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import BiasCorrectedTemperatureScaling
        >>> scores = torch.tensor(
        ...     [[0.5, 0.5]] * 5 + [[0.9, 0.1]] * 9, dtype=torch.float64
        ... )
        >>> labels = torch.tensor([0] * 4 + [1] + [0] * 8 + [1])
        >>> scaling = BiasCorrectedTemperatureScaling().fit(scores, labels)
        >>> # 4 of 5, 8 of 9
        >>> [
        ...     round(share, 4)
        ...     for share in scaling.transform(scores[4:6]).flatten().tolist()
        ... ]
        [0.8, 0.2, 0.8889, 0.1111]
        >>> round(scaling.temperature_, 4)  # log(9) / log(8 / 4) = 3.1699
        3.1698
        >>> # log(4) = 1.3863, and the sum is zero
        >>> [round(2 * bias, 4) for bias in scaling.bias_.tolist()]
        [1.3863, -1.3863]
        >>> ridged = BiasCorrectedTemperatureScaling(ridge=0.5)
        >>> round(ridged.fit(scores, labels).temperature_, 4)  # pulled to 1
        1.0679

    Source:
        Alexandari, Kundaje and Shrikumar, Maximum likelihood with bias-corrected calibration is hard-to-beat at label
        shift adaptation, ICML 2020.
    """

    kind = "bcts"

    def __init__(self, *, ridge: float = RIDGES["bcts"], logits: bool = False) -> None:
        self.ridge, self.logits = ridge, logits

    def _keep(self, softmax: Softmax) -> None:
        self.temperature_ = 1 / float(softmax.slopes[0])
        self.bias_ = from_numpy(softmax.parameters[1:], like=self._like)


class VectorScaling(Scaling):
    r"""Multiply the logits of each class by a slope and add a bias.

    $$q(y \mid x) = \mathrm{softmax}(a \circ z + b)_y$$

    $$\min_{a, b} \frac1n \sum_i -\log \mathrm{softmax}(a \circ z_i + b)_{y_i} + \frac{\rho}{2} [|a - 1|^2 + |b|^2]$$

    The problem is convex, and has one minimum thanks to the ridge, also where the classes are separable and slopes
    would otherwise grow without end.

    Args:
        ridge: The strength $\rho$ of the pull towards $a = 1$ and $b = 0$.
        logits: Whether scores are logits $z$; otherwise they are posteriors, and $z$ is their logarithm.

    Attributes:
        slope_: $a$ (classes,).
        bias_: $b$ (classes,).

    Raises:
        ValueError: Scores are negative or don't sum to one, or a class has no label; the words say what to do.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import VectorScaling
        >>> scores = torch.tensor(
        ...     [[1.0, 0.0]] * 4 + [[0.0, 2.0]] * 5 + [[0.0, 0.0]] * 2,
        ...     dtype=torch.float64,
        ... )
        >>> labels = torch.tensor([0, 0, 0, 1] + [1, 1, 1, 1, 0] + [0, 1])
        >>> scaling = VectorScaling(ridge=1e-9, logits=True).fit(scores, labels)
        >>> # 3 of 4, 1 of 5
        >>> [
        ...     round(share, 4)
        ...     for share in scaling.transform(scores[3:5])[:, 0].tolist()
        ... ]
        [0.75, 0.2]
        >>> # log(3), log(4) / 2
        >>> [round(slope, 4) for slope in scaling.slope_.tolist()]
        [1.0986, 0.6931]
        >>> [round(abs(bias), 4) for bias in scaling.bias_.tolist()]
        [0.0, 0.0]

    Source:
        Guo, Pleiss, Sun and Weinberger, On calibration of modern neural networks, ICML 2017.
    """

    kind = "vector"

    def __init__(self, *, ridge: float = RIDGES["vector"], logits: bool = False) -> None:
        self.ridge, self.logits = ridge, logits

    def _keep(self, softmax: Softmax) -> None:
        classes = softmax.slopes.size
        self.slope_ = from_numpy(softmax.slopes, like=self._like)
        self.bias_ = from_numpy(softmax.parameters[classes:], like=self._like)
