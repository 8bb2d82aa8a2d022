"""Taking over the state of an optimizer: what has to fit, and moving arrays to where the parameters are."""

from collections.abc import Mapping
from typing import Any

from reference_impl._array import Array, from_numpy, to_numpy

FIX = "load the state of the same optimizer and model"


def check_sizes(loaded: list[dict[str, Any]], groups: list[dict[str, Any]]) -> None:
    """Raise unless groups have as many parameters as those that are loaded."""
    found, wanted = ([len(group["params"]) for group in each] for each in (loaded, groups))
    if found != wanted:
        raise ValueError(
            f"loaded state dict has parameter groups of sizes {found}, and the optimizer {wanted}; "
            "make the optimizer with the same groups"
        )


def merged(group: dict[str, Any], loaded: Mapping[str, Any]) -> dict[str, Any]:
    """Return a group with the settings that are loaded."""
    lacking = {name: value for name, value in loaded.items() if name not in group and value}
    if lacking:
        raise ValueError(
            f"loaded state dict has settings that this optimizer lacks: {lacking}; turn them off first"
        )
    return group | {name: value for name, value in loaded.items() if name in group and name != "params"}


def moved(
    entries: dict[str, Any], number: int, data: Array, numbers: tuple[str, ...], arrays: tuple[str, ...]
) -> dict[str, Any]:
    """Copy the state of one parameter to the library, device and dtype of its data."""
    found: dict[str, Any] = {}
    for name, value in entries.items():
        if name in numbers:
            found[name] = int(value) if name == "step" else float(value)
        elif name not in arrays:
            raise ValueError(f"`{name}` of parameter {number} is no state of this optimizer; {FIX}")
        elif value is not None:
            if tuple(value.shape) != tuple(data.shape):
                raise ValueError(
                    f"`{name}` of parameter {number} (of shape {tuple(value.shape)}) must have the shape of the "
                    f"parameter, {tuple(data.shape)}; load the state of the same model"
                )
            found[name] = from_numpy(to_numpy(value), like=data)
    return found
