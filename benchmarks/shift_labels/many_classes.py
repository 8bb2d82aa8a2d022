"""A thousand classes and a hundred thousand points: how soon the likelihood has its maximum."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Peer, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_labels.peers import HERE, OURS, PLAIN_MAXIMUM, QUAPY

CLASSES, COUNT, THREADS = 1000, 100_000, 2
SEPARATION = 4.0
"""How far the mean of a class is from zero; about three quarters of the points are then classified rightly."""
SOLVER, WHOLE, EM = "maximise_on_simplex()", PLAIN_MAXIMUM, "EMQ"
PEERS = [
    Peer(OURS, f"{HERE}.reference", None, (SOLVER, WHOLE)),
    Peer(QUAPY, f"{HERE}.quapy_package", "quapy", (EM,)),
]
RUNS = {SOLVER: 3}
"""How often each is run, if not once."""


def measure_many_classes(folder: Path) -> dict[str, Any]:
    """Give the seconds of each method and the residual of the conditions for a maximum, on two threads."""
    drawn = draw()
    saved = save(folder / "many-classes", drawn)
    rows = []
    with started_peers(PEERS, THREADS) as asked:
        for peer, process in asked.running:
            for method in peer.methods:
                answers = []
                for number in range(RUNS.get(method, 1)):
                    progress(f"{CLASSES} classes, {method}", number + 1, RUNS.get(method, 1))
                    answers.append(ask(process, method, saved, number))
                rows.append({"peer": peer.name, "method": method, **_summary(answers, drawn)})
    return {"classes": CLASSES, "count": COUNT, "threads": THREADS, "rows": rows}


def draw(classes: int = CLASSES, count: int = COUNT) -> dict[str, np.ndarray]:
    """Draw scores of points whose classes have other frequencies than those of the hold-out."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), 5)
    target_labels = rng.choice(classes, count, p=rng.dirichlet(np.ones(classes)))
    scores, target_scores = (_scores(wanted, classes, rng) for wanted in (labels, target_labels))
    return {"scores": scores, "labels": labels, "target_scores": target_scores}


def residual(weights: np.ndarray, drawn: dict[str, np.ndarray]) -> float:
    """Give by how much the largest slope of the likelihood in a class's share exceeds one; at the maximum none does."""
    scores, labels = drawn["target_scores"], drawn["labels"]
    shares = np.bincount(labels, minlength=scores.shape[1]) / len(labels)
    likelihoods = scores @ (weights / (weights @ shares))
    return float(np.max(scores.T @ (1 / likelihoods) / len(scores) / shares) - 1)


def _scores(labels: np.ndarray, classes: int, rng: np.random.Generator) -> np.ndarray:
    """Draw points of normal classes in as many dimensions, and give the probabilities of the classes by Bayes' rule."""
    points = rng.standard_normal((len(labels), classes), dtype=np.float32)
    points[np.arange(len(labels)), labels] += SEPARATION
    points *= SEPARATION
    points -= points.max(axis=1, keepdims=True)
    np.exp(points, out=points)
    points /= points.sum(axis=1, keepdims=True)
    return points.astype(np.float64)


def _summary(answers: list[dict[str, Any]], drawn: dict[str, np.ndarray]) -> dict[str, Any]:
    if failed := [answer["failed"] for answer in answers if "failed" in answer]:
        return {"failed": failed[0]}
    return {
        "seconds": [rounded(answer["seconds"]) for answer in answers],
        "residual": rounded(residual(np.asarray(answers[0]["values"]), drawn)),
    }
