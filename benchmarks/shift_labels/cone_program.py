"""The cone program of RLLS in higher precision than its solvers compute with, to say how near each came."""

from typing import NamedTuple

import numpy as np

from benchmarks.shift_labels.draws import Drawn

HARDLY = 1e-6
"""What a solver leaves of a zero."""
STEPS = 10
"""Newton's steps; each squares the error, down to the rounding of longdouble."""


class ConeProgram(NamedTuple):
    """Minimise |matrix excess − wanted| + ridge |excess| over excess ≥ −1; the weights are 1 + excess."""

    matrix: np.ndarray
    wanted: np.ndarray
    ridge: np.longdouble

    @classmethod
    def of(cls, drawn: Drawn) -> "ConeProgram":
        """Give the program of RLLS with its default settings."""
        points, classes = drawn.scores.shape
        joint = (drawn.scores.T @ np.eye(classes)[drawn.labels] / points).astype(np.longdouble)
        logarithm = 2 * np.log(np.longdouble(2 * classes) / np.longdouble("0.05"))
        ridge = np.longdouble("0.03") * (logarithm / (3 * points) + np.sqrt(logarithm / points))
        return cls(joint, drawn.target_scores.mean(axis=0) - joint.sum(axis=1), ridge)

    def objective(self, weights: np.ndarray) -> np.longdouble:
        """Give the value to be minimised."""
        excess = np.asarray(weights, np.longdouble) - 1
        return np.linalg.norm(self.matrix @ excess - self.wanted) + self.ridge * np.linalg.norm(excess)

    def refine(self, weights: np.ndarray) -> np.ndarray:
        """Move a solver's weights to the minimum nearby, and check that it is one."""
        excess = np.asarray(weights, np.longdouble) - 1
        meets = np.linalg.norm(self.matrix @ excess - self.wanted) < HARDLY
        refined, is_minimum = self._on_the_system(excess) if meets else self._beside_it(excess)
        if not is_minimum or np.any(refined < -1):
            raise ArithmeticError("the refined weights are not at a minimum of the cone program")
        return (1 + refined).astype(float)

    def _on_the_system(self, excess: np.ndarray) -> tuple[np.ndarray, bool]:
        """Solve matrix excess = wanted; the first norm has its kink there, with every slope of length up to one."""
        matrix = self.matrix.astype(float)
        for _ in range(STEPS):
            excess = excess - np.linalg.solve(matrix, (self.matrix @ excess - self.wanted).astype(float))
        pull = np.linalg.solve(matrix.T, (self.ridge * excess / np.linalg.norm(excess)).astype(float))
        return excess, bool(np.linalg.norm(pull) <= 1)

    def _beside_it(self, excess: np.ndarray) -> tuple[np.ndarray, bool]:
        """Go to where the slope vanishes by Newton's method, with weights at zero kept there if they want below it."""
        free = excess > HARDLY - 1
        excess = np.where(free, excess, -1)
        for _ in range(STEPS):
            slope, curvature = self._derivatives(excess)
            excess[free] -= np.linalg.solve(curvature[np.ix_(free, free)], slope[free].astype(float))
        slope, _ = self._derivatives(excess)
        return excess, bool(np.max(np.abs(slope[free])) < 1e-15 and np.all(slope[~free] >= 0))

    def _derivatives(self, excess: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        missed = self.matrix @ excess - self.wanted
        length, size = np.linalg.norm(missed), np.linalg.norm(excess)
        towards, outwards = self.matrix.T @ missed / length, excess / size
        once = np.eye(excess.size)
        curvature = (self.matrix.T @ self.matrix - np.outer(towards, towards)) / length
        curvature += self.ridge * (once - np.outer(outwards, outwards)) / size
        return towards + self.ridge * outwards, curvature.astype(float)
