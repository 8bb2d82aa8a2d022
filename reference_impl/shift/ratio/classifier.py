"""The ratio from any classifier of source against target, cross-fitted and calibrated."""

import math
from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import check_choice
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.calibration import CALIBRATIONS, calibrate
from reference_impl.shift.ratio.held_out import check_folds, rows_where
from reference_impl.shift.ratio.ordering import folds_of, ordered, seed_of
from reference_impl.shift.ratio.scoring import Score, check_classifier, trained
from reference_impl.shift.ratio.separation import area_under_curve
from reference_impl.shift.rows import take_rows


class ClassifierRatio(Ratio):
    r"""Estimate the ratio by any classifier of source against target, cross-fitted and calibrated.

    $$\log \hat w(x) = \log \frac nm + a\, s(x) + b$$

    The logit $s$ of a point that was fitted comes from a classifier that didn't see it: the samples are cut into folds,
    and for each a new classifier is trained on the others. The slope $a$ and the intercept $b$ are those of the
    smallest log loss over all these held-out logits, so an overconfident classifier gets a slope below 1. Elsewhere
    $s$ is the mean over the classifiers. Weights are never zero or infinite: from $N$ points no probability below
    $1/(N + 2)$ is believed.

    Args:
        classifier: An estimator of scikit-learn, with `fit` and `decision_function` or `predict_proba`, which is
            cloned for each fold and sees NumPy's arrays; or a function that trains one: it gets points $(k, d)$ and
            labels $(k)$, 0 for the source and 1 for the target, in the samples' library, dtype and device, shuffled,
            and returns a function of points that gives a logit for each, such as a module of torch.
        calibration: `"platt"` for slope and intercept, `"temperature"` for the slope alone, None for $s$ as it is.
        folds: The number of folds.
        random_state: The seed or the generator of NumPy for folds and shuffling. Rows may come in any order.
        on_disjoint: What happens where the supports look disjoint: `"raise"` or `"warn"`.

    Attributes:
        weights_: The weights of the source's points, each from the classifier that didn't see it.
        log_weights_: Their logarithms.
        auc_: The area under the ROC curve of the held-out logits.
        scores_: The logits of each fold's classifier, as functions of points.
        slope_: The slope $a$.
        intercept_: The intercept of $\log \hat w$, $b + \log n/m$.

    Raises:
        ValueError: In `fit`: the supports look disjoint, a setting is unknown, a sample has fewer points than folds or
            isn't finite, or the logits aren't finite or not one for each point.
        TypeError: In `fit`: the classifier can't be trained, or the samples differ in library or dtype.

    Shape:
        `fit`: source $(n, d)$ and target $(m, d)$; `weights`: $(k, d)$ to $(k)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import ClassifierRatio
        >>> def train(points, labels):
        ...     net = torch.nn.Linear(1, 1, bias=False, dtype=points.dtype)
        ...     torch.nn.init.zeros_(net.weight)
        ...     optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
        ...     for _ in range(3):
        ...         optimizer.zero_grad()
        ...         loss = torch.nn.functional.binary_cross_entropy_with_logits(
        ...             net(points)[:, 0], labels
        ...         )
        ...         loss.backward()
        ...         optimizer.step()
        ...     return net
        >>> source = torch.linspace(-2, 2, 80, dtype=torch.float64)
        >>> target = torch.linspace(-1, 3, 60, dtype=torch.float64)
        >>> ratio = ClassifierRatio(train, folds=4).fit(source, target)
        >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
        >>> [round(w, 4) for w in ratio.weights(x).tolist()]
        [0.3572, 2.865]
        >>> round(ratio.slope_, 4)
        2.7257

        A classifier of scikit-learn does as well, and the weights go straight into its `sample_weight`. The best line
        through $x^2$ has the slope 0 in the source, and in the target twice the mean, 1.

        ```pycon { #classifier-ratio-in-scikit-learn data-needs="scikit-learn" }
        >>> import torch
        >>> from sklearn.linear_model import LinearRegression
        >>> from sklearn.naive_bayes import GaussianNB
        >>> from reference_impl.shift import ClassifierRatio
        >>> source = torch.special.ndtri(
        ...     torch.linspace(0.01, 0.99, 199, dtype=torch.float64)
        ... )[:, None]
        >>> ratio = ClassifierRatio(GaussianNB(), folds=4)
        >>> ratio = ratio.fit(source, 0.5 * source[::2] + 0.5)
        >>> x = source.tolist()
        >>> y = source[:, 0].square().tolist()
        >>> weights = ratio.weights().tolist()
        >>> line = LinearRegression().fit(x, y, sample_weight=weights)
        >>> round(line.coef_.item(), 4)
        0.9888
        >>> # the densities' is 2 * exp(-0.5) = 1.2131
        >>> round(ratio.weights(source[[99]]).item(), 4)
        1.1599
        ```

    Source:
        Cranmer, Pavez & Louppe, "Approximating likelihood ratios with calibrated discriminative classifiers", 2015;
        Platt, "Probabilistic outputs for support vector machines", 1999.
    """

    def __init__(
        self,
        classifier: Any,
        *,
        calibration: str | None = "platt",
        folds: int = 5,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.classifier, self.calibration, self.folds = classifier, calibration, folds
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        check_classifier(self.classifier)
        check_choice("calibration", self.calibration, CALIBRATIONS)
        check_folds(self.folds, source, target)
        seed = seed_of(self.random_state)
        samples = (source, target)
        folds = [folds_of(sample, self.folds, seed) for sample in samples]
        held_out = [numpy.empty(sample.shape[0]) for sample in samples]
        self.scores_: list[Score] = []
        for fold in range(self.folds):
            parts = [rows_where(sample, of != fold) for sample, of in zip(samples, folds, strict=True)]
            points, labels = _labelled(parts[0], parts[1], seed)
            score = trained(self.classifier, points, labels)
            for sample, of, found in zip(samples, folds, held_out, strict=True):
                found[of == fold] = to_numpy(score(rows_where(sample, of == fold)))
            self.scores_.append(score)
        self.slope_, intercept = calibrate(self.calibration, held_out[0], held_out[1])
        self.intercept_ = intercept + math.log(source.shape[0] / target.shape[0])
        self._held_out = [
            from_numpy(self.slope_ * scores + self.intercept_, source, namespace(source).float64)
            for scores in held_out
        ]

    def _log_ratio(self, points: Array) -> Array:
        every = [score(points) for score in self.scores_]
        return self.slope_ * (sum(every[1:], every[0]) / len(every)) + self.intercept_

    def _log_on_source(self, source: Array) -> Array:
        return self._held_out[0]

    def _auc(self, target: Array) -> float:
        return area_under_curve(*self._held_out)


def _labelled(source: Array, target: Array, seed: int) -> tuple[Array, numpy.ndarray]:
    """Return the points of both, shuffled, and 0 for those of the source, 1 for those of the target.

    The order doesn't depend on that of the rows, and blocks of it contain both samples.
    """
    xp = namespace(source)
    points = xp.concat([source, target], axis=0)
    labels = numpy.repeat([0, 1], [source.shape[0], target.shape[0]])
    order = ordered(to_numpy(points))[numpy.random.default_rng(seed).permutation(len(labels))]
    return take_rows(points, order), labels[order]
