r"""First values of parameters, under torch's names: each fills a tensor in place with numbers that NumPy draws.

What matters of a first distribution is its variance, as the rules of Xavier, He and LeCun say; whether it is uniform or
normal hardly does. The layers here start as torch's do: `Linear`, the convolutions and `Bilinear` draw weights and
biases uniformly from $[-1/\sqrt n, 1/\sqrt n]$ with $n$ inputs to a unit, the recurrent layers with $n$ hidden units.
It is kept from Lua Torch and goes back to LeCun's rule of 1998, in which $1/\sqrt n$ is the standard deviation. Here it
is the bound, so the variance is $1/(3n)$, a third of LeCun's. Uniform numbers are cheap to draw and bounded, so no unit
starts far out. Torch writes the rule as `kaiming_uniform_(weight, a=5**0.5)`, because
$\sqrt{2 / (1 + 5)} \sqrt{3 / n} = 1 / \sqrt n$; the slope $\sqrt 5$ means nothing beyond that.
"""

from reference_impl.init.fans import calculate_gain
from reference_impl.init.orthogonal import orthogonal_
from reference_impl.init.plain import constant_, normal_, ones_, trunc_normal_, uniform_, zeros_
from reference_impl.init.scaled import (
    kaiming_normal_,
    kaiming_uniform_,
    lecun_normal_,
    lecun_uniform_,
    xavier_normal_,
    xavier_uniform_,
)

__all__ = [
    "calculate_gain",
    "constant_",
    "kaiming_normal_",
    "kaiming_uniform_",
    "lecun_normal_",
    "lecun_uniform_",
    "normal_",
    "ones_",
    "orthogonal_",
    "trunc_normal_",
    "uniform_",
    "xavier_normal_",
    "xavier_uniform_",
    "zeros_",
]
