"""A thousand classes and a hundred thousand points: how soon the likelihood has its maximum."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Peer, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_labels.peers import HERE, OURS, QUAPY

CLASSES, COUNT, THREADS = 1000, 100_000, 2
SEPARATION = 4.0
"""How far the mean of a class is from zero; about three quarters of the points are then classified rightly."""
OURS_ONCE, EM = "MLLS(calibration=None), many classes", "EMQ"
PEERS = [
    (Peer(OURS, f"{HERE}.reference", None, (OURS_ONCE,)), 3),
    (Peer(QUAPY, f"{HERE}.quapy_package", "quapy", (EM,)), 1),
]
"""Each with the number of its runs."""


def measure_many_classes(folder: Path) -> dict[str, Any]:
    """Give seconds and the residual of the conditions for a maximum: {peer: …}, on two threads."""
    drawn = draw()
    saved = save(folder / "many-classes", drawn)
    found: dict[str, Any] = {}
    with started_peers([peer for peer, _ in PEERS], THREADS) as asked:
        runs = {peer.name: count for peer, count in PEERS}
        for peer, process in asked.running:
            answers = []
            for number in range(runs[peer.name]):
                progress(f"{CLASSES} classes, {peer.name}", number + 1, runs[peer.name])
                answers.append(ask(process, peer.methods[0], saved, number))
            found[peer.name] = {"method": peer.methods[0], **_summary(answers, drawn)}
    return {"classes": CLASSES, "count": COUNT, "threads": THREADS, "found": found}


def draw(classes: int = CLASSES, count: int = COUNT) -> dict[str, np.ndarray]:
    """Draw scores of points whose classes have other frequencies than those of the hold-out."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(classes), 5)
    target_labels = rng.choice(classes, count, p=rng.dirichlet(np.ones(classes)))
    scores, target_scores = (_scores(wanted, classes, rng) for wanted in (labels, target_labels))
    return {"scores": scores, "labels": labels, "target_scores": target_scores}


def residual(weights: np.ndarray, drawn: dict[str, np.ndarray]) -> float:
    """Give by how much the largest slope of the likelihood in a class's share exceeds one; at the maximum none does."""
    scores, labels = drawn["target_scores"].astype(np.float64), drawn["labels"]
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
    return points


def _summary(answers: list[dict[str, Any]], drawn: dict[str, np.ndarray]) -> dict[str, Any]:
    if failed := [answer["failed"] for answer in answers if "failed" in answer]:
        return {"failed": failed[0]}
    return {
        "seconds": [rounded(answer["seconds"]) for answer in answers],
        "residual": rounded(residual(np.asarray(answers[0]["values"]), drawn)),
    }
