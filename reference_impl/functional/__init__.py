"""Activations, convolutions, pooling, normalisation, dropout, losses and the affine map as functions of tensors."""

from reference_impl.functional.activations import relu, sigmoid, tanh
from reference_impl.functional.adaptive_pooling import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
)
from reference_impl.functional.affine import linear
from reference_impl.functional.average_pooling import avg_pool1d, avg_pool2d, avg_pool3d
from reference_impl.functional.batch_normalisation import batch_norm, instance_norm
from reference_impl.functional.convolution import conv1d, conv2d, conv3d
from reference_impl.functional.dropout import dropout, dropout1d, dropout2d, dropout3d, gaussian_noise
from reference_impl.functional.exponentials import log_softmax, logsumexp, softmax
from reference_impl.functional.layer_normalisation import group_norm, layer_norm, rms_norm
from reference_impl.functional.losses import cross_entropy, mse_loss
from reference_impl.functional.max_pooling import max_pool1d, max_pool2d, max_pool3d
from reference_impl.functional.padding import pad
from reference_impl.functional.resampling import interpolate
from reference_impl.functional.transposed_convolution import (
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
)

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "adaptive_max_pool3d",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "batch_norm",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "cross_entropy",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "gaussian_noise",
    "group_norm",
    "instance_norm",
    "interpolate",
    "layer_norm",
    "linear",
    "log_softmax",
    "logsumexp",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "mse_loss",
    "pad",
    "relu",
    "rms_norm",
    "sigmoid",
    "softmax",
    "tanh",
]
