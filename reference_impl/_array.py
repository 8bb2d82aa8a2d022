"""The only file that knows array libraries exist.

Everything else asks here for the namespace of an array and calls the functions of the Python array API standard
that it finds there, so that one text runs on NumPy, on torch and on every other library that follows the standard.
"""

import reprlib
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import array_api_compat
import array_api_compat.numpy
import numpy

Array = Any
Namespace = Any

EXACT, SAMPLE = 1024, 64  # up to so many entries make a fingerprint, of more entries so many
_SCALARS = frozenset({int, float, bool, type(None)})


def _reduction(reduce: Callable[..., Array]) -> Callable[..., Array]:
    def reduction(x: Array, /, *, axis: Any = None, keepdims: bool = False) -> Array:
        return reduce(x, axis, None, None, keepdims)

    return reduction


# NumPy follows the standard itself; for small arrays, what is wrapped around these functions costs as much as they do.
_numpy_namespace = SimpleNamespace(
    **vars(array_api_compat.numpy)
    | {"arange": numpy.arange, "asarray": numpy.asarray, "astype": lambda x, dtype: x.astype(dtype)}
    | {
        "max": _reduction(numpy.maximum.reduce),
        "min": _reduction(numpy.minimum.reduce),
        "sum": _reduction(numpy.add.reduce),
    }
)
_namespaces: dict[type, Namespace] = {numpy.ndarray: _numpy_namespace}
_kinds: dict[tuple[type, Any, str], bool] = {}
_fused: dict[type, bool] = {}
counting_changes: set[type] = set()
"""The types of arrays that count how often they are changed in place: those of torch that were seen so far."""


def is_array(value: object) -> bool:
    """Say whether `value` is an array of some library."""
    return type(value) in _namespaces or bool(array_api_compat.is_array_api_obj(value))


def namespace(array: Array) -> Namespace:
    """Return the namespace whose functions take `array`, looked up once for each type of array."""
    try:
        return _namespaces[type(array)]
    except KeyError:
        if not array_api_compat.is_array_api_obj(array):
            given = f"{reprlib.repr(array)} (a {type(array).__name__})"
            raise TypeError(f"expected an array, not {given}; pass e.g. numpy.asarray([1.0, 2.0])") from None
        scalar = isinstance(array, numpy.generic)
        found = _numpy_namespace if scalar else array_api_compat.array_namespace(array)
        _namespaces[type(array)] = found
        if array_api_compat.is_torch_array(array):
            counting_changes.add(type(array))
        return found


def common_namespace(values: Sequence[Any]) -> Namespace:
    """Return the namespace of the arrays among `values`, once they agree in library, dtype and device.

    Python's numbers go with every array; None stands for an array that was left out.
    """
    first = None
    for value in values:
        kind = type(value)
        if kind in _SCALARS:
            continue
        if first is None:
            first, first_kind, xp = value, kind, namespace(value)
            first_dtype, first_device = value.dtype, value.device
        elif kind is not first_kind or value.dtype != first_dtype or value.device != first_device:
            check_same_place(first, value)
            if value.dtype != first_dtype:
                _refuse(TypeError, "one dtype", first, value, "convert one of them (astype; in torch, to)")
    if first is None:
        raise TypeError(f"expected an array or a Tensor among {tuple(values)!r}")
    return xp


def check_same_place(first: Array, other: Array) -> None:
    """Raise unless both arrays are of one library and on one device."""
    if namespace(other) is not namespace(first):
        _refuse(TypeError, "arrays of one library", first, other, "convert one of them")
    if other.device != first.device:
        _refuse(RuntimeError, "all tensors to be on the same device", first, other, "move one of them")


def check_alike(name: str, array: Array, like: Array) -> None:
    """Raise unless `array`, an argument called `name`, agrees with `like` in library, dtype, device and shape."""
    if type(array) is not type(like) or array.dtype != like.dtype or array.device != like.device:
        common_namespace((like, array))
    if array.shape != like.shape:
        raise ValueError(
            f"`{name}` (of shape {tuple(array.shape)}) must have shape {tuple(like.shape)}; compute it for that shape"
        )


def _refuse(error: type[Exception], rule: str, first: Array, other: Array, fix: str) -> None:
    raise error(f"Expected {rule}, but found {describe(first)} and {describe(other)}; {fix}")


