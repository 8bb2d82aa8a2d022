"""What is timed: one step (forward, loss, backward, SGD) of networks, in float32."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE = 0.01
FEATURES, HEADS, LENGTH, FEED_FORWARD = 128, 4, 64, 512
INPUTS = ("samples", "classes")
Arrays = dict[str, np.ndarray]


@dataclass(frozen=True)
class Workload:
    """A network: the module of that name in each peer's folder, the shapes of its parameters, and one sample's.

    With classes the loss is cross-entropy, without them the mean of the squares of what comes out.
    """

    name: str
    network: str
    sample: tuple[int, ...]
    classes: int
    batch: int
    parameters: dict[str, tuple[int, ...]]

    def write(self, folder: Path) -> Path:
        """Draw the samples and the first parameters, and write them to a file that every peer reads."""
        rng = np.random.default_rng(0)
        arrays = {name: _first(name, shape, rng) for name, shape in self.parameters.items()}
        arrays["samples"] = rng.standard_normal((self.batch, *self.sample), dtype=np.float32)
        if self.classes:
            arrays["classes"] = rng.integers(0, self.classes, self.batch)
        path = folder / f"{self.name}.npz"
        np.savez(path, **arrays)
        return path


def parameters_of(arrays: Arrays) -> Arrays:
    """Leave the inputs out."""
    return {name: array for name, array in arrays.items() if name not in INPUTS}


def _first(name: str, shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    if name.startswith("norm"):
        return np.full(shape, 1 if name.endswith("weight") else 0, np.float32)
    bound = np.prod(shape[1:]) ** -0.5 if len(shape) > 1 else 0.1
    return rng.uniform(-bound, bound, shape).astype(np.float32)


def _layer(name: str, *shape: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": shape, f"{name}.bias": shape[:1]}


def _mlp(features: int, hidden: int, classes: int, batch: int) -> Workload:
    parameters = _layer("0", hidden, features) | _layer("2", classes, hidden)
    name = f"{features}-{hidden}-{classes}, batch {batch}"
    return Workload(name, "mlp", (features,), classes, batch, parameters)


LENET = Workload(
    "LeNet on 28×28, batch 64",
    "lenet",
    sample=(1, 28, 28),
    classes=10,
    batch=64,
    parameters=_layer("0", 6, 1, 5, 5)
    | _layer("3", 16, 6, 5, 5)
    | _layer("7", 120, 16 * 5 * 5)
    | _layer("9", 84, 120)
    | _layer("11", 10, 84),
)
TRANSFORMER = Workload(
    "transformer block, batch 16",
    "transformer",
    sample=(LENGTH, FEATURES),
    classes=0,
    batch=16,
    parameters={
        "self_attn.in_proj_weight": (3 * FEATURES, FEATURES),
        "self_attn.in_proj_bias": (3 * FEATURES,),
    }
    | _layer("self_attn.out_proj", FEATURES, FEATURES)
    | _layer("linear1", FEED_FORWARD, FEATURES)
    | _layer("linear2", FEATURES, FEED_FORWARD)
    | _layer("norm1", FEATURES)
    | _layer("norm2", FEATURES),
)
WORKLOADS = [_mlp(2, 16, 2, 32), _mlp(784, 256, 10, 128), _mlp(784, 1024, 10, 256), LENET, TRANSFORMER]
