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
from reference_impl.layers.average_pooling import AvgPool1d, AvgPool2d, AvgPool3d
from reference_impl.layers.batch_normalisation import BatchNorm1d, BatchNorm2d, BatchNorm3d
from reference_impl.layers.containers import Sequential
from reference_impl.layers.convolution import Conv1d, Conv2d, Conv3d
from reference_impl.layers.dropout import Dropout, Dropout1d, Dropout2d, Dropout3d, GaussianNoise
from reference_impl.layers.instance_normalisation import InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from reference_impl.layers.linear import Linear
from reference_impl.layers.max_pooling import MaxPool1d, MaxPool2d, MaxPool3d
from reference_impl.layers.module import Module
from reference_impl.layers.normalisation import GroupNorm, LayerNorm, RMSNorm
from reference_impl.layers.shaping import Flatten
from reference_impl.layers.transposed_convolution import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from reference_impl.layers.upsampling import Upsample

__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "Flatten",
    "GaussianNoise",
    "GroupNorm",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "InstanceNorm3d",
    "LayerNorm",
    "Linear",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "Module",
    "RMSNorm",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "Upsample",
]
