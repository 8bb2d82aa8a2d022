"""What every layer has: parameters by name, a state to save and load, and a mode."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from reference_impl._array import Array, is_array
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.layers.loading import load


class Module:
    r"""The base of every layer, and of networks made of layers.

    A subclass sets its parameters (tensors), its buffers (arrays) and its parts (modules) as attributes and defines
    `forward`. They are found by these names, in the order in which they were set, and named as torch names them:
    `hidden.weight`. Buffers are saved with the parameters, and no gradient reaches them.

    Attributes:
        training: Whether the module is being trained; some layers compute something else then.

    Examples:
        A module with a parameter, and one with two parts of that kind: $w_2 (w_1 x)$.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.layers import Module
        >>> class Scale(Module):
        ...     def __init__(self, weight):
        ...         self.weight = Tensor(weight, requires_grad=True)
        ...     def forward(self, input):
        ...         return input * self.weight
        >>> class Twice(Module):
        ...     def __init__(self, first, second):
        ...         self.first, self.second = Scale(first), Scale(second)
        ...     def forward(self, input):
        ...         return self.second(self.first(input))
        >>> model = Twice(torch.tensor([10.0]), torch.tensor([3.0]))
        >>> model(Tensor(torch.tensor([7.0]))).tolist()  # 3 * (10 * 7)
        [210.0]
        >>> {name: parameter.tolist() for name, parameter in model.named_parameters()}
        {'first.weight': [10.0], 'second.weight': [3.0]}
    """

    training: bool = True

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        return self.forward(*inputs, **options)

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Compute the output; every subclass defines it."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function; define forward(self, input)'
        )

    def named_children(self) -> Iterator[tuple[str, "Module"]]:
        """Yield each part with its name."""
        for name, value in vars(self).items():
            if isinstance(value, Module):
                yield name, value

    def named_parameters(self) -> Iterator[tuple[str, Tensor]]:
        """Yield each parameter of the module and its parts with its name; a shared one once, under its first name."""
        seen: set[Tensor] = set()
        for name, value in all_state(self):
            if isinstance(value, Tensor) and value not in seen:
                seen.add(value)
                yield name, value

    def parameters(self) -> Iterator[Tensor]:
        """Yield each parameter of the module and its parts, a shared one once."""
        for _, parameter in self.named_parameters():
            yield parameter

    def named_buffers(self) -> Iterator[tuple[str, Array]]:
        """Yield each buffer of the module and its parts with its name."""
        for name, value in all_state(self):
            if not isinstance(value, Tensor):
                yield name, value

    def zero_grad(self) -> None:
        """Drop the gradient of every parameter: set `.grad` to None."""
        for parameter in self.parameters():
            parameter.grad = None

    def train(self, mode: bool = True) -> Self:
        """Switch the module and its parts to training, or with `mode=False` to evaluation, and return the module."""
        self.training = mode
        for _, child in self.named_children():
            child.train(mode)
        return self

    def eval(self) -> Self:
        """Switch the module and its parts to evaluation, and return the module."""
        return self.train(False)

    def state_dict(self) -> dict[str, Array]:
        """Return the array of every parameter and buffer by name; the arrays are not copied."""
        return {name: array_of(value) for name, value in all_state(self)}

    def load_state_dict(self, state_dict: Mapping[str, Array]) -> None:
        """Copy arrays of any library, dtype and device into parameters and buffers of the same names: also torch's.

        All names and shapes are checked before the first entry changes.

        Raises:
            RuntimeError: A name is missing or unexpected, or a shape differs.
            TypeError: A value isn't an array.
        """
        load(self.state_dict(), state_dict, type(self).__name__)

    def extra_repr(self) -> str:
        """Return what the printed form says about the module's own settings."""
        return ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({described(self)})"


def all_state(module: Module, prefix: str = "") -> Iterator[tuple[str, Tensor | Array]]:
    """Yield each parameter and buffer of a module and its parts; a shared one under each of its names."""
    for name, value in vars(module).items():
        if isinstance(value, Tensor) or is_array(value):
            yield prefix + name, value
    for name, child in module.named_children():
        yield from all_state(child, f"{prefix}{name}.")


def described(module: Module) -> str:
    """Return what the printed form of a module has in its brackets: its parts, or else its settings."""
    parts = [f"({name}): {child!r}".replace("\n", "\n  ") for name, child in module.named_children()]
    return "".join(f"\n  {part}" for part in parts) + "\n" if parts else module.extra_repr()
