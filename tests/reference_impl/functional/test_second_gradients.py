"""Gradients of gradients of every function against torch, on every library."""

import numpy as np
import pytest
from agreement import Comparison, second_gradients
from draws import values

CLASSES = np.asarray([2, 0, 3])
X, W, B = values(0, (3, 4)), values(1, (2, 4)), values(2, (2,))
CASES = {
    "relu": ([X], lambda library, x: library.F.relu(x) * x * x),
    "sigmoid": ([X], lambda library, x: library.F.sigmoid(x)),
    "tanh": ([X], lambda library, x: library.F.tanh(x)),
    "softmax": ([X], lambda library, x: library.F.softmax(x, dim=1)),
    "log_softmax": ([X], lambda library, x: library.F.log_softmax(x, dim=0)),
    "logsumexp": ([X], lambda library, x: library.F.logsumexp(x, dim=1)),
    "linear": ([X, W, B], lambda library, *xs: library.F.linear(*xs) ** 2),
    "cross_entropy": ([X], lambda library, x: library.F.cross_entropy(x, library.array(CLASSES))),
    "cross_entropy of one sample": (
        [X[0]],
        lambda library, x: library.F.cross_entropy(x, library.array(CLASSES[0])),
    ),
    "mse_loss": ([X, X.T.reshape(3, 4)], lambda library, *xs: library.F.mse_loss(*xs, reduction="none") ** 2),
}


@pytest.mark.parametrize(("arrays", "run"), CASES.values(), ids=CASES)
def test_second_gradients_agree_with_torch(arrays, run):
    with Comparison("float64", None) as compare:
        compare.arrays("gradient", lambda library, *xs: second_gradients(library, run, *xs), *arrays)
