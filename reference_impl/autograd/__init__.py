"""Reverse-mode differentiation of functions of arrays."""

from reference_impl.autograd import primitives
from reference_impl.autograd.checking import check_gradients
from reference_impl.autograd.drawing import draw_graph
from reference_impl.autograd.jacobians import hessian, hvp, jacobian, jvp
from reference_impl.autograd.modes import no_grad
from reference_impl.autograd.tensor import Tensor
from reference_impl.autograd.transforms import grad, value_and_grad, vjp

Tensor.namespace = primitives

__all__ = [
    "Tensor",
    "check_gradients",
    "draw_graph",
    "grad",
    "hessian",
    "hvp",
    "jacobian",
    "jvp",
    "no_grad",
    "value_and_grad",
    "vjp",
]
