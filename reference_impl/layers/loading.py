"""Loading a state into parameters: wholly or not at all."""

from collections.abc import Iterator, Mapping

from reference_impl._array import Array, assign, from_numpy, is_array, to_numpy
from reference_impl.autograd import Tensor


def load(parameters: Mapping[str, Tensor], state: Mapping[str, Array], owner: str) -> None:
    """Copy arrays into the parameters of the same names, in place, once all names and shapes are seen to fit."""
    for name, value in state.items():
        if not is_array(value):
            raise TypeError(f"`state_dict[{name!r}]` (a {type(value).__name__}) must be an array")
    problems = list(_problems(parameters, state))
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {owner}: {'; '.join(problems)}; "
            "load the state of a model with the same layers"
        )
    for name, parameter in parameters.items():
        assign(parameter.data, from_numpy(to_numpy(state[name]), like=parameter.data))


def _problems(parameters: Mapping[str, Tensor], state: Mapping[str, Array]) -> Iterator[str]:
    for name in parameters.keys() - state.keys():
        yield f'Missing key(s) in state_dict: "{name}"'
    for name in state.keys() - parameters.keys():
        yield f'Unexpected key(s) in state_dict: "{name}"'
    for name in parameters.keys() & state.keys():
        found, wanted = tuple(state[name].shape), parameters[name].shape
        if found != wanted:
            yield (
                f"size mismatch for {name}: copying a param with shape {found}, the shape in current model is {wanted}"
            )
