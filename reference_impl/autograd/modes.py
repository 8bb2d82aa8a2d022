"""Switching the recording of operations off."""

from contextlib import ContextDecorator
from types import TracebackType

from reference_impl.autograd.engine import mode


class no_grad(ContextDecorator):
    """Leave the operations of a block, or of a decorated function, unrecorded.

    Their results are constants: nothing of how they were computed is kept, and no gradient flows through them.

    Examples:
        >>> import torch
        >>> from reference_impl.autograd import Tensor, no_grad
        >>> x = Tensor(torch.tensor([2.0, 3.0]), requires_grad=True)
        >>> with no_grad():
        ...     y = x * 5.0
        >>> (x * y).sum().backward()
        >>> y.requires_grad, y.tolist(), x.grad.tolist()  # without no_grad it would be 2 * 5 * x
        (False, [10.0, 15.0], [10.0, 15.0])
    """

    def __init__(self) -> None:
        self._before: list[bool] = []

    def __enter__(self) -> None:
        self._before.append(mode.recording)
        mode.recording = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        mode.recording = self._before.pop()
