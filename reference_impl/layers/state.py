"""The state of a module in a file, and between modules of this package and of torch."""

import os
import zipfile
from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, is_array, to_numpy
from reference_impl.layers.module import Module


def save_state(module: Module, path: str | os.PathLike) -> None:
    r"""Write the state of a module into an `.npz` file: one array for each name in `state_dict()`.

    Arrays of every library and device are written as NumPy's, with their dtypes, to the last bit: what
    [`load_state`][reference_impl.layers.load_state] reads equals what was saved, $\theta' = \theta$.

    Args:
        module: The module.
        path: Where to write; the name must end in `.npz`.

    Raises:
        ValueError: `path` doesn't end in `.npz`.

    Shape:
        All shapes are kept.

    Examples:
        >>> import tempfile
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Linear, load_state, save_state
        >>> x = torch.tensor([[1.0, 2.0]])
        >>> rng = np.random.default_rng(0)
        >>> one, other = Linear(2, 1, rng=rng, like=x), Linear(2, 1, rng=rng, like=x)
        >>> one.load_state_dict({"weight": torch.tensor([[3.0, 4.0]]), "bias": torch.tensor([0.5])})
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save_state(one, f"{folder}/model.npz")
        ...     load_state(other, f"{folder}/model.npz")
        >>> other(x).tolist()  # 1*3 + 2*4 + 0.5
        [[11.5]]
    """
    if not str(path).endswith(".npz"):
        raise ValueError(f"`path` (={str(path)!r}) must end in .npz, as NumPy would add it; rename it")
    arrays: dict[str, Any] = {name: to_numpy(array) for name, array in module.state_dict().items()}
    numpy.savez(path, **arrays)


def load_state(module: Module, path: str | os.PathLike) -> None:
    r"""Read the state of a module from an `.npz` file, wholly or not at all: $\theta \leftarrow \theta'$.

    Names, shapes and dtypes are checked before the first parameter changes. The arrays go to the library and device of
    the module.

    Args:
        module: A module with the layers of the one that was saved.
        path: What [`save_state`][reference_impl.layers.save_state] wrote.

    Raises:
        ValueError: The file isn't one that NumPy wrote as `.npz`, or holds pickled objects.
        RuntimeError: A name is missing or unexpected, or a shape differs: it is the state of another model.
        TypeError: A dtype differs, so that numbers would be rounded or widened unseen.

    Shape:
        As that of each parameter.

    Examples:
        >>> import tempfile
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Linear, load_state, save_state
        >>> small, large = (Linear(2, size, rng=np.random.default_rng(0), like=torch.eye(2)) for size in (3, 4))
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save_state(small, f"{folder}/model.npz")
        ...     try:
        ...         load_state(large, f"{folder}/model.npz")
        ...     except RuntimeError as error:
        ...         print(str(error).split("; ")[1])
        size mismatch for bias: copying a param with shape (3,), the shape in current model is (4,)
    """
    try:
        with numpy.load(path, allow_pickle=False) as file:
            state = {name: file[name] for name in file.files}
    except (ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"`path` (={str(path)!r}) must be a state written by save_state: {error}") from error
    own = module.state_dict()
    for name, array in state.items():
        wanted = to_numpy(own[name]).dtype if name in own else array.dtype
        if array.dtype != wanted:
            raise TypeError(
                f"`{name}` in the file is {array.dtype}, and {wanted} in the model; make the model of that dtype, or "
                "convert the arrays yourself and call load_state_dict"
            )
    module.load_state_dict(state)


def copy_state(source: Any, target: Any) -> None:
    r"""Copy the state of one module into another of the same layers: $\theta_{target} \leftarrow \theta_{source}$.

    Each may be a module of this package or of torch, on any library and device. The names are the same, so a torch twin
    with our weights computes the same, and the other way round.

    Args:
        source: The module whose state is copied.
        target: The module that takes it over; numbers are converted to its dtypes.

    Raises:
        RuntimeError: A name is missing or unexpected, or a shape differs.
        TypeError: An argument has no `state_dict`.

    Shape:
        All shapes are kept.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Linear, copy_state
        >>> x = torch.tensor([[1.0, 2.0]])
        >>> ours, twin = Linear(2, 1, rng=np.random.default_rng(0), like=x), torch.nn.Linear(2, 1)
        >>> ours.load_state_dict({"weight": torch.tensor([[3.0, 4.0]]), "bias": torch.tensor([0.5])})
        >>> copy_state(ours, twin)
        >>> twin(x).tolist()  # 1*3 + 2*4 + 0.5
        [[11.5]]
        >>> with torch.no_grad():
        ...     twin.bias += 5.0
        >>> copy_state(twin, ours)
        >>> ours(x).tolist()
        [[16.5]]
    """
    for name, module in (("source", source), ("target", target)):
        if not callable(getattr(module, "state_dict", None)):
            raise TypeError(
                f"`{name}` (a {type(module).__name__}) must be a module; pass one with state_dict()"
            )
    wanted = target.state_dict()
    target.load_state_dict(
        {name: _like(array, wanted.get(name)) for name, array in source.state_dict().items()}
    )


def _like(array: Array, example: Array | None) -> Array:
    return from_numpy(to_numpy(array), like=example) if is_array(example) else array
