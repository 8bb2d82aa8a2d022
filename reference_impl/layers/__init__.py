"""Layers: modules with parameters, under torch's names and with its defaults."""

from reference_impl.layers.activations import ReLU, Sigmoid, Tanh
from reference_impl.layers.attention import MultiheadAttention
from reference_impl.layers.bilinear import Bilinear
from reference_impl.layers.containers import Sequential
from reference_impl.layers.embedding import Embedding
from reference_impl.layers.exponentials import LogSoftmax, Softmax
from reference_impl.layers.gates import GELU, Hardsigmoid, SiLU, Softplus
from reference_impl.layers.hypercomplex import HypercomplexLinear
from reference_impl.layers.linear import Linear
from reference_impl.layers.losses.classes import BCEWithLogitsLoss, CrossEntropyLoss, KLDivLoss, NLLLoss
from reference_impl.layers.losses.distances import HuberLoss, L1Loss, MSELoss, SmoothL1Loss
from reference_impl.layers.losses.margins import (
    CosineEmbeddingLoss,
    HingeEmbeddingLoss,
    MultiMarginLoss,
    TripletMarginLoss,
)
from reference_impl.layers.maxout import Maxout
from reference_impl.layers.module import Module
from reference_impl.layers.positions import LearnedPositionalEncoding, SinusoidalPositionalEncoding
from reference_impl.layers.prelu import PReLU
from reference_impl.layers.rectifiers import ELU, SELU, LeakyReLU
from reference_impl.layers.recurrent.gru import GRU
from reference_impl.layers.recurrent.lstm import LSTM
from reference_impl.layers.recurrent.rnn import RNN
from reference_impl.layers.residual import Residual
from reference_impl.layers.shaping import Flatten
from reference_impl.layers.state import copy_state, load_state, save_state
from reference_impl.layers.transformer.decoder import TransformerDecoderLayer
from reference_impl.layers.transformer.encoder import TransformerEncoderLayer

__all__ = [
    "ELU",
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "SELU",
    "BCEWithLogitsLoss",
    "Bilinear",
    "CosineEmbeddingLoss",
    "CrossEntropyLoss",
    "Embedding",
    "Flatten",
    "Hardsigmoid",
    "HingeEmbeddingLoss",
    "HuberLoss",
    "HypercomplexLinear",
    "KLDivLoss",
    "L1Loss",
    "LeakyReLU",
    "LearnedPositionalEncoding",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "Maxout",
    "Module",
    "MultiMarginLoss",
    "MultiheadAttention",
    "NLLLoss",
    "PReLU",
    "ReLU",
    "Residual",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "SinusoidalPositionalEncoding",
    "SmoothL1Loss",
    "Softmax",
    "Softplus",
    "Tanh",
    "TransformerDecoderLayer",
    "TransformerEncoderLayer",
    "TripletMarginLoss",
    "copy_state",
    "load_state",
    "save_state",
]
