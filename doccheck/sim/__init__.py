"""`sim`, a simulated accelerator for torch: it computes on the CPU and refuses every mix of devices.

A device bug (a constant made on the CPU, an index on the wrong device, `.numpy()` on a device tensor) is an error
on a GPU and goes unnoticed on the CPU. On `sim` it is an error on any machine.

A tensor on `sim` is a real device tensor: torch dispatches it as it dispatches tensors of CUDA, with autograd,
`torch.func`, optimizers and printing unchanged. Only the last step differs: each kernel runs on the CPU memory that
stands behind the tensor.

Where it differs from CUDA:

- **Stricter**: an index tensor on the CPU with one or more dimensions is refused. CUDA accepts it in `x[index]`.
- **Its own random numbers**: for one seed, CPU, CUDA and `sim` draw different numbers, so a snippet that relies on
  equal ones fails here too.
- **Looser**: a CPU tensor takes a generator of `sim`; an index out of range is an IndexError, where CUDA stops with a
  device-side assertion.
- **Not there**: autocast and sparse tensors, which are refused in so many words; quantised tensors, streams and
  events, pinned memory, `torch.compile`, and moving a lazy module before its first call.

It takes the one place that torch keeps for outside devices, and torch then calls it the accelerator of the process
(`torch.accelerator`). So register it only in a process that computes on it, and never in one that uses CUDA.
"""

from doccheck.sim.count import TENSORS_MADE
from doccheck.sim.name import DEVICE

__all__ = ["DEVICE", "register", "tensors_made"]


def register() -> None:
    """Make `sim` known to torch; a second call does nothing.

    It runs no tensor operation and starts no thread, so a process may register `sim` and then fork.

    Raises:
        RuntimeError: This torch lacks what `sim` is built on, or another outside device took its place.
    """
    from doccheck.sim.backend import register_backend

    register_backend()


def tensors_made() -> int:
    """Count the tensors made or written on `sim` in this process since the import.

    Returns:
        The count; take the difference of two calls to learn whether code in between computed on the device.
    """
    return TENSORS_MADE.value
