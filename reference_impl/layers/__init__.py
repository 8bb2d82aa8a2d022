"""Layers: modules with parameters, under torch's names and with its defaults."""

from reference_impl.layers.activations import ReLU, Sigmoid, Tanh
from reference_impl.layers.containers import Sequential
from reference_impl.layers.linear import Linear
from reference_impl.layers.module import Module
from reference_impl.layers.shaping import Flatten

__all__ = ["Flatten", "Linear", "Module", "ReLU", "Sequential", "Sigmoid", "Tanh"]
