"""Drawn lines of Python that call every public function of reference_impl.shapes."""

import inspect
import random
from collections.abc import Callable, Iterator
from typing import Any

from drawn_networks import network_text

from reference_impl import shapes
from reference_impl.shapes.network.ready import READY

FUNCTIONS = [
    name for name in shapes.__all__ if inspect.isfunction(getattr(shapes, name)) and name != "derive"
]
BAD = [0, -1, 2.5, True, "3", "×", "it's\n", None, 10**30, 2**62, (1, 2, 3, 4), (), ((1, 2), (3,)), ["€"]]
SLOW = {"ready_network": 0.05, "solve_conv": 0.3, "solve_conv_transpose": 0.1, "solve_pool": 0.2}
"""How often a function is called whose answers take MicroPython long, beside the others."""


class Call:
    """The arguments of one call, in one to three dimensions."""

    def __init__(self, rng: random.Random, messages: list[str]) -> None:
        self.rng, self.messages, self.dimensions = rng, messages, rng.choice([1, 1, 2, 2, 3])

    def written(self, function: str) -> str:
        """Write the call of a function with drawn arguments."""
        words = []
        for parameter in inspect.signature(getattr(shapes, function)).parameters.values():
            required = parameter.default is parameter.empty
            if required or self.rng.random() < 0.5:
                value = self._argument(parameter.name)
                positional = required and parameter.kind == parameter.POSITIONAL_OR_KEYWORD
                words.append(value if positional else f"{parameter.name}={value}")
        if function == "fold_output_shape" and self.rng.random() < 0.7:
            words[0] = f"unfold_output_shape(2, {', '.join(words[1:])})"
        if self.rng.random() < 0.3 and not function.startswith("solve"):
            return f"derive({', '.join([function, *words])})"
        return f"{function}({', '.join(words)})"

    def _argument(self, name: str) -> str:
        if name == "network":
            return f"read_network({network_text(self.rng)!r})"
        if name == "dimensions":
            return repr(self.dimensions)
        return repr(self.rng.choice(BAD) if self.rng.random() < 0.05 else DRAWN[name](self))

    def number(self, least: int, most: int) -> int:
        """Draw a number."""
        return self.rng.randint(least, most)

    def each(self, least: int, most: int) -> Any:
        """Draw one number, or one for each dimension."""
        if self.rng.random() < 0.5:
            return self.number(least, most)
        return tuple(self.number(least, most) for _ in range(self.dimensions))

    def size(self) -> Any:
        """Draw a size; one of a single dimension is an int."""
        numbers = tuple(self.number(1, 20) for _ in range(self.dimensions))
        return numbers[0] if self.dimensions == 1 else numbers

    def padding(self) -> Any:
        """Draw a padding in one of its forms."""
        form = self.rng.random()
        if form < 0.2:
            return self.rng.choice(["same", "valid", "full"])
        if form < 0.4:
            return tuple((self.number(0, 2), self.number(0, 2)) for _ in range(self.dimensions))
        return self.each(0, 3)

    def factor(self) -> Any:
        """Draw what a size is scaled by."""
        return self.rng.choice([self.number(1, 4), self.rng.uniform(0.05, 3), 0.1, 1.1, 1e-9])

    def message(self) -> str:
        """Draw a message of torch, a part of one, or one with something around it."""
        message, start = self.rng.choice(self.messages), self.number(0, 9)
        return self.rng.choice([message, message[start:], message[:-start], f"×\n  {message}\n\tend"])


def _channels(call: Call) -> int:
    return call.rng.choice([1, 2, 3, 4, 6, 12, 48])


def _count(call: Call) -> int:
    return call.number(1, 3)


def _length(call: Call) -> int:
    return call.number(1, 200)


def _flag(call: Call) -> bool:
    return call.rng.random() < 0.5


DRAWN: dict[str, Callable[[Call], Any]] = {
    **dict.fromkeys(["size", "output_size"], Call.size),
    **dict.fromkeys(["kernel_size", "stride", "dilation"], lambda call: call.each(1, 4)),
    **dict.fromkeys(["in_channels", "out_channels", "channels", "in_features", "out_features"], _channels),
    **dict.fromkeys(
        ["embed_dim", "kdim", "vdim", "num_embeddings", "embedding_dim", "hidden_size"], _channels
    ),
    **dict.fromkeys(["groups", "num_heads", "num_layers"], _count),
    **dict.fromkeys(["length", "source_length", "positions", "duration_ms", "window_ms", "hop_ms"], _length),
    **dict.fromkeys(
        ["bias", "affine", "count_bias", "add_bias_kv", "bidirectional", "ceil_mode", "center"], _flag
    ),
    "padding": Call.padding,
    "output_padding": lambda call: call.each(0, 2),
    "proj_size": lambda call: call.rng.choice([0, 0, 0, 1, 2, 3]),
    "scale_factor": Call.factor,
    "input_size": lambda call: call.rng.choice([call.size(), (_channels(call), 9, 8)]),
    "shape": lambda call: (call.number(1, 40), call.number(1, 40)),
    "unit": lambda call: call.rng.choice(["mac", "flop", "flops"]),
    "mode": lambda call: call.rng.choice(["RNN", "LSTM", "GRU", "gru"]),
    "limits": lambda call: {call.rng.choice(["kernel_size", "stride", "width"]): call.number(0, 4)},
    "name": lambda call: call.rng.choice([*READY, "resnet51"]),
    "text": lambda call: network_text(call.rng),
    "layers": lambda call: network_text(call.rng),
    "module": lambda call: call.rng.choice(["resnet", 3]),
    "message": Call.message,
}


def vectors(rng: random.Random, count: int, messages: list[str]) -> Iterator[str]:
    """Yield lines that call one function after the other, and all messages of torch."""
    yield from (f"explain_error({message!r})" for message in messages)
    for at in range(count):
        function = FUNCTIONS[at % len(FUNCTIONS)]
        if rng.random() < SLOW.get(function, 1):
            yield Call(rng, messages).written(function)
