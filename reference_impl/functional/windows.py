"""Where the windows of a convolution or a pooling fall: whole numbers, worked out once for each setting."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from reference_impl.shapes import conv_output_size, conv_transpose_output_size, pool_output_size
from reference_impl.shapes.arguments import paddings, spread

Sizes = tuple[int, ...]
Slices = tuple[slice, ...]


@dataclass(frozen=True)
class Windows:
    """A grid of windows over the padded input: one number along each spatial axis.

    A window begins every `stride` entries, and its taps are `dilation` apart. The input begins at `before`.
    """

    size: Sizes
    kernel: Sizes
    stride: Sizes
    dilation: Sizes
    before: Sizes
    count: Sizes

    @property
    def padded(self) -> Sizes:
        """The size that holds the input and every tap of every window."""
        return tuple(
            max(before + size, (count - 1) * stride + dilation * (kernel - 1) + 1)
            for size, kernel, stride, dilation, before, count in zip(
                self.size, self.kernel, self.stride, self.dilation, self.before, self.count, strict=True
            )
        )

    @property
    def inside(self) -> Slices:
        """Where the input stands in the padded one."""
        return tuple(
            slice(before, before + size) for before, size in zip(self.before, self.size, strict=True)
        )

    def taps(self) -> Iterator[Slices]:
        """Yield for each tap, last axis fastest, which entries of the padded input it sees: one for each window."""
        for tap in product(*map(range, self.kernel)):
            yield tuple(
                slice(at * dilation, at * dilation + (count - 1) * stride + 1, stride)
                for at, dilation, stride, count in zip(
                    tap, self.dilation, self.stride, self.count, strict=True
                )
            )


def settled(value: Any) -> Any:
    """Turn lists into tuples, so that a setting can be looked up."""
    return tuple(map(settled, value)) if isinstance(value, tuple | list) else value


@lru_cache(typed=True)
def conv_windows(size: Sizes, kernel: Sizes, stride: Any, padding: Any, dilation: Any) -> Windows:
    """Place the windows of a convolution."""
    count: Any = conv_output_size(size, kernel, stride, padding, dilation)
    return _placed(size, kernel, stride, padding, dilation, count)


@lru_cache(typed=True)
def transposed_windows(
    size: Sizes, kernel: Sizes, stride: Any, padding: Any, dilation: Any, output_padding: Any
) -> Windows:
    """Place the windows of the convolution that a transposed one is the transpose of: `size` is what it gives."""
    result: Any = conv_transpose_output_size(
        size, kernel, stride, padding, dilation, output_padding=output_padding
    )
    return _placed(result, kernel, stride, padding, dilation, size)


@lru_cache(typed=True)
def pool_windows(
    size: Sizes, kernel: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: bool
) -> Windows:
    """Place the windows of a pooling."""
    spread("padding", padding, len(size), 0)  # as torch: no names and no pairs
    count: Any = pool_output_size(size, kernel, stride, padding, dilation, ceil_mode=ceil_mode)
    return _placed(size, kernel, kernel if stride is None else stride, padding, dilation, count)


def _placed(size: Sizes, kernel: Any, stride: Any, padding: Any, dilation: Any, count: Sizes) -> Windows:
    axes = len(size)
    taps, steps = spread("kernel_size", kernel, axes), spread("stride", stride, axes)
    gaps = spread("dilation", dilation, axes)
    before = tuple(first for first, _ in paddings(padding, taps, steps, gaps))
    return Windows(size, taps, steps, gaps, before, count)
