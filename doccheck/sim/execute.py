"""One operation on the device: check it, run the CPU's kernel on the memory behind the tensors, hand back."""

from __future__ import annotations

import functools
from numbers import Number
from typing import Any

from doccheck.sim.count import TENSORS_MADE
from doccheck.sim.memory import Borrowed, each_leaf
from doccheck.sim.name import DEVICE
from doccheck.sim.randomness import STREAM
from doccheck.sim.rules import check_call


def run(op: Any, *args: Any, **kwargs: Any) -> Any:
    """Run any operation of torch on the device.

    Args:
        op: The overload of the operation, such as `torch.ops.aten.add.Tensor`.
        *args: Its positional arguments.
        **kwargs: Its keyword arguments.

    Returns:
        Its results, on the device.

    Raises:
        RuntimeError: The tensors lie on several devices, or the operation itself refuses them.
    """
    check_call(op, args, kwargs)
    borrowed = Borrowed()
    cpu_args = each_leaf(borrowed.to_cpu, args)
    cpu_kwargs = {name: each_leaf(borrowed.to_cpu, value) for name, value in kwargs.items()}
    _choose_generator(op, cpu_args, cpu_kwargs)
    kernel = op.overloadpacket if _has_numbers_as_tensors(op, args) else op
    result = kernel(*cpu_args, **cpu_kwargs)
    if op._schema.is_mutable:
        borrowed.follow()
    TENSORS_MADE.add_one()
    return each_leaf(borrowed.to_device, result)


def refuse_autocast(op: Any, *args: Any, **kwargs: Any) -> Any:
    """Refuse to run an operation under autocast, rather than run it in the wrong precision.

    Raises:
        RuntimeError: Always.
    """
    raise RuntimeError(
        f"autocast is not simulated on {DEVICE} ({op.name()} was called under it); "
        f"convert tensors with .to(dtype), or run this on a GPU"
    )


def _choose_generator(op: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Let an operation that draws random numbers draw them from the device's stream."""
    position = _generator_position(op)
    if position is None:
        return
    if position < len(args):
        args[position] = STREAM.choose(args[position])
    else:
        kwargs["generator"] = STREAM.choose(kwargs.get("generator"))


def _has_numbers_as_tensors(op: Any, args: tuple[Any, ...]) -> bool:
    """Tell whether a Python number stands for a tensor: torch hands it on so, and another overload takes it."""
    positions = _tensor_positions(op)
    return any(isinstance(value, Number) and place in positions for place, value in enumerate(args))


@functools.cache
def _tensor_positions(op: Any) -> frozenset[int]:
    """Return the places of the arguments that are one tensor each."""
    arguments = enumerate(op._schema.arguments)
    return frozenset(
        place for place, argument in arguments if str(argument.type) in ("Tensor", "Optional[Tensor]")
    )


@functools.cache
def _generator_position(op: Any) -> int | None:
    """Return the place of the argument that names a random generator, None where there is no such argument."""
    names = [argument.name for argument in op._schema.arguments]
    return names.index("generator") if "generator" in names else None
