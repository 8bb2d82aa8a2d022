"""Activations, maps, convolutions, pooling, normalisation, attention, recurrent steps and losses as functions."""

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
from reference_impl.functional.attention import scaled_dot_product_attention
from reference_impl.functional.average_pooling import avg_pool1d, avg_pool2d, avg_pool3d
from reference_impl.functional.batch_normalisation import batch_norm, instance_norm
from reference_impl.functional.cells import gru_cell, lstm_cell, rnn_relu_cell, rnn_tanh_cell
from reference_impl.functional.convolution import conv1d, conv2d, conv3d
from reference_impl.functional.exponentials import log_softmax, logsumexp, softmax
from reference_impl.functional.gates import gelu, hardsigmoid, silu, softplus
from reference_impl.functional.hypercomplex import hypercomplex_linear
from reference_impl.functional.layer_normalisation import group_norm, layer_norm, rms_norm
from reference_impl.functional.losses.critic import gradient_penalty, wasserstein_critic_loss
from reference_impl.functional.losses.crossentropy import cross_entropy
from reference_impl.functional.losses.distances import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from reference_impl.functional.losses.likelihood import binary_cross_entropy_with_logits, kl_div, nll_loss
from reference_impl.functional.losses.margins import hinge_embedding_loss, hinge_loss, multi_margin_loss
from reference_impl.functional.losses.pairs import cosine_embedding_loss, triplet_margin_loss
from reference_impl.functional.losses.penalties import l1_penalty, l2_penalty
from reference_impl.functional.max_pooling import max_pool1d, max_pool2d, max_pool3d
from reference_impl.functional.multihead import multi_head_attention
from reference_impl.functional.noise import dropout, dropout1d, dropout2d, dropout3d, gaussian_noise
from reference_impl.functional.padding import pad
from reference_impl.functional.pieces import maxout
from reference_impl.functional.positions import sinusoidal_positions
from reference_impl.functional.products import bilinear
from reference_impl.functional.rectifiers import elu, leaky_relu, prelu, selu
from reference_impl.functional.resampling import interpolate
from reference_impl.functional.tables import embedding
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
    "bilinear",
    "binary_cross_entropy_with_logits",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "cosine_embedding_loss",
    "cross_entropy",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "elu",
    "embedding",
    "gaussian_noise",
    "gelu",
    "gradient_penalty",
    "group_norm",
    "gru_cell",
    "hardsigmoid",
    "hinge_embedding_loss",
    "hinge_loss",
    "huber_loss",
    "hypercomplex_linear",
    "instance_norm",
    "interpolate",
    "kl_div",
    "l1_loss",
    "l1_penalty",
    "l2_penalty",
    "layer_norm",
    "leaky_relu",
    "linear",
    "log_softmax",
    "logsumexp",
    "lstm_cell",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "maxout",
    "mse_loss",
    "multi_head_attention",
    "multi_margin_loss",
    "nll_loss",
    "pad",
    "prelu",
    "relu",
    "rms_norm",
    "rnn_relu_cell",
    "rnn_tanh_cell",
    "scaled_dot_product_attention",
    "selu",
    "sigmoid",
    "silu",
    "sinusoidal_positions",
    "smooth_l1_loss",
    "softmax",
    "softplus",
    "tanh",
    "triplet_margin_loss",
    "wasserstein_critic_loss",
]
