"""Activations, affine maps, attention, recurrent steps and losses as functions of tensors."""

from reference_impl.functional.activations import relu, sigmoid, tanh
from reference_impl.functional.affine import linear
from reference_impl.functional.attention import scaled_dot_product_attention
from reference_impl.functional.bilinear import bilinear
from reference_impl.functional.cells import gru_cell, lstm_cell, rnn_relu_cell, rnn_tanh_cell
from reference_impl.functional.embedding import embedding
from reference_impl.functional.exponentials import log_softmax, logsumexp, softmax
from reference_impl.functional.gates import gelu, hardsigmoid, silu, softplus
from reference_impl.functional.hypercomplex import hypercomplex_linear
from reference_impl.functional.losses.critic import gradient_penalty, wasserstein_critic_loss
from reference_impl.functional.losses.crossentropy import cross_entropy
from reference_impl.functional.losses.distances import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from reference_impl.functional.losses.likelihood import binary_cross_entropy_with_logits, kl_div, nll_loss
from reference_impl.functional.losses.margins import hinge_embedding_loss, hinge_loss, multi_margin_loss
from reference_impl.functional.losses.pairs import cosine_embedding_loss, triplet_margin_loss
from reference_impl.functional.losses.penalties import l1_penalty, l2_penalty
from reference_impl.functional.multihead import multi_head_attention
from reference_impl.functional.pieces import maxout
from reference_impl.functional.positions import sinusoidal_positions
from reference_impl.functional.rectifiers import elu, leaky_relu, prelu, selu

__all__ = [
    "bilinear",
    "binary_cross_entropy_with_logits",
    "cosine_embedding_loss",
    "cross_entropy",
    "elu",
    "embedding",
    "gelu",
    "gradient_penalty",
    "gru_cell",
    "hardsigmoid",
    "hinge_embedding_loss",
    "hinge_loss",
    "huber_loss",
    "hypercomplex_linear",
    "kl_div",
    "l1_loss",
    "l1_penalty",
    "l2_penalty",
    "leaky_relu",
    "linear",
    "log_softmax",
    "logsumexp",
    "lstm_cell",
    "maxout",
    "mse_loss",
    "multi_head_attention",
    "multi_margin_loss",
    "nll_loss",
    "prelu",
    "relu",
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
