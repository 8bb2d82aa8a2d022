"""The two places of weight decay: in the gradient, or beside it."""

from reference_impl._array import Array


def decay_weights(
    parameter: Array, gradient: Array, lr: float, weight_decay: float, decoupled: bool
) -> tuple[Array, Array]:
    """Return the parameter and the gradient after weight decay: the one shrunk, or a penalty added to the other."""
    if not weight_decay:
        return parameter, gradient
    if decoupled:
        return (1 - lr * weight_decay) * parameter, gradient
    return parameter, gradient + weight_decay * parameter
