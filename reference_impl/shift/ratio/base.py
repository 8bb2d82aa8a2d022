"""What all estimates of the ratio share: reading samples, weights in log space, and the check of the supports."""

import math
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import Self

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import check_choice, refuse
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.ratio.separation import area_under_curve, thinned
from reference_impl.shift.samples import read_points, read_samples
from reference_impl.shift.warning import warn, warn_with
from reference_impl.shift.weights import WeightReport, weight_report

HIGHEST_AUC = 0.999
LEAST_MEAN, MOST_MEAN = 0.2, 5.0
COVER = "collect a source that covers the target"


class Ratio(Estimator):
    """An estimate of w = p/q, from a sample of the source q and a sample of the target p.

    A subclass says in `_learn` what it learns from both samples, and in `_log_ratio` what log w is at given points,
    in any precision. Where w can be zero, it writes `_ratio` instead. It has the setting `on_disjoint`.
    """

    on_disjoint: str

    def fit(self, source: Array, target: Array) -> Self:
        """Learn the ratio from points of the source (n, d) and of the target (m, d), and return the estimator."""
        source, target = read_samples(source, target)
        check_choice("on_disjoint", self.on_disjoint, ("raise", "warn"))
        self.features_in_ = source.shape[1]
        self._learn(source, target)
        logs, ratios = self._log_on_source(source), self._on_source(source)
        self.log_weights_ = self._like(logs, source)
        self.weights_ = self._like(exponential(logs, source) if ratios is None else ratios, source)
        self.auc_ = self._auc(target)
        disjoint = list(self._disjoint())
        for reason, value in disjoint:
            if self.on_disjoint == "raise":
                rule = f"refuses samples whose supports look disjoint: {reason} is {value}"
                refuse("on_disjoint", "raise", rule, f"{COVER}, or pass on_disjoint='warn'")
            warn(reason, value, "the supports look disjoint", COVER)
        for text in () if disjoint else (*self._doubts(), *self.report().warnings):
            warn_with(text)
        return self

    def weights(self, x: Array | None = None) -> Array:
        """Return the raw weights w at the points x (k, d); without x, at those of the source that was fitted."""
        if x is None:
            self._check_fitted("weights_")
            return self.weights_
        points = self._read(x)
        return self._like(self._ratio(points), points)

    def log_weights(self, x: Array | None = None) -> Array:
        """Return log w at the points x (k, d); without x, at those of the source that was fitted."""
        if x is None:
            self._check_fitted("log_weights_")
            return self.log_weights_
        points = self._read(x)
        return self._like(self._log_ratio(points), points)

    def report(self) -> WeightReport:
        """Return what the weights of the source and the separation of the samples say about whether to use them."""
        self._check_fitted("weights_")
        ordered = namespace(self.weights_).sort(self.weights_, stable=False)  # so its own sort takes no time
        return weight_report(ordered, auc=self.auc_)

    @abstractmethod
    def _learn(self, source: Array, target: Array) -> None: ...

    def _ratio(self, points: Array) -> Array:
        return exponential(self._log_ratio(points), points)

    def _log_ratio(self, points: Array) -> Array:
        return logarithm(self._ratio(points))

    def _on_source(self, source: Array) -> Array | None:
        """Return w at the points that were fitted, or None for exp of its logarithm."""
        return None

    def _log_on_source(self, source: Array) -> Array:
        return self._log_ratio(source)

    def _auc(self, target: Array) -> float:
        """Return how well the ratio separates the samples."""
        return area_under_curve(self.log_weights_, self.log_weights(thinned(target)))

    def _doubts(self) -> Iterable[str]:
        """Return what is doubtful beyond the weights, a sentence each."""
        return ()

    def _disjoint(self) -> Iterator[tuple[str, str]]:
        if self.auc_ > HIGHEST_AUC:
            yield f"the AUC of the fitted ratio (at most {HIGHEST_AUC})", f"{self.auc_:.4f}"
        mean = float(namespace(self.weights_).mean(self.weights_))
        if not LEAST_MEAN <= mean <= MOST_MEAN:
            yield (
                f"the mean of the weights over the source (from {LEAST_MEAN} to {MOST_MEAN:g})",
                f"{mean:.3g}",
            )

    def _read(self, x: Array) -> Array:
        self._check_fitted("weights_")
        points = read_points("x", x, features=self.features_in_)
        common_namespace((self.weights_, points))
        return points

    @staticmethod
    def _like(values: Array, points: Array) -> Array:
        return namespace(points).astype(values, points.dtype)


def exponential(logarithms: Array, points: Array) -> Array:
    """Return exp of `logarithms`, at most the largest number that the dtype of `points` holds."""
    xp = namespace(logarithms)
    highest = math.log(float(xp.finfo(points.dtype).max)) - 1e-3
    return xp.exp(xp.where(logarithms < highest, logarithms, xp.full_like(logarithms, highest)))


def logarithm(ratios: Array) -> Array:
    """Return log of `ratios`, and -inf where they are zero."""
    xp = namespace(ratios)
    ones = xp.ones_like(ratios)
    return xp.where(ratios > 0, xp.log(xp.where(ratios > 0, ratios, ones)), -math.inf * ones)
