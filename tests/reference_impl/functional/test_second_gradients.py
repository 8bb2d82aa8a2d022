"""Gradients of gradients of every function against torch, on every library."""

import numpy as np
import pytest
from agreement import Comparison, second_gradients
from draws import values

CLASSES = np.asarray([2, 0, 3])
X, W, B = values(0, (3, 4)), values(1, (2, 4)), values(2, (2,))
OFF_ZERO = (
    X + 0.125
)  # where the slope jumps, torch chooses one side for the first gradient and another for the second
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
    "elu": ([OFF_ZERO], lambda library, x: library.F.elu(x, alpha=1.5)),
    "silu": ([X], lambda library, x: library.F.silu(x)),
    "softplus": ([X], lambda library, x: library.F.softplus(x, beta=1.5)),
    "gelu": ([X], lambda library, x: library.F.gelu(x)),
    "gelu by tanh": ([X], lambda library, x: library.F.gelu(x, approximate="tanh")),
    "prelu": ([OFF_ZERO, W[0] + 0.5], lambda library, x, w: library.F.prelu(x, w) ** 2),
    "huber_loss": ([X, X[::-1].copy()], lambda library, *xs: library.F.huber_loss(*xs, delta=0.5)),
    "binary_cross_entropy_with_logits": (
        [X, X**2],
        lambda library, *xs: library.F.binary_cross_entropy_with_logits(*xs),
    ),
    "smoothed cross_entropy": (
        [X],
        lambda library, x: library.F.cross_entropy(x, library.array(CLASSES), label_smoothing=0.25),
    ),
    "nll_loss": ([X], lambda library, x: library.F.nll_loss(x**3, library.array(CLASSES))),
    "triplet_margin_loss": (
        [X, X + 1.0, X[::-1] * 2.0],
        lambda library, *xs: library.F.triplet_margin_loss(*xs),
    ),
    "embedding": ([X], lambda library, x: library.F.embedding(library.array(CLASSES % 3), x) ** 2),
    "bilinear": ([X, X[:, :2], values(3, (2, 4, 2))], lambda library, *xs: library.F.bilinear(*xs)),
    "attention": (
        [X, X[::-1] * 2.0, X**2],
        lambda library, *xs: library.F.scaled_dot_product_attention(*xs, is_causal=True),
    ),
}


@pytest.mark.parametrize(("arrays", "run"), CASES.values(), ids=CASES)
def test_second_gradients_agree_with_torch(arrays, run):
    with Comparison("float64", None) as compare:
        compare.arrays("gradient", lambda library, *xs: second_gradients(library, run, *xs), *arrays)
