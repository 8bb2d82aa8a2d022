"""Update rules as pure functions, and optimizers that apply them."""

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
    "gradient_descent_update",
    "lookahead_update",
    "nadam_update",
    "radam_update",
    "rmsprop_update",
    "sgd_update",
    "sgdw_update",
]
