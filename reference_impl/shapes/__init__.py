"""Sizes, parameter counts and costs of layers from integers alone, in torch's terms, with the arithmetic on request.

Only the standard library is used, and no more of it than MicroPython has.
"""

from reference_impl.shapes.clinic import Explanation, explain_error
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.costs import attention_cost, conv_cost, conv_transpose_cost, linear_cost
from reference_impl.shapes.derivation import Derivation, derive
from reference_impl.shapes.inverse import inputs_for, solve_conv, solve_conv_transpose, solve_pool
from reference_impl.shapes.network import (
    Network,
    ReceptiveField,
    Row,
    Table,
    from_torch,
    network_table,
    read_network,
    ready_network,
    receptive_field,
    to_torch,
)
from reference_impl.shapes.parameters import (
    conv_parameters,
    conv_transpose_parameters,
    embedding_parameters,
    linear_parameters,
    norm_parameters,
)
from reference_impl.shapes.pooling import adaptive_pool_windows, pool_output_size, unpool_output_size
from reference_impl.shapes.resampling import (
    fold_output_shape,
    frame_count,
    unfold_output_shape,
    upsample_output_size,
)
from reference_impl.shapes.sequences import attention_parameters, rnn_parameters
from reference_impl.shapes.solution import Solution

__all__ = [
    "Derivation",
    "Explanation",
    "Network",
    "ReceptiveField",
    "Row",
    "Solution",
    "Table",
    "adaptive_pool_windows",
    "attention_cost",
    "attention_parameters",
    "conv_cost",
    "conv_output_size",
    "conv_parameters",
    "conv_transpose_cost",
    "conv_transpose_output_size",
    "conv_transpose_parameters",
    "derive",
    "embedding_parameters",
    "explain_error",
    "fold_output_shape",
    "frame_count",
    "from_torch",
    "inputs_for",
    "linear_cost",
    "linear_parameters",
    "network_table",
    "norm_parameters",
    "pool_output_size",
    "read_network",
    "ready_network",
    "receptive_field",
    "rnn_parameters",
    "solve_conv",
    "solve_conv_transpose",
    "solve_pool",
    "to_torch",
    "unfold_output_shape",
    "unpool_output_size",
    "upsample_output_size",
]
