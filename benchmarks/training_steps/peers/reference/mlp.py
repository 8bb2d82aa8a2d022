"""One hidden layer."""

from typing import Any

from benchmarks.training_steps.workloads import Arrays
from reference_impl.layers import Linear, ReLU, Sequential


def network(arrays: Arrays, **options: Any) -> Sequential:
    """Make it; the arrays say its sizes."""
    hidden, features = arrays["0.weight"].shape
    return Sequential(
        Linear(features, hidden, **options), ReLU(), Linear(hidden, len(arrays["2.bias"]), **options)
    )
