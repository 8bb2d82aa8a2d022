"""Every primitive, under the name that the Python array API standard gives it.

The module is a namespace of the standard whose arrays are tensors: a text written for arrays runs on it unchanged.
`alias`, `erf`, `getitem`, `logsumexp`, `pad` and `split` aren't in the standard: a text reaches them through `apply`.
"""

from reference_impl.autograd.primitives.arithmetic import add, divide, multiply, negative, pow, subtract
from reference_impl.autograd.primitives.choosing import clip, maximum, minimum, where
from reference_impl.autograd.primitives.constants import (
    argmax,
    argmin,
    equal,
    isfinite,
    isnan,
    ones_like,
    sign,
    zeros_like,
)
from reference_impl.autograd.primitives.cumulative import cumulative_prod, cumulative_sum, prod
from reference_impl.autograd.primitives.elementwise import abs, cos, sin, square, tanh
from reference_impl.autograd.primitives.error_function import erf
from reference_impl.autograd.primitives.exponentials import (
    exp,
    expm1,
    log,
    log1p,
    log2,
    log10,
    logaddexp,
    sqrt,
)
from reference_impl.autograd.primitives.indexing import getitem, take
from reference_impl.autograd.primitives.joining import concat, pad, split, stack, unstack
from reference_impl.autograd.primitives.ordering import argsort, flip, sort
from reference_impl.autograd.primitives.products import matmul
from reference_impl.autograd.primitives.reductions import logsumexp, max, mean, min, sum
from reference_impl.autograd.primitives.shaping import (
    alias,
    astype,
    broadcast_to,
    expand_dims,
    matrix_transpose,
    moveaxis,
    permute_dims,
    reshape,
    squeeze,
)
from reference_impl.autograd.primitives.statistics import std, var

__all__ = [
    "abs",
    "add",
    "alias",
    "argmax",
    "argmin",
    "argsort",
    "astype",
    "broadcast_to",
    "clip",
    "concat",
    "cos",
    "cumulative_prod",
    "cumulative_sum",
    "divide",
    "equal",
    "erf",
    "exp",
    "expand_dims",
    "expm1",
    "flip",
    "getitem",
    "isfinite",
    "isnan",
    "log",
    "log1p",
    "log2",
    "log10",
    "logaddexp",
    "logsumexp",
    "matmul",
    "matrix_transpose",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "moveaxis",
    "multiply",
    "negative",
    "ones_like",
    "pad",
    "permute_dims",
    "pow",
    "prod",
    "reshape",
    "sign",
    "sin",
    "sort",
    "split",
    "sqrt",
    "square",
    "squeeze",
    "stack",
    "std",
    "subtract",
    "sum",
    "take",
    "tanh",
    "unstack",
    "var",
    "where",
    "zeros_like",
]
