r"""A convolution and its two derivatives.

With windows $n$ and taps $k$, a stride $s$ and a dilation $d$, samples $x$, a kernel $w$ and a gradient $g$ are joined
in one number,

$$T(x, w, g) = \sum_{n, k} x_{ns + kd} \; w_k \; g_n$$

which is linear in each of them. What stands beside one of the three in $T$ is a function of the other two: beside
$g$ the convolution, beside $x$ the transposed convolution, beside $w$ the gradient of the kernel. So the derivatives
of each of these functions are the other two, to any order.

Each is a product of matrices, batch by batch: a row of the first matrix is an output channel, a column of the second a
window. The three need no more memory beyond their result than a padded batch and its columns twice
(`columns.MOST_ENTRIES`).
"""

from functools import partial

from reference_impl._array import Array, Namespace, namespace
from reference_impl.autograd.primitive import Result, apply, array_of, primitive
from reference_impl.functional.columns import add_columns, as_matrix, batches, columns, from_matrix
from reference_impl.functional.windows import Windows


@partial(primitive, fresh=True)
def correlate(xp: Namespace, x: Array, w: Array, *, windows: Windows, groups: int) -> Result:
    """Slide the kernel over the samples: the convolution of deep learning, which doesn't flip the kernel."""
    return _correlate(array_of(x), array_of(w), windows, groups), (
        lambda g: apply(scatter, g, w, windows=windows, groups=groups),
        lambda g: apply(match, x, g, windows=windows, groups=groups),
    )


@partial(primitive, fresh=True)
def scatter(xp: Namespace, g: Array, w: Array, *, windows: Windows, groups: int) -> Result:
    """Write the kernel into each window, as often as `g` says, and add up: the transposed convolution."""
    return _scatter(array_of(g), array_of(w), windows, groups), (
        lambda x: apply(correlate, x, w, windows=windows, groups=groups),
        lambda x: apply(match, x, g, windows=windows, groups=groups),
    )


@partial(primitive, fresh=True)
def match(xp: Namespace, x: Array, g: Array, *, windows: Windows, groups: int) -> Result:
    """Weigh the windows of the samples with `g` and add up: the gradient of the kernel."""
    return _match(array_of(x), array_of(g), windows, groups), (
        lambda w: apply(scatter, g, w, windows=windows, groups=groups),
        lambda w: apply(correlate, x, w, windows=windows, groups=groups),
    )


def _correlate(x: Array, w: Array, windows: Windows, groups: int) -> Array:
    kernel = _rows(w, groups)
    parts = [
        from_matrix(kernel @ columns(x[batch, ...], windows, groups), windows.count)
        for batch in batches(x.shape[0], x.shape[1], windows)
    ]
    return namespace(x).concat(parts)


def _scatter(g: Array, w: Array, windows: Windows, groups: int) -> Array:
    kernel, channels = _rows(w, groups), groups * w.shape[1]
    parts = [
        add_columns(kernel.mT @ as_matrix(g[batch, ...], groups), channels, windows)
        for batch in batches(g.shape[0], channels, windows)
    ]
    return namespace(g).concat(parts)


def _match(x: Array, g: Array, windows: Windows, groups: int) -> Array:
    kernel = sum(
        as_matrix(g[batch, ...], groups) @ columns(x[batch, ...], windows, groups).mT
        for batch in batches(x.shape[0], x.shape[1], windows)
    )
    return namespace(x).reshape(kernel, (g.shape[1], x.shape[1] // groups, *windows.kernel))


def _rows(w: Array, groups: int) -> Array:
    """Lay out the kernel: a row for each output channel, a column for each input channel and tap, by group."""
    return namespace(w).reshape(w, (groups, w.shape[0] // groups, -1))
