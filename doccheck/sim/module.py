"""The module `torch.sim`, through which torch asks a device how many there are and seeds its random numbers."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

from doccheck.sim.randomness import STREAM


class SimModule:
    """What `torch.cuda` is for CUDA, as far as torch asks for it."""

    def is_available(self) -> bool:
        """Tell whether the device can be used."""
        return True

    def is_initialized(self) -> bool:
        """Tell whether the device is ready."""
        return True

    def device_count(self) -> int:
        """Count the devices."""
        return 1

    def current_device(self) -> int:
        """Return the index of the device in use."""
        return 0

    def device(self, device: Any) -> AbstractContextManager[None]:
        """Make a device the current one for a while: there is only one."""
        del device
        return nullcontext()

    def get_device_name(self, device: Any = None) -> str:
        """Name the hardware."""
        del device
        return "simulated accelerator"

    def synchronize(self, device: Any = None) -> None:
        """Wait until the device has finished, which it always has."""

    def manual_seed(self, seed: int) -> None:
        """Seed the random numbers of the device."""
        STREAM.generator.manual_seed(seed)

    manual_seed_all = manual_seed

    def initial_seed(self) -> int:
        """Return the seed in use."""
        return STREAM.generator.initial_seed()

    def get_rng_state(self, device: Any = None) -> torch.Tensor:
        """Return the state of the random numbers, a tensor on the CPU."""
        del device
        return STREAM.generator.get_state()

    def set_rng_state(self, new_state: torch.Tensor, device: Any = None) -> None:
        """Restore the state of the random numbers."""
        del device
        STREAM.generator.set_state(new_state)

    def get_amp_supported_dtype(self) -> list[torch.dtype]:
        """List the dtypes of autocast; torch asks even where autocast is off."""
        return [torch.bfloat16, torch.float16]

    def _is_in_bad_fork(self) -> bool:
        return False
