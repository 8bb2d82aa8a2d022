"""Make the device known to torch: its name, its kernels and its module `torch.sim`."""

from __future__ import annotations

import functools
from typing import Any

import torch
from torch.utils import backend_registration

from doccheck.sim.execute import refuse_autocast, run
from doccheck.sim.guard import Guard
from doccheck.sim.kernels import DIFFERENTIATED_STEP_BY_STEP, KERNELS
from doccheck.sim.module import SimModule
from doccheck.sim.name import DEVICE
from doccheck.sim.patches import apply_patches

_UNNAMED = "privateuseone"
_COMPOSED = ("CompositeExplicitAutograd", "CompositeExplicitAutogradNonFunctional")
_LIBRARIES: list[torch.library.Library] = []


def register_backend() -> None:
    """Register the device; a second call does nothing.

    Raises:
        RuntimeError: This torch lacks what the device is built on, or another outside device took its place.
    """
    taken = torch._C._get_privateuse1_backend_name()
    if _LIBRARIES and taken == DEVICE:
        return
    if taken != _UNNAMED:
        raise RuntimeError(
            f"torch has one place for an outside device, and '{taken}' holds it; "
            f"register '{DEVICE}' in a process of its own"
        )
    _require_parts()
    backend_registration._setup_privateuseone_for_python_backend(
        DEVICE, backend_module=SimModule(), device_guard=Guard()
    )
    everything, aten = torch.library.Library("_", "IMPL"), torch.library.Library("aten", "IMPL")
    everything.fallback(run, "PrivateUse1")
    everything.fallback(refuse_autocast, "AutocastPrivateUse1")
    for operation in _composed_for_other_devices():
        aten.impl(operation, functools.partial(run, _overload(operation)), "PrivateUse1")
    for operation, kernel in KERNELS.items():
        aten.impl(operation, kernel, "PrivateUse1")
    for operation in DIFFERENTIATED_STEP_BY_STEP:
        aten.impl(operation, KERNELS[operation], "AutogradPrivateUse1")
    for bit in ("Conjugate", "Negative"):
        aten.impl("_copy_from", torch.library.fallthrough_kernel, bit)
    apply_patches()
    _LIBRARIES.extend((everything, aten))


def _require_parts() -> None:
    """Check that this torch has each part that is not yet a stable interface."""
    parts = {
        "torch.utils.backend_registration._setup_privateuseone_for_python_backend": backend_registration,
        "torch._C._acc.create_empty_tensor": getattr(torch._C, "_acc", None),
        "torch._C._construct_storage_from_data_pointer": torch._C,
        "torch.library.Library.fallback": torch.library.Library,
    }
    missing = [part for part, owner in parts.items() if not hasattr(owner, part.rpartition(".")[2])]
    if missing:
        raise RuntimeError(
            f"torch {torch.__version__} has no {missing[0]}, which the simulated accelerator is built on; "
            f"install a torch from 2.11 to 2.13"
        )


def _composed_for_other_devices() -> list[str]:
    """List the operations that torch composes of others for a device that has no kernel of its own.

    Composing them in C++ would pass by the checks of `run`, round otherwise than the CPU's kernel, and be slower.
    """
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    return [
        name.removeprefix("aten::")
        for name in torch._C._dispatch_get_all_op_names()
        if name.startswith("aten::")
        and name.removeprefix("aten::") not in KERNELS
        and has_kernel(name, "CPU")
        and any(has_kernel(name, key) for key in _COMPOSED)
    ]


def _overload(operation: str) -> Any:
    """Find the operation that a name such as add.Tensor stands for."""
    name, _, overload = operation.partition(".")
    return getattr(getattr(torch.ops.aten, name), overload or "default")
