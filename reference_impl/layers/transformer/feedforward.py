"""What both blocks of a transformer share: how a sublayer is wrapped, and the network after the attention."""

from collections.abc import Callable
from typing import Any

from reference_impl import functional as F
from reference_impl._checks import check_choice
from reference_impl.autograd import Tensor

ACTIVATIONS = {"relu": F.relu, "gelu": F.gelu}
Activation = Callable[[Tensor], Tensor]


def chosen_activation(activation: Any) -> Activation:
    """Return the function that `activation` names, or `activation` itself if it is one."""
    if callable(activation):
        return activation
    check_choice("activation", activation, ACTIVATIONS)
    return ACTIVATIONS[activation]


def with_residual(
    x: Any, sublayer: Callable[[Any], Tensor], dropout: Activation, norm: Activation, norm_first: bool
) -> Tensor:
    """Add a sublayer to `x`, with the normalisation before the sublayer or after the sum."""
    if norm_first:
        return dropout(sublayer(norm(x))) + x
    return norm(dropout(sublayer(x)) + x)
