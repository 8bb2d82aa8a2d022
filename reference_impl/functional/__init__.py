"""Activations, losses and the affine map as functions of tensors."""

from reference_impl.functional.activations import relu, sigmoid, tanh
from reference_impl.functional.affine import linear
from reference_impl.functional.exponentials import log_softmax, logsumexp, softmax
from reference_impl.functional.losses import cross_entropy, mse_loss

__all__ = [
    "cross_entropy",
    "linear",
    "log_softmax",
    "logsumexp",
    "mse_loss",
    "relu",
    "sigmoid",
    "softmax",
    "tanh",
]
