"""Layers: modules with parameters, under torch's names and with its defaults."""

from reference_impl.layers.activations import ReLU, Sigmoid, Tanh
from reference_impl.layers.adaptive_pooling import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveAvgPool3d,
    AdaptiveMaxPool1d,
    AdaptiveMaxPool2d,
    AdaptiveMaxPool3d,
)
from reference_impl.layers.attention import MultiheadAttention
from reference_impl.layers.average_pooling import AvgPool1d, AvgPool2d, AvgPool3d
from reference_impl.layers.batch_normalisation import BatchNorm1d, BatchNorm2d, BatchNorm3d
from reference_impl.layers.bilinear import Bilinear
from reference_impl.layers.containers import Sequential
from reference_impl.layers.convolution import Conv1d, Conv2d, Conv3d
from reference_impl.layers.dropout import Dropout, Dropout1d, Dropout2d, Dropout3d, GaussianNoise
from reference_impl.layers.embedding import Embedding
from reference_impl.layers.exponentials import LogSoftmax, Softmax
from reference_impl.layers.gates import GELU, Hardsigmoid, SiLU, Softplus
from reference_impl.layers.hypercomplex import HypercomplexLinear
from reference_impl.layers.instance_normalisation import InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from reference_impl.layers.linear import Linear
from reference_impl.layers.losses.classes import BCEWithLogitsLoss, CrossEntropyLoss, KLDivLoss, NLLLoss
from reference_impl.layers.losses.distances import HuberLoss, L1Loss, MSELoss, SmoothL1Loss
from reference_impl.layers.losses.margins import (
    CosineEmbeddingLoss,
    HingeEmbeddingLoss,
    MultiMarginLoss,
    TripletMarginLoss,
)
from reference_impl.layers.max_pooling import MaxPool1d, MaxPool2d, MaxPool3d
from reference_impl.layers.maxout import Maxout
from reference_impl.layers.module import Module
from reference_impl.layers.normalisation import GroupNorm, LayerNorm, RMSNorm
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
from reference_impl.layers.transposed_convolution import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from reference_impl.layers.upsampling import Upsample

__all__ = [
    "ELU",
    "GELU",
    "GRU",
    "LSTM",
    "RNN",
    "SELU",
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "BCEWithLogitsLoss",
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
    "Bilinear",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "CosineEmbeddingLoss",
    "CrossEntropyLoss",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "Embedding",
    "Flatten",
    "GaussianNoise",
    "GroupNorm",
    "Hardsigmoid",
    "HingeEmbeddingLoss",
    "HuberLoss",
    "HypercomplexLinear",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "InstanceNorm3d",
    "KLDivLoss",
    "L1Loss",
    "LayerNorm",
    "LeakyReLU",
    "LearnedPositionalEncoding",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "Maxout",
    "Module",
    "MultiMarginLoss",
    "MultiheadAttention",
    "NLLLoss",
    "PReLU",
    "RMSNorm",
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
    "Upsample",
    "copy_state",
    "load_state",
    "save_state",
]
