"""One hidden layer."""

from torch.nn import Linear, ReLU, Sequential

from benchmarks.training_steps.workloads import Arrays


def network(arrays: Arrays) -> Sequential:
    """Make it; the arrays say its sizes."""
    hidden, features = arrays["0.weight"].shape
    return Sequential(Linear(features, hidden), ReLU(), Linear(hidden, len(arrays["2.bias"])))
