"""How many numbers go into a unit and come out of it, and what an activation does to their spread."""

import math

from reference_impl._checks import check_choice, refuse
from reference_impl.autograd import Tensor

GAINS = {
    "linear": 1.0,
    "conv1d": 1.0,
    "conv2d": 1.0,
    "conv3d": 1.0,
    "conv_transpose1d": 1.0,
    "conv_transpose2d": 1.0,
    "conv_transpose3d": 1.0,
    "sigmoid": 1.0,
    "tanh": 5.0 / 3.0,
    "relu": math.sqrt(2.0),
    "selu": 0.75,
}


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    r"""Return the factor that makes up for what an activation takes from the spread of its input.

    It is 1 for no activation and the sigmoid, $5/3$ for tanh, $\sqrt 2$ for ReLU, $3/4$ for SELU, and for leaky ReLU
    with slope $s$

    $$\sqrt{\frac{2}{1 + s^2}}$$

    Args:
        nonlinearity: The activation, or the layer that has none: `"linear"`, `"conv1d"` to `"conv_transpose3d"`,
            `"sigmoid"`, `"tanh"`, `"relu"`, `"leaky_relu"` or `"selu"`.
        param: The slope of leaky ReLU; 0.01 without it.

    Returns:
        The factor.

    Raises:
        ValueError: `nonlinearity` is unknown.

    Examples:
        >>> import torch
        >>> from reference_impl import init
        >>> init.calculate_gain("leaky_relu", 3.0) ** 2, torch.tensor(init.calculate_gain("selu")).item()  # 2/(1 + 9)
        (0.2, 0.75)
        >>> round(init.calculate_gain("leaky_relu") ** 2, 6)  # 2/(1 + 0.01**2)
        1.9998
    """
    if nonlinearity == "leaky_relu":
        return math.sqrt(2.0 / (1.0 + (0.01 if param is None else param) ** 2))
    check_choice("nonlinearity", nonlinearity, (*GAINS, "leaky_relu"))
    return GAINS[nonlinearity]


def fans(tensor: Tensor) -> tuple[int, int]:
    """Return how many inputs a unit has and how many units an input goes to, for a weight (outputs, inputs, …)."""
    shape = tuple(tensor.shape)
    if len(shape) < 2:
        refuse(
            "tensor.shape", shape, "must have at least 2 axes, as fan in and fan out ask for", "use normal_"
        )
    positions = math.prod(shape[2:])
    return shape[1] * positions, shape[0] * positions
