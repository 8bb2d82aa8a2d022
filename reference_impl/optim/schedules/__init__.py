"""Schedules: pure functions from the number of a step to a learning rate, and what applies them."""

from reference_impl.optim.schedules.composing import product_schedule, sequential_schedule
from reference_impl.optim.schedules.cosine import cosine_schedule, warm_restarts_schedule
from reference_impl.optim.schedules.cyclic import cyclic_schedule
from reference_impl.optim.schedules.decays import (
    exponential_schedule,
    inverse_square_root_schedule,
    linear_schedule,
    polynomial_schedule,
)
from reference_impl.optim.schedules.one_cycle import one_cycle_schedule
from reference_impl.optim.schedules.range_test import learning_rate_range_test
from reference_impl.optim.schedules.scheduler import Scheduler
from reference_impl.optim.schedules.stairs import constant_schedule, multi_step_schedule, step_schedule
from reference_impl.optim.schedules.warmup import exponential_warmup, linear_warmup, radam_warmup

__all__ = [
    "Scheduler",
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
    "step_schedule",
    "warm_restarts_schedule",
]
