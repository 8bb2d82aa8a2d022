"""What is timed: one step (forward, cross-entropy, backward, SGD) of networks with one hidden layer, in float32."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE = 0.01


@dataclass(frozen=True)
class Workload:
    """A network `features - hidden - classes` with ReLU, and the size of its batch."""

    features: int
    hidden: int
    classes: int
    batch: int

    @property
    def name(self) -> str:
        """How tables call it."""
        return f"{self.features}-{self.hidden}-{self.classes}, batch {self.batch}"

    def write(self, folder: Path) -> Path:
        """Draw the samples and the first weights, and write them to a file that every peer reads."""
        rng = np.random.default_rng(0)

        def uniform(bound: int, *shape: int) -> np.ndarray:
            return rng.uniform(-(bound**-0.5), bound**-0.5, shape).astype(np.float32)

        path = folder / f"{self.features}-{self.hidden}-{self.classes}.npz"
        np.savez(
            path,
            weight_1=uniform(self.features, self.hidden, self.features),
            bias_1=uniform(self.features, self.hidden),
            weight_2=uniform(self.hidden, self.classes, self.hidden),
            bias_2=uniform(self.hidden, self.classes),
            samples=rng.standard_normal((self.batch, self.features)).astype(np.float32),
            classes=rng.integers(0, self.classes, self.batch),
        )
        return path


WORKLOADS = [Workload(2, 16, 2, batch=32), Workload(784, 256, 10, batch=128)]
