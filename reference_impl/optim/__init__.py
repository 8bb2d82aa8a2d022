"""Update rules as pure functions, optimizers that apply them, and schedules of their rates."""

from reference_impl.optim.adam import Adam
from reference_impl.optim.rules import adam_update, sgd_update
from reference_impl.optim.schedules import (
    Scheduler,
    constant_schedule,
    cosine_schedule,
    cyclic_schedule,
    exponential_schedule,
    exponential_warmup,
    inverse_square_root_schedule,
    learning_rate_range_test,
    linear_schedule,
    linear_warmup,
    multi_step_schedule,
    one_cycle_schedule,
    polynomial_schedule,
    product_schedule,
    radam_warmup,
    sequential_schedule,
    step_schedule,
    warm_restarts_schedule,
)
from reference_impl.optim.sgd import SGD

__all__ = [
    "SGD",
    "Adam",
    "Scheduler",
    "adam_update",
    "constant_schedule",
    "cosine_schedule",
    "cyclic_schedule",
    "exponential_schedule",
    "exponential_warmup",
    "inverse_square_root_schedule",
    "learning_rate_range_test",
    "linear_schedule",
    "linear_warmup",
    "multi_step_schedule",
    "one_cycle_schedule",
    "polynomial_schedule",
    "product_schedule",
    "radam_warmup",
    "sequential_schedule",
    "sgd_update",
    "step_schedule",
    "warm_restarts_schedule",
]
