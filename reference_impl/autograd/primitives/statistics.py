"""Variance and standard deviation over all axes or some, each with its derivative."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, array_of, primitive
from reference_impl.autograd.primitives.reductions import Axis, reduced_count, with_axes_kept


@primitive
def var(
    xp: Namespace, x: Array, *, axis: Axis = None, correction: float = 0.0, keepdims: bool = False
) -> Result:
    r"""Average the squared distances from the mean, $\frac{1}{n - c} \sum_i (x_i - \bar x)^2$.

    The `correction` $c$ is 0 for the variance of the entries, 1 for the estimate from a sample. The derivative is
    $2 (x - \bar x) / (n - c)$.
    """
    kept, freedom = with_axes_kept(tuple(x.shape), axis), _freedom(x, axis, correction)
    centred = x - xp.mean(x, axis=axis, keepdims=True)
    return xp.sum(centred * centred, axis=axis, keepdims=keepdims) / freedom, (
        lambda g: xp.reshape(g * 2.0 / freedom, shape=kept) * centred,
    )


@primitive
def std(
    xp: Namespace, x: Array, *, axis: Axis = None, correction: float = 0.0, keepdims: bool = False
) -> Result:
    r"""Compute the square root $s$ of the variance; the derivative is $(x - \bar x) / ((n - c) s)$, or 0 if $s = 0$."""
    kept, freedom = with_axes_kept(tuple(x.shape), axis), _freedom(x, axis, correction)
    centred = x - xp.mean(x, axis=axis, keepdims=True)
    result = xp.sqrt(xp.sum(centred * centred, axis=axis, keepdims=keepdims) / freedom)

    def derivative(g: Array) -> Array:
        flat = array_of(result) == 0
        slope = xp.where(flat, 0.0, g / (xp.where(flat, 1.0, result) * freedom))
        return xp.reshape(slope, shape=kept) * centred

    return result, (derivative,)


def _freedom(x: Array, axis: Axis, correction: float) -> float:
    return max(0.0, reduced_count(tuple(x.shape), axis) - correction)
