"""Maximum likelihood of mixtures by expectation maximisation in extended precision, and label-shift problems."""

import numpy as np
from libraries import ORACLE

Arrays = tuple[np.ndarray, ...]


def expectation_maximisation(likelihoods: np.ndarray, counts: np.ndarray, passes: int = 400) -> np.ndarray:
    """Climb from equal proportions, in longdouble; the components must be well apart for this to end."""
    likelihoods, counts = likelihoods.astype(np.longdouble), counts.astype(np.longdouble)
    proportions = np.full(likelihoods.shape[1], np.longdouble(1) / likelihoods.shape[1])
    shares = counts / counts.sum()
    for _ in range(passes):
        proportions = proportions * ((shares / (likelihoods @ proportions)) @ likelihoods)
    return proportions


def apart(seed: int, points: int, components: int, mixed: float = 0.3) -> np.ndarray:
    """Draw likelihoods (points, components) where each component is by far the likeliest at some points."""
    rng = np.random.default_rng(seed)
    likelihoods = mixed * rng.random((points, components)) / components
    likelihoods[np.arange(points), np.arange(points) % components] += 1.0
    return likelihoods


def shifted(seed: int, classes: int, holdout: int = 60, target: int = 50, mixed: float = 0.8) -> Arrays:
    """Draw posteriors of a hold-out with its labels, each class among them, and of a target with other frequencies."""
    rng = np.random.default_rng(seed)
    labels = np.concatenate([np.arange(classes), rng.integers(0, classes, holdout - classes)])
    prior = rng.dirichlet(np.full(classes, 30.0))
    hidden = np.concatenate([np.arange(classes), rng.choice(classes, target - classes, p=prior)])

    def posteriors(of: np.ndarray) -> np.ndarray:
        scores = mixed * rng.random((of.size, classes)) + 2.0 * np.eye(classes)[of]
        return scores / scores.sum(axis=1, keepdims=True)

    return posteriors(labels), labels, posteriors(hidden)


def either(ours, oracle):
    """Return a run that calls `ours` for our libraries, and `oracle` on NumPy's values for the oracle."""

    def run(library, *arrays):
        if library is not ORACLE:
            return ours(*arrays)
        given = [array.numpy() for array in arrays]
        dtype = next(values.dtype for values in given if values.dtype.kind == "f")
        return [ORACLE.array(np.asarray(values, np.float64).astype(dtype)) for values in oracle(*given)]

    return run
