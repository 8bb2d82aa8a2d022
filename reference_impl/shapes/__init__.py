"""Sizes, parameter counts and costs of layers from integers alone, in torch's terms, with the arithmetic on request.

Only the standard library is used, and no more of it than MicroPython has. A name's module is loaded when the name is
first used, so that the import and the command line start at once.
"""

from reference_impl.shapes.annotations import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reference_impl.shapes.clinic.explanation import Explanation, explain_error
    from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
    from reference_impl.shapes.costs import attention_cost, conv_cost, conv_transpose_cost, linear_cost
    from reference_impl.shapes.derivation import Derivation, derive
    from reference_impl.shapes.inverse import inputs_for, solve_conv, solve_conv_transpose, solve_pool
    from reference_impl.shapes.network.from_torch import from_torch
    from reference_impl.shapes.network.reading import read_network
    from reference_impl.shapes.network.ready import ready_network
    from reference_impl.shapes.network.receptive import ReceptiveField, receptive_field
    from reference_impl.shapes.network.spec import Network
    from reference_impl.shapes.network.table import Row, Table, network_table
    from reference_impl.shapes.network.to_torch import to_torch
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

HOMES = {
    "clinic.explanation": "Explanation explain_error",
    "convolution": "conv_output_size conv_transpose_output_size",
    "costs": "attention_cost conv_cost conv_transpose_cost linear_cost",
    "derivation": "Derivation derive",
    "inverse": "inputs_for solve_conv solve_conv_transpose solve_pool",
    "network.from_torch": "from_torch",
    "network.reading": "read_network",
    "network.ready": "ready_network",
    "network.receptive": "ReceptiveField receptive_field",
    "network.spec": "Network",
    "network.table": "Row Table network_table",
    "network.to_torch": "to_torch",
    "parameters": "conv_parameters conv_transpose_parameters embedding_parameters linear_parameters norm_parameters",
    "pooling": "adaptive_pool_windows pool_output_size unpool_output_size",
    "resampling": "fold_output_shape frame_count unfold_output_shape upsample_output_size",
    "sequences": "attention_parameters rnn_parameters",
    "solution": "Solution",
}
"""The modules of the public names."""

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


def __getattr__(name: str) -> Any:
    for home, names in HOMES.items():
        if name in names.split():
            module = __import__(f"reference_impl.shapes.{home}", None, None, [name])
            globals()[name] = getattr(module, name)
            return globals()[name]
    raise AttributeError(f"module 'reference_impl.shapes' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
