"""What every optimizer has: groups of parameters, steps that happen wholly or not at all, and a state."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from reference_impl._array import Array, all_finite, check_alike, is_array, namespace
from reference_impl.optim.blocks import Rule, apply_in_place
from reference_impl.optim.loading import check_sizes, merged, moved
from reference_impl.optim.settings import check_settings

Group = dict[str, Any]
State = dict[str, Any]
Prepared = tuple[Rule, tuple[str | None, ...]]


class Optimizer:
    """The base of every optimizer: it drives whatever has `.data` and `.grad`, our parameters and torch's."""

    state_numbers: tuple[str, ...] = ("step",)
    state_arrays: tuple[str, ...] = ()

    def __init__(self, params: Iterable[Any], defaults: Group) -> None:
        self.defaults = {name: _plain(value) for name, value in defaults.items()}
        self.param_groups: list[Group] = []
        self.state: dict[Any, State] = defaultdict(dict)
        for group in _as_groups(params):
            self.add_param_group(group)

    def add_param_group(self, param_group: Group) -> None:
        """Add a group: a dictionary with `"params"`, and settings where they aren't those of the constructor."""
        parameters = param_group["params"]
        settings = {name: _plain(value) for name, value in param_group.items() if name != "params"}
        group = (
            self.defaults | settings | {"params": list(parameters) if _is_many(parameters) else [parameters]}
        )
        self.check_settings(group)
        _check_parameters([*self._parameters(), *group["params"]])
        self.param_groups.append(group)

    def check_settings(self, settings: Group) -> None:
        """Raise unless the settings make sense."""
        check_settings(settings, self.defaults)

    def prepare(self, state: State, group: Group) -> Prepared:
        """Count a step in `state`; return the rule of this step and the names of the arrays that it carries on.

        The rule is called with the parameter, its gradient and those arrays, and returns the new parameter and the new
        arrays. A name of None stands for an array that isn't kept. Without names, the rule is the same for a whole
        group, and this is called once for it.
        """
        raise NotImplementedError

    def initial(self, name: str, data: Array, group: Group) -> Array:
        """Return what an array of the state is before the first step."""
        return namespace(data).zeros_like(data)

    def step(self, *, error_if_nonfinite: bool = False) -> None:
        """Update every parameter that has a gradient, in place; skip the others, as torch does.

        All gradients are checked before the first parameter changes, so a step happens wholly or not at all.

        Args:
            error_if_nonfinite: Raise if an entry of a gradient is infinite or NaN, instead of passing it on.

        Raises:
            ValueError: A gradient has another shape than its parameter, or a non-finite entry.
            TypeError: It is of another library or dtype.
            RuntimeError: It is on another device, or no parameter has a gradient.
        """
        names: tuple[str | None, ...] = ()
        prepared = None
        for parameter, gradient, group in self._due(error_if_nonfinite):
            state, data = self.state[parameter], parameter.data
            if names or group is not prepared:  # a rule that keeps nothing is the same for its whole group
                rule, names = self.prepare(state, group)
                rule, prepared = _uphill(rule) if group.get("maximize") else rule, group
            kept: list[Array | None] = []
            for name in names:
                if name is not None and name not in state:
                    state[name] = self.initial(name, data, group)
                kept.append(name and state[name])
            apply_in_place(rule, data, gradient, kept)

    def _due(self, error_if_nonfinite: bool) -> list[tuple[Any, Array, Group]]:
        """Return the parameters that have a gradient, with it and their group, once all gradients are checked."""
        due = []
        for group in self.param_groups:
            for parameter in group["params"]:
                gradient = parameter.grad
                if gradient is None:
                    continue
                if getattr(gradient, "requires_grad", False):
                    gradient = gradient.detach()
                check_alike("gradient", gradient, parameter.data)
                if error_if_nonfinite and not all_finite(gradient):
                    raise ValueError(
                        f"`gradient` (of shape {tuple(gradient.shape)}) must be finite; lower the learning rate, clip, "
                        "or pass error_if_nonfinite=False"
                    )
                due.append((parameter, gradient, group))
        if not due:
            raise RuntimeError("no parameter has a gradient; call loss.backward() before step()")
        return due

    def zero_grad(self) -> None:
        """Drop the gradient of every parameter: set `.grad` to None."""
        for parameter in self._parameters():
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
            ValueError: Groups, names or shapes don't fit, or torch's optimizer had a setting that this one lacks.
        """
        loaded = state_dict["param_groups"]
        check_sizes(loaded, self.param_groups)
        groups = [merged(group, new) for group, new in zip(self.param_groups, loaded, strict=True)]
        for group in groups:
            self.check_settings(group)
        numbers = [number for group in loaded for number in group["params"]]
        places = dict(zip(numbers, self._parameters(), strict=True))
        names = (self.state_numbers, self.state_arrays)
        state = {
            places[number]: moved(entries, number, places[number].data, *names)
            for number, entries in state_dict["state"].items()
        }
        self.param_groups = groups
        self.state = defaultdict(dict, state)

    def _parameters(self) -> list[Any]:
        return [parameter for group in self.param_groups for parameter in group["params"]]


def chosen(group: Group, *names: str) -> Group:
    """Return some of the settings of a group."""
    return {name: group[name] for name in names}


def count(state: State) -> int:
    """Return the number of this step, and keep it."""
    state["step"] = state.get("step", 0) + 1
    return int(state["step"])


def _uphill(rule: Rule) -> Rule:
    return lambda parameter, gradient, *arrays: rule(parameter, -gradient, *arrays)


def _is_many(params: Any) -> bool:
    return not (is_array(params) or hasattr(params, "grad"))


def _as_groups(params: Iterable[Any]) -> list[Group]:
    if not _is_many(params):
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