def describe(array: Array) -> str:
    """Name the library, dtype and device of `array`, for messages."""
    library = namespace(array).__name__.removeprefix("array_api_compat.")
    dtype = str(array.dtype).rpartition(".")[2]
    return f"{library} {dtype} on {device(array)}"


def device(array: Array) -> Any:
    """Return the device that holds `array`."""
    return array_api_compat.device(array)


def is_floating(array: Array) -> bool:
    """Say whether the entries of `array` are real floating-point numbers."""
    return _is_of_kind(array, "real floating")


def is_integer(array: Array) -> bool:
    """Say whether the entries of `array` are integers."""
    return _is_of_kind(array, "integral")


def _is_of_kind(array: Array, kind: str) -> bool:
    """Ask the library once for each dtype: its answer takes as long as a small sum."""
    asked = (type(array), array.dtype, kind)
    try:
        return _kinds[asked]
    except KeyError:
        found = _kinds[asked] = bool(namespace(array).isdtype(array.dtype, kind))
        return found


def as_array(value: Array) -> Array:
    """Return `value` as an array: NumPy makes scalars of arrays without axes, and this undoes it."""
    return numpy.asarray(value) if isinstance(value, numpy.generic) else value


def own(array: Array) -> Array:
    """Copy `array`, so that nobody else holds its memory."""
    return namespace(array).asarray(array, copy=True)


def assign(target: Array, values: Array) -> None:
    """Overwrite the entries of `target`, in place."""
    target[...] = values


def flat_view(array: Array) -> Array | None:
    """Return `array` with one axis and the same memory, or None where that isn't possible or it isn't the CPU's."""
    if isinstance(array, numpy.ndarray):
        return array.reshape(-1) if array.flags.c_contiguous else None
    if array_api_compat.is_torch_array(array) and array.device.type == "cpu" and array.is_contiguous():
        return array.view(-1)
    return None


def has_fused_operations(array: Array) -> bool:
    """Say whether `array` has the methods `lerp`, `addcmul` and `addcdiv` of torch, which do several steps at once."""
    kind = type(array)
    if kind not in _fused:
        _fused[kind] = bool(array_api_compat.is_torch_array(array))
    return _fused[kind]


def all_finite(array: Array) -> bool:
    """Say whether no entry of `array` is infinite or NaN."""
    xp = namespace(array)
    return bool(xp.all(xp.isfinite(array)))


def fingerprint(array: Array) -> Any:
    """Return something that differs once `array` is changed in place, in next to no time.

    torch counts the changes of an array. NumPy doesn't: there it is the entries themselves, or of a large array some
    that are spread evenly. Other libraries give no sign.
    """
    kind = type(array)
    if kind is numpy.ndarray:
        return array.tobytes() if array.size <= EXACT else array.flat[:: array.size // SAMPLE].tobytes()
    return array._version if kind in counting_changes and not array.is_inference() else None


def add_rows(target: Array, numbers: Array, rows: Array) -> None:
    """Add each of `rows` to the row of `target` of that number, in place; a number may come more than once.

    The standard has no such function. Elsewhere than in NumPy and torch, it is a product with a one-hot matrix.
    """
    if isinstance(target, numpy.ndarray):
        numpy.add.at(target, numbers, rows)
    elif array_api_compat.is_torch_array(target):
        target.index_add_(0, numbers, rows)
    else:
        xp = namespace(target)
        counting = xp.arange(target.shape[0], dtype=numbers.dtype, device=device(numbers))
        target += xp.matmul(xp.astype(counting[:, None] == numbers[None, :], rows.dtype), rows)


def from_numpy(values: numpy.ndarray, like: Array, dtype: Any = None) -> Array:
    """Copy NumPy's `values` to the library, the device and (unless `dtype` is given) the dtype of `like`."""
    xp = namespace(like)
    return xp.astype(xp.asarray(values, device=device(like)), like.dtype if dtype is None else dtype)


def to_numpy(array: Array) -> numpy.ndarray:
    """Copy `array` to NumPy, from any library and device."""
    if array_api_compat.is_torch_array(array):
        return array.detach().cpu().numpy().copy()
    home = namespace(array).__array_namespace_info__().default_device()
    return numpy.array(array_api_compat.to_device(array, home))
