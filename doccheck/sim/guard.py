"""Errors of hooks in a backward pass: the device lets them through to the caller.

torch switches streams while such an error is on its way, and asks the device for its type to do so. It asks in Python,
where a call that returns while an error is pending counts as a mistake of the interpreter, and the process would end.
So the answer takes the pending error into care first, and the call that started the backward pass raises it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch

_CALL_IN_C = functools.partial(int)
_IN_CARE: list[BaseException] = []


class Guard(torch._C._acc.DeviceGuard):
    """What torch asks for the type of the device."""

    @property
    def type_(self) -> Callable[[], Any]:
        """The method that names the type; looking it up is the moment at which an error may be pending."""
        try:
            _CALL_IN_C()
        except SystemError as error:
            _IN_CARE.extend([error.__cause__] if error.__cause__ else [])
        return _device_type


def _device_type() -> Any:
    return torch._C._autograd.DeviceType.PrivateUse1


def raising_errors_in_care(run_backward: Callable[..., Any]) -> Callable[..., Any]:
    """Let a backward pass that lost an error on the way raise it."""

    @functools.wraps(run_backward)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return run_backward(*args, **kwargs)
        except SystemError:
            if not _IN_CARE:
                raise
            raise _IN_CARE.pop() from None

    return call
