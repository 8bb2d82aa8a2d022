"""Random numbers of the device: one stream, seeded by `torch.manual_seed`, that differs from the CPU's on purpose."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar

import torch

from doccheck.sim.memory import device_zero
from doccheck.sim.name import DEVICE

_DIFFERENCE = 0x9E3779B97F4A7C15
_CPUGenerator: Any = torch._C.Generator
_TypeOfGenerators: Any = type(_CPUGenerator)


class SimGenerator(_CPUGenerator):
    """A generator of `sim`: one of the CPU that starts from another seed than the one that it is given."""

    by_address: ClassVar[weakref.WeakValueDictionary[int, SimGenerator]] = weakref.WeakValueDictionary()
    """The generators alive; torch hands a kernel a new object for the same generator."""

    def __init__(self) -> None:
        super().__init__()
        self.manual_seed(super().initial_seed())
        self.by_address[self._cdata] = self

    @property
    def device(self) -> torch.device:
        """The device that the numbers are drawn on."""
        return device_zero()

    def manual_seed(self, seed: int) -> SimGenerator:
        """Start the stream that belongs to a seed."""
        super().manual_seed((seed % 2**64) ^ _DIFFERENCE)
        return self

    def initial_seed(self) -> int:
        """Return the seed that the stream was started with."""
        return int(super().initial_seed()) ^ _DIFFERENCE

    def seed(self) -> int:
        """Start the stream of a seed chosen by the system, and return that seed."""
        seed = int(super().seed())
        self.manual_seed(seed)
        return seed


class _AnyDevice(_TypeOfGenerators):
    """Makes `torch.Generator(device="sim")` possible; every other device is left to torch."""

    def __call__(cls, device: Any = "cpu") -> Any:
        return SimGenerator() if torch.device(device).type == DEVICE else _CPUGenerator(device)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _CPUGenerator)


class Generator(_CPUGenerator, metaclass=_AnyDevice):
    """`torch.Generator` for every device, `sim` among them."""


class Stream:
    """The default generator of the device, made at the first use."""

    def __init__(self) -> None:
        self._generator: SimGenerator | None = None

    @property
    def generator(self) -> SimGenerator:
        """The generator of calls that name none."""
        self._generator = self._generator or SimGenerator()
        return self._generator

    def choose(self, generator: Any) -> SimGenerator:
        """Return the generator to draw from.

        Args:
            generator: What the caller passed; None stands for the device's own.

        Raises:
            RuntimeError: The generator belongs to another device.
        """
        if generator is None:
            return self.generator
        if generator._cdata in SimGenerator.by_address:
            return SimGenerator.by_address[generator._cdata]
        raise RuntimeError(
            f"Expected a '{DEVICE}' device type for generator but found '{generator.device.type}'; "
            f"make it with torch.Generator(device=x.device)"
        )


STREAM = Stream()
