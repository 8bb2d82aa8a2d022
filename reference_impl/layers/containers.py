"""Layers one after the other."""

from collections.abc import Iterator

from reference_impl._array import Array
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Sequential(Module):
    """Apply modules one after the other.

    They are named by their positions, so the parameters of the first are called `0.weight` and `0.bias`.

    Args:
        *modules: The modules, first to last.

    Raises:
        TypeError: One of them isn't a Module.

    Shape:
        `input`: what the first module takes; result: what the last one gives.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Linear, ReLU, Sequential
        >>> rng, x = np.random.default_rng(0), torch.tensor([[3.0, 5.0]])
        >>> model = Sequential(Linear(2, 1, rng=rng, like=x), ReLU(), Linear(1, 2, bias=False, rng=rng, like=x))
        >>> state = {"0.weight": [[4.0, -1.0]], "0.bias": [10.0], "2.weight": [[1.0], [-2.0]]}
        >>> model.load_state_dict({name: torch.tensor(values) for name, values in state.items()})
        >>> model(x).tolist(), model(-x).tolist()  # 4*3 - 1*5 + 10 = 17; -12 + 5 + 10 = 3
        ([[17.0, -34.0]], [[3.0, -6.0]])
    """

    def __init__(self, *modules: Module) -> None:
        for position, module in enumerate(modules):
            if not isinstance(module, Module):
                refuse(f"modules[{position}]", module, "must be a Module", "pass e.g. ReLU()", TypeError)
        self.layers = modules

    def named_children(self) -> Iterator[tuple[str, Module]]:
        """Yield each module with its position as a name."""
        return ((str(position), module) for position, module in enumerate(self.layers))

    def __iter__(self) -> Iterator[Module]:
        return iter(self.layers)

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, position: int) -> Module:
        return self.layers[position]

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the modules to `input`, one after the other."""
        for module in self.layers:
            input = module(input)
        return input
