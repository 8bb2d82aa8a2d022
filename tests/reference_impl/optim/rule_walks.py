"""Several steps of a rule, carrying its arrays along by hand, as a reader of its docstring would."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from operator import mul
from typing import Any

from reference_impl import optim

Settings = dict[str, Any]


def walk(
    name: str,
    parameter: Any,
    gradients: Sequence[Any],
    settings: Settings,
    start: Sequence[Any] = (),
    extra: Callable[[int], tuple[Any, ...]] = lambda step: (),
) -> Any:
    """Apply a rule once for each gradient; `extra` stands behind the arrays."""
    rule = getattr(optim, name)
    arrays = list(start)
    for step, gradient in enumerate(gradients, start=1):
        result = rule(parameter, gradient, *arrays, *extra(step), **settings)
        parameter, *arrays = result if isinstance(result, tuple) else (result,)
    return parameter


def counted(step: int) -> tuple[int]:
    """Hand on the number of the step."""
    return (step,)


def walk_nadam(parameter: Any, gradients: Sequence[Any], settings: Settings) -> Any:
    """Multiply the momenta of NAdam."""
    beta1, decay = settings.get("betas", (0.9, 0.999))[0], settings.get("momentum_decay", 4e-3)
    momenta = [beta1 * (1 - 0.5 * 0.96 ** (step * decay)) for step in range(1, len(gradients) + 1)]
    products = list(accumulate(momenta, mul))
    zero = 0.0 * parameter
    return walk("nadam_update", parameter, gradients, settings, [zero, zero], lambda t: (t, products[t - 1]))


def walk_rmsprop(parameter: Any, gradients: Sequence[Any], settings: Settings) -> Any:
    """Carry a mean and a velocity only where they are wanted."""
    zero = 0.0 * parameter
    settings = dict(settings)
    mean = zero if settings.pop("centered", False) else None
    velocity = zero if settings.get("momentum") else None
    return walk("rmsprop_update", parameter, gradients, settings, [zero, mean, velocity])


def walk_adagrad(parameter: Any, gradients: Sequence[Any], settings: Settings) -> Any:
    """Start the sum where it is wanted."""
    settings = dict(settings)
    total = 0.0 * parameter + settings.pop("initial_accumulator_value", 0.0)
    return walk("adagrad_update", parameter, gradients, settings, [total], counted)


def zeros(name: str, count: int, counts: bool = True) -> Callable[..., Any]:
    """Start from zeros."""

    def walked(parameter: Any, gradients: Sequence[Any], settings: Settings) -> Any:
        start = [0.0 * parameter] * count
        return walk(name, parameter, gradients, settings, start, counted if counts else lambda step: ())

    return walked


WALKS = {
    "gradient_descent_update": ("SGD", zeros("gradient_descent_update", 0, counts=False), {}),
    "sgd_update": (
        "SGD",
        lambda *arguments: walk("sgd_update", *arguments),
        {"momentum", "dampening", "weight_decay", "nesterov"},
    ),
    "adagrad_update": (
        "Adagrad",
        walk_adagrad,
        {"lr_decay", "weight_decay", "eps", "initial_accumulator_value"},
    ),
    "rmsprop_update": ("RMSprop", walk_rmsprop, {"alpha", "eps", "weight_decay", "momentum", "centered"}),
    "adadelta_update": (
        "Adadelta",
        zeros("adadelta_update", 2, counts=False),
        {"rho", "eps", "weight_decay"},
    ),
    "adam_update": ("Adam", zeros("adam_update", 2), {"betas", "eps", "weight_decay"}),
    "adamw_update": ("AdamW", zeros("adamw_update", 2), {"betas", "eps", "weight_decay"}),
    "amsgrad_update": (
        "Adam",
        zeros("amsgrad_update", 3),
        {"betas", "eps", "weight_decay", "decoupled_weight_decay"},
    ),
    "adamax_update": ("Adamax", zeros("adamax_update", 2), {"betas", "eps", "weight_decay"}),
    "nadam_update": (
        "NAdam",
        walk_nadam,
        {"betas", "eps", "weight_decay", "momentum_decay", "decoupled_weight_decay"},
    ),
    "radam_update": (
        "RAdam",
        zeros("radam_update", 2),
        {"betas", "eps", "weight_decay", "decoupled_weight_decay"},
    ),
}
"""For each rule: its optimizer in torch, how to walk, and the settings that both take besides the learning rate."""
