"""Every primitive, under the name that the Python array API standard gives it.

The module is a namespace of the standard whose arrays are tensors: a text written for arrays runs on it unchanged.
"""

from reference_impl.autograd.primitives.arithmetic import add, divide, multiply, negative, pow, subtract
from reference_impl.autograd.primitives.constants import sign, zeros_like
from reference_impl.autograd.primitives.elementwise import abs, cos, exp, log, maximum, sin, sqrt, tanh, where
from reference_impl.autograd.primitives.indexing import getitem, take
from reference_impl.autograd.primitives.joining import concat, stack
from reference_impl.autograd.primitives.products import matmul
from reference_impl.autograd.primitives.reductions import max, mean, min, sum
from reference_impl.autograd.primitives.shaping import (
    alias,
    astype,
    broadcast_to,
    expand_dims,
    matrix_transpose,
    permute_dims,
    reshape,
    squeeze,
)

__all__ = [
    "abs",
    "add",
    "alias",
    "astype",
    "broadcast_to",
    "concat",
    "cos",
    "divide",
    "exp",
    "expand_dims",
    "getitem",
    "log",
    "matmul",
    "matrix_transpose",
    "max",
    "maximum",
    "mean",
    "min",
    "multiply",
    "negative",
    "permute_dims",
    "pow",
    "reshape",
    "sign",
    "sin",
    "sqrt",
    "squeeze",
    "stack",
    "subtract",
    "sum",
    "take",
    "tanh",
    "where",
    "zeros_like",
]
