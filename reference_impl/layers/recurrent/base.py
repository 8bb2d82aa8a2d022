"""What all recurrent layers share: layers over layers, one direction or two, one step after the other."""

import math
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy

from reference_impl import functional as F
from reference_impl import init
from reference_impl._array import Array, device, namespace
from reference_impl._checks import check_generator, check_size
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import array_of
from reference_impl.layers.dropout import Dropout
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter

State = tuple[Any, ...]
Step = Callable[..., State]


class Recurrent(Module):
    """A stack of recurrent layers. A subclass says how many `gates` there are and how to `step`."""

    gates: ClassVar[int]
    states: ClassVar[int] = 1

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int,
        bias: bool,
        batch_first: bool,
        dropout: float,
        bidirectional: bool,
        rng: numpy.random.Generator,
        like: Array | None,
        dtype: Any,
    ) -> None:
        for name, size in (
            ("input_size", input_size),
            ("hidden_size", hidden_size),
            ("num_layers", num_layers),
        ):
            check_size(name, size)
        check_generator("rng", rng)
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.bidirectional = bias, batch_first, bidirectional
        self.dropout = Dropout(dropout, rng=rng)
        self.directions = ("", "_reverse") if bidirectional else ("",)

        model, bound, rows = example(like, dtype), 1 / math.sqrt(hidden_size), self.gates * hidden_size
        for layer in range(num_layers):
            columns = input_size if layer == 0 else hidden_size * len(self.directions)
            for direction in self.directions:
                shapes: dict[str, tuple[int, ...]] = {
                    "weight_ih": (rows, columns),
                    "weight_hh": (rows, hidden_size),
                }
                if bias:
                    shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
                for name, shape in shapes.items():
                    drawn = init.uniform_(parameter(model, *shape), -bound, bound, rng=rng)
                    setattr(self, f"{name}_l{layer}{direction}", drawn)

    def step(self, projected: Tensor, state: State, weight: Any, bias: Any) -> State:
        """Return the next state, given what the input adds; every subclass defines it."""
        raise NotImplementedError

    def run(self, input: Tensor | Array, hx: State | None) -> tuple[Tensor, State]:
        """Return the states of the last layer at each time, and the last state of each layer and direction."""
        single = input.ndim == 2
        self._check(input)
        x = primitives.expand_dims(input, axis=1) if single else self._time_first(input)
        state = self._first_state(x, hx, single)
        finals: list[State] = []
        for layer in range(self.num_layers):
            if layer:
                x = self.dropout(x)
            outputs = []
            for direction in self.directions:
                number = len(finals)
                start = tuple(part[number] for part in state)
                output, final = self._run_layer(x, start, f"_l{layer}{direction}", bool(direction))
                outputs.append(output)
                finals.append(final)
            x = outputs[0] if len(outputs) == 1 else primitives.concat(outputs, axis=-1)
        last = tuple(primitives.stack(parts, axis=0) for parts in zip(*finals, strict=True))
        if single:
            return primitives.squeeze(x, axis=1), tuple(primitives.squeeze(part, axis=1) for part in last)
        return self._time_first(x), last

    def _run_layer(
        self, x: Tensor | Array, state: State, suffix: str, backwards: bool
    ) -> tuple[Tensor, State]:
        """Run one layer in one direction; what the inputs add is computed for all times at once."""
        weight_ih, weight_hh, bias_ih, bias_hh = (
            getattr(self, name + suffix, None) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        steps = primitives.unstack(F.linear(x, weight_ih, bias_ih), axis=0)
        outputs = []
        for projected in reversed(steps) if backwards else steps:
            state = self.step(projected, state, weight_hh, bias_hh)
            outputs.append(state[0])
        return primitives.stack(outputs[::-1] if backwards else outputs, axis=0), state

    def _time_first(self, x: Tensor | Array) -> Tensor | Array:
        return primitives.permute_dims(x, axes=(1, 0, 2)) if self.batch_first else x

    def _first_state(self, x: Tensor | Array, hx: State | None, single: bool) -> State:
        count = self.num_layers * len(self.directions)
        shape = (count, x.shape[1], self.hidden_size)
        if hx is None:
            array = array_of(x)
            zeros = namespace(array).zeros(shape, dtype=array.dtype, device=device(array))
            return (Tensor(zeros),) * self.states
        wanted = (count, self.hidden_size) if single else shape
        for part in hx:
            if tuple(part.shape) != wanted:
                raise RuntimeError(f"Expected hidden size {wanted}, got {tuple(part.shape)}, in `hx`")
        return tuple(primitives.expand_dims(part, axis=1) for part in hx) if single else hx

    def _check(self, input: Tensor | Array) -> None:
        shape: Sequence[int] = tuple(input.shape)
        if len(shape) not in (2, 3):
            raise ValueError(
                f"`input` (of shape {shape}) must have 3 axes, or 2 for one sequence alone; add or drop axes"
            )
        if shape[-1] != self.input_size:
            raise RuntimeError(
                f"`input` (of shape {shape}) must have the {self.input_size} features of `input_size` on its last axis"
            )
        if shape[1 if self.batch_first and len(shape) == 3 else 0] == 0:
            raise RuntimeError(f"Expected sequence length to be larger than 0, but `input` has shape {shape}")

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        text = f"{self.input_size}, {self.hidden_size}"
        defaults = {
            "num_layers": 1,
            "bias": True,
            "batch_first": False,
            "dropout": 0.0,
            "bidirectional": False,
        }
        for name, default in defaults.items():
            value = self.dropout.p if name == "dropout" else getattr(self, name)
            text += f", {name}={value}" if value != default else ""
        return text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.extra_repr()})"
