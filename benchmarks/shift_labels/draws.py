"""Digits that are classified, and targets whose classes have other frequencies."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

CLASSES = 10
COUNT = 1000
LEAST_SCORE = 1e-12
CLASSIFIERS = ("logistic regression", "naive Bayes")
SHIFTS = {"Dirichlet 0.1": 0.1, "Dirichlet 1": 1.0, "tweak-one 0.7": None}
TWEAKED, TWEAKED_SHARE = 3, 0.7


@dataclass(frozen=True)
class Drawn:
    """Scores and labels of the hold-out, and scores and labels of the target; estimates never see the last."""

    scores: np.ndarray
    labels: np.ndarray
    target_scores: np.ndarray
    target_labels: np.ndarray

    @property
    def weights(self) -> np.ndarray:
        """The share of each class in the target, divided by its share in the hold-out."""
        target, hold_out = (
            np.bincount(labels, minlength=CLASSES) for labels in (self.target_labels, self.labels)
        )
        return target / len(self.target_labels) / (hold_out / len(self.labels))


def draw_all(seed: int) -> Iterator[tuple[str, str, Drawn]]:
    """Split the digits once: 40 % train a classifier, 30 % are held out, 30 % are drawn from for the targets."""
    from sklearn.datasets import load_digits
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import train_test_split
    from sklearn.naive_bayes import GaussianNB

    images, labels = load_digits(return_X_y=True)
    train, rest, train_labels, rest_labels = train_test_split(
        images / 16, labels, train_size=0.4, random_state=seed, stratify=labels
    )
    held, pool, held_labels, pool_labels = train_test_split(
        rest, rest_labels, train_size=0.5, random_state=seed, stratify=rest_labels
    )
    models = dict(
        zip(CLASSIFIERS, (LogisticRegression(max_iter=2000), GaussianNB(var_smoothing=1e-3)), strict=True)
    )
    for classifier, model in models.items():
        model.fit(train, train_labels)
        for shift, concentration in SHIFTS.items():
            rng = np.random.default_rng([seed, 7])
            target_labels = rng.choice(CLASSES, COUNT, p=_prior(concentration, rng))
            chosen = np.array([rng.choice(np.flatnonzero(pool_labels == label)) for label in target_labels])
            scores = (_positive(model.predict_proba(points)) for points in (held, pool[chosen]))
            hold_out_scores, target_scores = scores
            yield classifier, shift, Drawn(hold_out_scores, held_labels, target_scores, target_labels)


def _prior(concentration: float | None, rng: np.random.Generator) -> np.ndarray:
    if concentration is not None:
        return rng.dirichlet(np.full(CLASSES, concentration))
    prior = np.full(CLASSES, (1 - TWEAKED_SHARE) / (CLASSES - 1))
    prior[TWEAKED] = TWEAKED_SHARE
    return prior


def _positive(scores: np.ndarray) -> np.ndarray:
    """Lift zeros, whose logarithms some packages take."""
    lifted = np.clip(scores, LEAST_SCORE, 1)
    return lifted / lifted.sum(axis=1, keepdims=True)
