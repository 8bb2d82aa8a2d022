"""Fifty steps of the same code on the same model, under ours and under torch."""

from typing import Any

import numpy as np
from libraries import ORACLE, OURS

from reference_impl import optim

STEPS = 50
SIZES = (3, 4, 2)


def train(library: Any, optimizers: Any, name: str, settings: dict[str, Any], seed: int) -> np.ndarray:
    """Train a small network, and return all its parameters in one row."""
    rng = np.random.default_rng(seed)
    layers = library.layers
    inputs, hidden, outputs = SIZES
    model = layers.Sequential(
        layers.Linear(inputs, hidden, dtype="float64"),
        layers.Tanh(),
        layers.Linear(hidden, outputs, dtype="float64"),
    )
    for parameter in model.parameters():
        parameter.data[...] = library.array(0.5 * rng.standard_normal(tuple(parameter.shape)))
    optimizer = getattr(optimizers, name)(model.parameters(), **settings)
    for _ in range(STEPS):
        x = library.tensor(rng.standard_normal((5, inputs)))
        y = library.tensor(4 + rng.standard_normal((5, outputs)))
        optimizer.zero_grad()
        library.F.mse_loss(model(x), y).backward()
        optimizer.step()
    return np.concatenate([np.ravel(library.values(parameter.data)) for parameter in model.parameters()])


def compare_fifty_steps(compare: Any, name: str, settings: dict[str, Any], seed: int) -> None:
    """Compare our optimizer with torch's, on our parameters and on those of torch."""
    settings = settings | {"lr": settings["lr"] / 50}
    expected = train(ORACLE, ORACLE.optim, name, settings, seed)
    for library in (OURS[0], ORACLE):
        found = train(library, optim, name, settings, seed)
        compare.close("50 steps", library.name, found, expected, abs(expected).max())
