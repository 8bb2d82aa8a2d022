"""The warning for results that are computed but should not be trusted blindly."""

import warnings
from inspect import currentframe


class ShiftWarning(UserWarning):
    r"""A weight $w = p/q$ was estimated, but something about the samples makes it doubtful.

    The text names the quantity, its value, the limit and a remedy. `warnings.simplefilter("error", ShiftWarning)`
    turns each into an error.

    Args:
        message: The text.

    Examples:
        >>> import torch
        >>> import warnings
        >>> from reference_impl.shift import ShiftWarning
        >>> with warnings.catch_warnings(record=True) as seen:
        ...     warnings.simplefilter("always")
        ...     largest = torch.tensor([0.5, 9.5]).max().item()
        ...     warnings.warn(ShiftWarning(f"the largest weight is {largest}"))
        >>> issubclass(seen[0].category, UserWarning), str(seen[0].message)
        (True, 'the largest weight is 9.5')
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)


def warn(name: str, value: str, rule: str, fix: str) -> None:
    """Warn that a quantity, with its value as text, breaks a rule, and say what to do."""
    warn_with(f"{name} is {value}: {rule}; {fix}")


def warn_with(text: str) -> None:
    """Warn at the place of the user's call, however deep in here the reason was found."""
    frame, level = currentframe(), 1
    while frame is not None and frame.f_globals.get("__name__", "").startswith("reference_impl."):
        frame, level = frame.f_back, level + 1
    warnings.warn(ShiftWarning(text), stacklevel=level)
