"""Update rules as pure functions, and optimizers that apply them."""

from reference_impl.optim.adam import Adam
from reference_impl.optim.rules import adam_update, sgd_update
from reference_impl.optim.sgd import SGD

__all__ = ["SGD", "Adam", "adam_update", "sgd_update"]
