"""QuaPy, which estimates the shares of classes; divided by those of the hold-out they are weights."""

from collections.abc import Callable
from typing import Any

import numpy as np
from quapy.method import aggregative
from sklearn.dummy import DummyClassifier

PACKAGES = ("QuaPy", "abstention", "scikit-learn", "numpy")


def _method(name: str, hard: bool = False, **settings: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        labels, classes = arrays["labels"], arrays["scores"].shape[1]
        never_asked = DummyClassifier().fit(np.zeros((classes, 1)), np.arange(classes))
        shares = np.bincount(labels, minlength=classes) / len(labels)

        def run() -> np.ndarray:
            inputs = [
                arrays[key].argmax(axis=1) if hard else arrays[key] for key in ("scores", "target_scores")
            ]
            quantifier = getattr(aggregative, name)(never_asked, fit_classifier=False, **settings)
            quantifier.classes = np.arange(classes)
            if hasattr(quantifier, "_check_init_parameters"):
                quantifier._check_init_parameters()
            quantifier.train_prevalence = shares
            quantifier.aggregation_fit(inputs[0], labels)
            return np.asarray(quantifier.aggregate(inputs[1])) / shares

        return run

    return prepare


METHODS = {
    "CC": _method("CC", hard=True),
    "ACC": _method("ACC", hard=True),
    "PACC": _method("PACC"),
    "EMQ": _method("EMQ"),
    "EMQ_BCTS": _method("EMQ", val_split=5, calib="bcts", exact_train_prev=False),
    "DMy": _method("DMy"),
    "KDEyML": _method("KDEyML"),
}
