"""abstention; its EM doesn't use the calibration that it is given, so calibration stands before it."""

from collections.abc import Callable
from typing import Any

import cvxpy
import numpy as np
from abstention.calibration import TempScaling, VectorScaling
from abstention.label_shift import BBSEImbalanceAdapter, EMImbalanceAdapter, RLLSImbalanceAdapter

PACKAGES = ("abstention", "cvxpy", "scipy", "numpy")


def bias_corrected() -> Any:
    """Give bias-corrected temperature scaling."""
    return TempScaling(bias_positions="all")


def _method(
    make: Callable[[], Any], calibrate: Callable[[], Any] | None = None
) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        one_hot = np.eye(arrays["scores"].shape[1])[arrays["labels"]]

        def run() -> np.ndarray:
            scores, target_scores = arrays["scores"], arrays["target_scores"]
            if calibrate is not None:
                calibration = calibrate()(scores, one_hot, posterior_supplied=True)
                scores, target_scores = calibration(scores), calibration(target_scores)
            found = make()(
                valid_labels=one_hot,
                tofit_initial_posterior_probs=target_scores,
                valid_posterior_probs=scores,
            )
            return np.asarray(found.multipliers)

        return run

    return prepare


def _cone_program(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
    """Solve RLLS to the last digits, which abstention's solver isn't asked for."""

    def run() -> np.ndarray:
        points, classes = arrays["scores"].shape
        joint = arrays["scores"].T @ np.eye(classes)[arrays["labels"]] / points
        logarithm = 2 * np.log(2 * classes / 0.05)
        ridge = 0.01 * 3 * (logarithm / (3 * points) + np.sqrt(logarithm / points))
        excess = cvxpy.Variable(classes)
        missed = joint @ excess - (arrays["target_scores"].mean(axis=0) - joint.sum(axis=1))
        objective = cvxpy.Minimize(cvxpy.norm(missed) + ridge * cvxpy.norm(excess))
        tolerances = dict.fromkeys(("tol_gap_abs", "tol_gap_rel", "tol_feas"), 1e-14)
        cvxpy.Problem(objective, [excess >= -1]).solve(solver="CLARABEL", **tolerances)
        return 1 + excess.value

    return run


METHODS = {
    "BBSE, hard": _method(BBSEImbalanceAdapter),
    "BBSE, soft": _method(lambda: BBSEImbalanceAdapter(soft=True)),
    "RLLS, hard": _method(RLLSImbalanceAdapter),
    "RLLS, soft": _method(lambda: RLLSImbalanceAdapter(soft=True)),
    "EM": _method(EMImbalanceAdapter),
    "EM, calibrator_factory=BCTS": _method(lambda: EMImbalanceAdapter(calibrator_factory=bias_corrected())),
    "TS, then EM": _method(EMImbalanceAdapter, TempScaling),
    "BCTS, then EM": _method(EMImbalanceAdapter, bias_corrected),
    "VS, then EM": _method(EMImbalanceAdapter, VectorScaling),
    "RLLS as a cone program of cvxpy, to 1e-14": _cone_program,
}
