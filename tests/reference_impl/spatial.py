"""What the tests of convolution, pooling and their layers draw, over one to three spatial axes at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from agreement import Comparison
from hypothesis import strategies as st

AXES = (1, 2, 3)
MOST_EXTRA = {1: 6, 2: 4, 3: 2}
"""By how much an input is larger than a window, so that three axes cost no more than one."""


@contextmanager
def for_each_axes(agreement: Any, name: str, oracle: str, precision: str) -> Iterator[dict[int, Comparison]]:
    """Open a comparison for each number of axes; `{}` in the names stands for it."""
    with ExitStack() as stack:
        yield {
            axes: stack.enter_context(agreement(name.format(axes), oracle.format(axes), precision))
            for axes in AXES
        }


def one_or_each(numbers: st.SearchStrategy[int], axes: int) -> st.SearchStrategy[Any]:
    """Draw one number for all axes, or one for each."""
    return numbers | st.tuples(*[numbers] * axes)


def each(value: Any, axes: int) -> tuple[Any, ...]:
    """Return one entry for each axis."""
    return value if isinstance(value, tuple) else (value,) * axes


@st.composite
def convolutions(draw: st.DrawFn, axes: int) -> dict[str, Any]:
    """Draw the settings of a convolution and sizes that fit them."""
    kernel = draw(st.tuples(*[st.integers(1, 4 - (axes == 3))] * axes))
    dilation = draw(one_or_each(st.integers(1, 3), axes))
    padding = draw(one_or_each(st.integers(0, 2), axes) | st.sampled_from(["same", "valid"]))
    stride = 1 if padding == "same" else draw(one_or_each(st.integers(1, 3), axes))
    spans = [gap * (taps - 1) + 1 for gap, taps in zip(each(dilation, axes), kernel, strict=True)]
    added = [0] * axes if isinstance(padding, str) else [2 * number for number in each(padding, axes)]
    least = [max(1, span - more) for span, more in zip(spans, added, strict=True)]
    size = tuple(number + draw(st.integers(0, MOST_EXTRA[axes])) for number in least)
    return {
        "size": size,
        "kernel": kernel,
        "channels": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "samples": draw(st.sampled_from([(), (1,), (2,)])),
        "bias": draw(st.booleans()),
        "options": {
            "stride": stride,
            "padding": padding,
            "dilation": dilation,
            "groups": draw(st.integers(1, 3)),
        },
    }


@st.composite
def transposed_convolutions(draw: st.DrawFn, axes: int) -> dict[str, Any]:
    """Draw the settings of a transposed convolution whose result isn't empty."""
    kernel = draw(st.tuples(*[st.integers(1, 4 - (axes == 3))] * axes))
    stride = draw(one_or_each(st.integers(1, 3), axes))
    dilation = draw(one_or_each(st.integers(1, 2), axes))
    size = draw(st.tuples(*[st.integers(1, 3)] * axes))
    output_padding, padding = [], []
    for taps, step, gap, length in zip(kernel, each(stride, axes), each(dilation, axes), size, strict=True):
        output_padding.append(draw(st.integers(0, max(step, gap) - 1)))
        whole = (length - 1) * step + gap * (taps - 1) + output_padding[-1] + 1
        padding.append(draw(st.integers(0, min(2, (whole - 1) // 2))))
    return {
        "size": size,
        "kernel": kernel,
        "channels": draw(st.tuples(st.integers(1, 3), st.integers(1, 3))),
        "samples": draw(st.sampled_from([(), (1,), (2,)])),
        "bias": draw(st.booleans()),
        "options": {
            "stride": stride,
            "padding": tuple(padding),
            "output_padding": tuple(output_padding),
            "dilation": dilation,
            "groups": draw(st.integers(1, 3)),
        },
    }


@st.composite
def poolings(draw: st.DrawFn, axes: int, dilated: bool) -> dict[str, Any]:
    """Draw the settings of a pooling and sizes that fit them."""
    kernel = draw(one_or_each(st.integers(1, 3), axes))
    dilation = draw(one_or_each(st.integers(1, 2), axes)) if dilated else 1
    padding = tuple(draw(st.integers(0, taps // 2)) for taps in each(kernel, axes))
    spans = [gap * (taps - 1) + 1 for gap, taps in zip(each(dilation, axes), each(kernel, axes), strict=True)]
    size = tuple(span + draw(st.integers(0, MOST_EXTRA[axes])) for span in spans)
    return {
        "shape": (*draw(st.sampled_from([(), (1,), (2,)])), draw(st.integers(1, 3)), *size),
        "settings": {
            "kernel_size": kernel,
            "stride": draw(st.none() | one_or_each(st.integers(1, 3), axes)),
            "padding": padding,
            "ceil_mode": draw(st.booleans()),
        }
        | ({"dilation": dilation} if dilated else {"count_include_pad": draw(st.booleans())}),
    }
