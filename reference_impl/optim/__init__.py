"""Update rules as pure functions, optimizers that apply them, and schedules of their rates."""

from reference_impl.optim.adabound import AdaBound, adabound_update, amsbound_update
from reference_impl.optim.adadelta import Adadelta, adadelta_update
from reference_impl.optim.adagrad import Adagrad, adagrad_update
from reference_impl.optim.adam import Adam, adam_update, adamw_update
from reference_impl.optim.adamax import Adamax, adamax_update
from reference_impl.optim.adamw import AdamW
from reference_impl.optim.amsgrad import amsgrad_update
from reference_impl.optim.gradients import (
    add_gradient_noise_,
    add_l1_penalty_,
    add_l2_penalty_,
    clip_grad_norm_,
    clip_grad_value_,
)
from reference_impl.optim.lookahead import Lookahead, lookahead_update
from reference_impl.optim.nadam import NAdam, nadam_update
from reference_impl.optim.radam import RAdam, radam_update
from reference_impl.optim.rmsprop import RMSprop, rmsprop_update
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
from reference_impl.optim.sgd import SGD, gradient_descent_update, sgd_update
from reference_impl.optim.sgdw import SGDW, sgdw_update

__all__ = [
    "SGD",
    "SGDW",
    "AdaBound",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Lookahead",
    "NAdam",
    "RAdam",
    "RMSprop",
    "Scheduler",
    "adabound_update",
    "adadelta_update",
    "adagrad_update",
    "adam_update",
    "adamax_update",
    "adamw_update",
    "add_gradient_noise_",
    "add_l1_penalty_",
    "add_l2_penalty_",
    "amsbound_update",
    "amsgrad_update",
    "clip_grad_norm_",
    "clip_grad_value_",
    "constant_schedule",
    "cosine_schedule",
    "cyclic_schedule",
    "exponential_schedule",
    "exponential_warmup",
    "gradient_descent_update",
    "inverse_square_root_schedule",
    "learning_rate_range_test",
    "linear_schedule",
    "linear_warmup",
    "lookahead_update",
    "multi_step_schedule",
    "nadam_update",
    "one_cycle_schedule",
    "polynomial_schedule",
    "product_schedule",
    "radam_update",
    "radam_warmup",
    "rmsprop_update",
    "sequential_schedule",
    "sgd_update",
    "sgdw_update",
    "step_schedule",
    "warm_restarts_schedule",
]
