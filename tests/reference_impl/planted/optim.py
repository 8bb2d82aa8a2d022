"""Bugs of optimizers."""

from planted import Bug

BUGS = [
    Bug(
        "epsilon inside the root",
        "optim/rules.py",
        "(xp.sqrt(unbiased_square) + eps)",
        "xp.sqrt(unbiased_square + eps)",
        ("optim/test_optimizers.py::test_the_rule_of_adam_agrees_with_torch[float64]",),
    ),
    Bug(
        "bias correction dropped",
        "optim/rules.py",
        "mean / (1 - beta1**step)",
        "mean",
        ("optim/test_optimizers.py::test_the_rule_of_adam_agrees_with_torch[float64]",),
    ),
    Bug(
        "squared gradient without the root",
        "optim/rules.py",
        "xp.sqrt(unbiased_square)",
        "unbiased_square",
        ("optim/test_optimizers.py::test_the_rule_of_adam_agrees_with_torch[float64]",),
    ),
]
