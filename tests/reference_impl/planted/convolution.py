"""Bugs of convolution, pooling and resampling."""

from planted import Bug

CONVOLUTIONS = ("functional/test_convolution.py::test_convolutions_agree_with_torch[float64]",)
TRANSPOSED = ("functional/test_convolution.py::test_transposed_convolutions_agree_with_torch[float64]",)
MAX_POOLING = ("functional/test_pooling.py::test_pooling_agrees_with_torch[float64-max]",)
AVERAGES = (
    "functional/test_pooling.py::test_the_padding_counts_unless_asked_not_to_and_what_lies_beyond_it_never",
)
INTERPOLATION = ("functional/test_resampling.py::test_interpolate_agrees_with_torch[float64]",)

SHARED = """return sum(
            apply(
                _put,
                g * (value == result) / sum(1.0 * (other == result) for other in taps),
                chosen=number + 0 * _winners(taps, result, windows),
                windows=windows,
            )
            for number, value in enumerate(taps)
        )"""

BUGS = [
    Bug(
        "swapped axes of the stride",
        "functional/windows.py",
        "tap, self.dilation, self.stride, self.count, strict=True",
        "tap, self.dilation, self.stride[::-1], self.count, strict=True",
        CONVOLUTIONS,
    ),
    Bug(
        "dilation ignored",
        "functional/windows.py",
        "slice(at * dilation, at * dilation + (count - 1) * stride + 1, stride)",
        "slice(at, at + (count - 1) * stride + 1, stride)",
        CONVOLUTIONS,
    ),
    Bug(
        "a gradient that overwrites where windows overlap",
        "functional/columns.py",
        "result[(..., *tap)] += taps[:, number, ...]",
        "result[(..., *tap)] = taps[:, number, ...]",
        CONVOLUTIONS,
    ),
    Bug(
        "the padding left in the gradient",
        "functional/columns.py",
        "return _swapped(result[(..., *windows.inside)])",
        "return _swapped(result[(..., *(slice(0, size) for size in windows.size))])",
        CONVOLUTIONS,
    ),
    Bug(
        "only the last batch counts in the gradient of the kernel",
        "functional/correlation.py",
        "as_matrix(g[batch, ...], groups) @ columns(x[batch, ...], windows, groups).mT",
        "(batch.stop == x.shape[0]) * (as_matrix(g[batch, ...], groups) @ columns(x[batch, ...], windows, groups).mT)",
        ("functional/test_convolution.py::test_batches_of_columns_change_nothing_but_the_memory",),
    ),
    Bug(
        "second gradients without the kernel's part",
        "functional/correlation.py",
        "lambda x: apply(match, x, g, windows=windows, groups=groups),",
        "lambda x: 0.0 * apply(match, x, g, windows=windows, groups=groups),",
        ("functional/test_convolution.py::test_second_gradients_agree_with_torch[conv2d]",),
    ),
    Bug(
        "output padding ignored",
        "functional/windows.py",
        "output_padding=output_padding",
        "output_padding=0",
        TRANSPOSED,
    ),
    Bug(
        "ties share the gradient of max pooling",
        "functional/max_pooling.py",
        "return apply(_put, g, chosen=_winners(taps, result, windows), windows=windows)",
        SHARED,
        ("functional/test_pooling.py::test_the_gradient_goes_to_the_first_of_those_that_tie",),
    ),
    Bug(
        "the last of ties wins",
        "functional/max_pooling.py",
        "in reversed(list(enumerate(zip(windows.taps(), taps, strict=True)))):",
        "in list(enumerate(zip(windows.taps(), taps, strict=True))):",
        MAX_POOLING,
    ),
    Bug(
        "zeros around max pooling",
        "functional/max_pooling.py",
        "padded(array_of(x), windows, -math.inf)",
        "padded(array_of(x), windows)",
        MAX_POOLING,
    ),
    Bug(
        "the padding always counts",
        "functional/average_pooling.py",
        "outside = padding if count_include_pad else 0",
        "outside = padding",
        AVERAGES,
    ),
    Bug(
        "adaptive windows that miss their last entry",
        "functional/adaptive_pooling.py",
        "slice(start, end)",
        "slice(start, max(start + 1, end - 1))",
        ("functional/test_pooling.py::test_adaptive_pooling_agrees_with_torch[float64-avg]",),
    ),
    Bug(
        "places of corners instead of centres",
        "functional/resampling.py",
        "(numpy.arange(count) + 0.5) * step - 0.5",
        "numpy.arange(count) * step",
        INTERPOLATION,
    ),
    Bug(
        "shares of neighbours swapped",
        "functional/resampling.py",
        "lefts * left_share + rights * right_share",
        "lefts * right_share + rights * left_share",
        INTERPOLATION,
    ),
    Bug(
        "a reflection that repeats the edge",
        "functional/padding.py",
        "_part(x, axis, 1, before + 1)",
        "_part(x, axis, 0, before)",
        ("functional/test_resampling.py::test_pad_agrees_with_torch[float64]",),
    ),
]
