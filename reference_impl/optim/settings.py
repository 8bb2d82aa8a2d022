"""What the settings of each optimizer must satisfy."""

from typing import Any

from reference_impl._checks import check_at_least, check_fraction, check_number, check_pair


def check_sgd(settings: dict[str, Any]) -> None:
    """Raise unless these settings of SGD make sense."""
    check_at_least("lr", settings["lr"], 0, example=0.1)
    check_at_least("momentum", settings["momentum"], 0, example=0.9)
    check_at_least("weight_decay", settings["weight_decay"], 0, example=1e-4)
    check_number("dampening", settings["dampening"])
    if settings["nesterov"] and not (settings["momentum"] > 0 and settings["dampening"] == 0):
        raise ValueError(
            "Nesterov momentum requires a momentum and zero dampening: `nesterov` (=True) with `momentum` "
            f"(={settings['momentum']}) and `dampening` (={settings['dampening']}); pass e.g. momentum=0.9, dampening=0"
        )


def check_adam(settings: dict[str, Any]) -> None:
    """Raise unless these settings of Adam make sense."""
    check_at_least("lr", settings["lr"], 0, example=0.001)
    check_pair("betas", settings["betas"], example=(0.9, 0.999))
    for position, beta in enumerate(settings["betas"]):
        check_fraction(f"betas[{position}]", beta, example=(0.9, 0.999)[position])
    check_at_least("eps", settings["eps"], 0, example=1e-8)
    check_at_least("weight_decay", settings["weight_decay"], 0, example=1e-4)
