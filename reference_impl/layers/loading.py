"""Loading a state into parameters and buffers: wholly or not at all."""

from collections.abc import Iterator, Mapping

from reference_impl._array import Array, assign, from_numpy, is_array, to_numpy


def load(own: Mapping[str, Array], state: Mapping[str, Array], owner: str) -> None:
    """Copy arrays into those of the same names, in place, once all names and shapes are seen to fit."""
    for name, value in state.items():
        if not is_array(value):
            raise TypeError(f"`state_dict[{name!r}]` (a {type(value).__name__}) must be an array")
    problems = list(_problems(own, state))
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {owner}: {'; '.join(problems)}; "
            "load the state of a model with the same layers"
        )
    for name, array in own.items():
        assign(array, from_numpy(to_numpy(state[name]), like=array))


def _problems(own: Mapping[str, Array], state: Mapping[str, Array]) -> Iterator[str]:
    yield from (f'Missing key(s) in state_dict: "{name}"' for name in own if name not in state)
    yield from (f'Unexpected key(s) in state_dict: "{name}"' for name in state if name not in own)
    for name in (name for name in own if name in state):
        found, wanted = tuple(state[name].shape), tuple(own[name].shape)
        if found != wanted:
            yield (
                f"size mismatch for {name}: copying a param with shape {found}, the shape in current model is {wanted}"
            )
