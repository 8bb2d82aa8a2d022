"""The devices that a snippet can be run on: how each is found, switched on and described."""

from __future__ import annotations

import platform
import random
import sys
from dataclasses import dataclass
from pathlib import Path

from doccheck.errors import DoccheckError

NAMES = ("cpu", "sim", "cuda")
TITLES = {"cpu": "CPU", "sim": "simulated accelerator", "cuda": "CUDA"}

_SEEDS = {"cpu": 1, "sim": 2, "cuda": 3}
"""A seed for each device: a snippet that relies on the runner's seed can't pass on all of them."""


@dataclass(frozen=True)
class Device:
    """A device of this machine, by name: `cpu`, `sim` or `cuda`."""

    name: str

    def prepare(self) -> None:
        """Import torch and make the device known to it, without running an operation.

        Raises:
            DoccheckError: torch is missing, the name is unknown, or asserts are switched off.
        """
        if sys.flags.optimize:
            raise DoccheckError(
                "Python drops every assert here (-O or PYTHONOPTIMIZE), so no block could fail; "
                "run without that option"
            )
        if self.name not in NAMES:
            raise DoccheckError(f"`device` (={self.name}) must be one of {', '.join(NAMES)}")
        try:
            import torch  # noqa: F401
        except ImportError:
            raise DoccheckError("torch isn't installed here; install it, then run again") from None
        if self.name == "sim":
            from doccheck import sim

            sim.register()

    def require(self) -> None:
        """Check that the device is there; it is asked in a process that may touch it.

        Raises:
            DoccheckError: it isn't. A device that was asked for is never skipped.
        """
        import torch

        if self.name == "cuda" and not torch.cuda.is_available():
            raise DoccheckError(
                f"`device` (=cuda) isn't available here (torch {torch.__version__} finds no CUDA GPU); "
                "run on a machine that has one, or ask for cpu or sim"
            )

    def switch_on(self) -> None:
        """Make the device torch's default, and put seeds and defaults to known values."""
        import numpy
        import torch

        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
        torch.set_printoptions(profile="default")
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cudnn.allow_tf32 = False
        torch.set_default_device(None if self.name == "cpu" else self.name)
        seed = _SEEDS[self.name]
        random.seed(seed)
        numpy.random.seed(seed)
        torch.manual_seed(seed)

    def tensors_made(self) -> int | None:
        """How many tensors were made or computed on the device so far; None on the CPU, where all are."""
        if self.name == "sim":
            from doccheck import sim

            return sim.tensors_made()
        if self.name == "cuda":
            import torch

            return int(torch.cuda.memory_stats().get("allocation.all.allocated", 0))
        return None

    def hardware(self) -> str:
        """The name of the hardware, for people."""
        if self.name == "cuda":
            import torch

            return str(torch.cuda.get_device_name(0))
        processor = _processor()
        return f"simulated on {processor}" if self.name == "sim" else processor


def environment() -> dict[str, object]:
    """Versions and settings that a result was obtained with."""
    import numpy
    import torch

    return {
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "numpy": numpy.__version__,
        "cuda": torch.version.cuda,
        "system": f"{platform.system()} {platform.machine()}",
        "tf32": False,
    }


def _processor() -> str:
    """The processor's name: from the kernel's table on Linux, else what Python knows."""
    table = Path("/proc/cpuinfo")
    if table.exists():
        for line in table.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
