"""What every optimizer has: groups of parameters, steps that happen wholly or not at all, and a state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from reference_impl._array import Array, assign, check_alike, from_numpy, is_array, to_numpy

Group = dict[str, Any]
State = dict[str, Any]


class Optimizer:
    """The base of every optimizer: it drives whatever has `.data` and `.grad`, our parameters and torch's."""

    state_arrays: ClassVar[tuple[str, ...]]

    def __init__(self, params: Iterable[Any], defaults: Group) -> None:
        groups = _as_groups(params)
        self.param_groups = [
            {name: _plain(value) for name, value in (defaults | group).items()}
            | {"params": list(group["params"])}
            for group in groups
        ]
        self.state: dict[Any, State] = defaultdict(dict)
        for group in self.param_groups:
            self.check_settings(group)
        _check_parameters(self._parameters())

    @staticmethod
    def check_settings(settings: Group) -> None:
        """Raise unless the settings make sense."""
        raise NotImplementedError

    def update(self, parameter: Array, gradient: Array, state: State, group: Group) -> Array:
        """Return the new value of one parameter, and bring its `state` up to date."""
        raise NotImplementedError

    def step(self) -> None:
        """Update every parameter that has a gradient, in place; skip the others, as torch does.

        All gradients are checked before the first parameter changes, so a step happens wholly or not at all.

        Raises:
            ValueError: A gradient has another shape than its parameter.
            TypeError: It is of another library or dtype.
            RuntimeError: It is on another device.
        """
        due = []
        for group in self.param_groups:
            for parameter in group["params"]:
                gradient = parameter.grad
                if gradient is not None:
                    if getattr(gradient, "requires_grad", False):
                        gradient = gradient.detach()
                    data = parameter.data
                    check_alike("gradient", gradient, data)
                    due.append((data, gradient, self.state[parameter], group))
        for data, gradient, state, group in due:
            assign(data, self.update(data, gradient, state, group))

    def zero_grad(self) -> None:
        """Drop the gradient of every parameter: set `.grad` to None."""
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    def state_dict(self) -> dict[str, Any]:
        """Return the state and the settings in torch's form, with parameters as numbers; arrays are not copied."""
        numbers = {parameter: number for number, parameter in enumerate(self._parameters())}
        return {
            "state": {numbers[parameter]: dict(state) for parameter, state in self.state.items() if state},
            "param_groups": [
                group | {"params": [numbers[parameter] for parameter in group["params"]]}
                for group in self.param_groups
            ],
        }

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Take over a state and settings, from this class or from its torch twin; arrays are copied.

        Raises:
            ValueError: Groups or shapes don't fit, or torch's optimizer had a setting that this one lacks.
        """
        loaded = state_dict["param_groups"]
        _check_sizes(loaded, self.param_groups)
        groups = [_merged(group, new) for group, new in zip(self.param_groups, loaded, strict=True)]
        for group in groups:
            self.check_settings(group)
        numbers = [number for group in loaded for number in group["params"]]
        places = dict(zip(numbers, self._parameters(), strict=True))
        state = {
            places[number]: self._moved(entries, number, places[number].data)
            for number, entries in state_dict["state"].items()
        }
        self.param_groups = groups
        self.state = defaultdict(dict, state)

    def _moved(self, entries: State, number: int, data: Array) -> State:
        moved: State = {}
        for name, value in entries.items():
            if name not in self.state_arrays:
                moved[name] = int(value)
            elif value is not None:
                if tuple(value.shape) != tuple(data.shape):
                    raise ValueError(
                        f"`{name}` of parameter {number} (of shape {tuple(value.shape)}) must have the shape of the "
                        f"parameter, {tuple(data.shape)}; load the state of the same model"
                    )
                moved[name] = from_numpy(to_numpy(value), like=data)
        return moved

    def _parameters(self) -> list[Any]:
        return [parameter for group in self.param_groups for parameter in group["params"]]


def _as_groups(params: Iterable[Any]) -> list[Group]:
    if is_array(params) or hasattr(params, "grad"):
        raise TypeError(
            "params argument given to the optimizer should be an iterable of parameters or dicts, but got one "
            f"{type(params).__name__}; pass [parameter]"
        )
    groups = list(params)
    if not groups:
        raise ValueError(
            "optimizer got an empty parameter list; pass model.parameters() of a model that has some"
        )
    return groups if isinstance(groups[0], dict) else [{"params": groups}]


def _plain(value: Any) -> Any:
    """Return a number of NumPy as Python's, which leaves the dtype of an array alone."""
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    return float(value) if isinstance(value, float) else value


def _check_parameters(parameters: list[Any]) -> None:
    for parameter in parameters:
        if not (hasattr(parameter, "grad") and is_array(parameter.data)):
            raise TypeError(
                f"optimizer can only optimize parameters with .data and .grad, but one is a "
                f"{type(parameter).__name__}; pass Tensors, or parameters of torch"
            )
    if len(set(map(id, parameters))) < len(parameters):
        raise ValueError("some parameters appear more than once in `params`; list each of them once")


def _check_sizes(loaded: list[Group], groups: list[Group]) -> None:
    found, wanted = ([len(group["params"]) for group in each] for each in (loaded, groups))
    if found != wanted:
        raise ValueError(
            f"loaded state dict has parameter groups of sizes {found}, and the optimizer {wanted}; "
            "make the optimizer with the same groups"
        )


def _merged(group: Group, loaded: Mapping[str, Any]) -> Group:
    lacking = {name: value for name, value in loaded.items() if name not in group and value}
    if lacking:
        raise ValueError(
            f"loaded state dict has settings that this optimizer lacks: {lacking}; turn them off first"
        )
    return group | {name: value for name, value in loaded.items() if name in group and name != "params"}
