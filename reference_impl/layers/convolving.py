"""What the convolution layers have in common."""

import math
from typing import Any

import numpy

from reference_impl import functional as F
from reference_impl._array import Array, assign, from_numpy
from reference_impl._checks import check_choice, check_generator, check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter
from reference_impl.shapes import conv_transpose_output_size
from reference_impl.shapes.arguments import paddings, spread

Numbers = int | tuple[int, ...]
Padding = int | str | tuple[int | tuple[int, int], ...]


class ConvolutionBase(Module):
    """Settings and parameters of a convolution over `axes` spatial axes."""

    axes: int
    kernel_size: tuple[int, ...]
    stride: tuple[int, ...]
    padding: Any
    dilation: tuple[int, ...]

    def set_up(
        self,
        channels: tuple[int, int],
        numbers: dict[str, Any],
        groups: int,
        bias: bool,
        transposed: bool,
        rng: numpy.random.Generator,
        like: Array | None,
        dtype: Any,
    ) -> None:
        """Check the settings, keep them, and draw the parameters."""
        self.in_channels, self.out_channels = channels
        for name in ("in_channels", "out_channels"):
            check_size(name, getattr(self, name))
        check_size("groups", groups)
        for name in ("in_channels", "out_channels"):
            if getattr(self, name) % groups:
                refuse(
                    name,
                    getattr(self, name),
                    f"must be divisible by `groups` (={groups})",
                    "change one of them",
                )
        check_generator("rng", rng)
        for name, number in numbers.items():
            setattr(self, name, spread(name, number, self.axes, 0 if name == "output_padding" else 1))
        self.groups = groups
        first, second = channels if transposed else channels[::-1]
        self._draw(
            (first, second // groups, *self.kernel_size), self.out_channels if bias else 0, rng, like, dtype
        )

    def _draw(
        self, shape: tuple[int, ...], biases: int, rng: numpy.random.Generator, like: Array | None, dtype: Any
    ) -> None:
        bound = 1 / math.sqrt(math.prod(shape[1:]))
        model = example(like, dtype)

        def uniform(*size: int) -> Tensor:
            drawn = parameter(model, *size)
            assign(drawn.data, from_numpy(rng.uniform(-bound, bound, size), like=model))
            return drawn

        self.weight = uniform(*shape)
        self.bias = uniform(biases) if biases else None

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        zeros, ones = (0,) * self.axes, (1,) * self.axes
        usual = {
            "padding": zeros,
            "dilation": ones,
            "output_padding": zeros,
            "groups": 1,
            "padding_mode": "zeros",
        }
        own = vars(self) | {"bias": self.bias is not None}
        names = ("padding", "dilation", "output_padding", "groups", "bias", "padding_mode")
        parts = [
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        ]
        parts += [
            f"{name}={own[name]}" for name in names if name in own and own[name] != usual.get(name, True)
        ]
        return ", ".join(parts)


class Convolution(ConvolutionBase):
    """A convolution layer; a subclass says over how many axes."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Numbers,
        stride: Numbers = 1,
        padding: Padding = 0,
        dilation: Numbers = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_choice("padding_mode", padding_mode, ("zeros", "reflect", "replicate", "circular"))
        numbers = {"kernel_size": kernel_size, "stride": stride, "dilation": dilation}
        self.set_up((in_channels, out_channels), numbers, groups, bias, False, rng, like, dtype)
        pairs = paddings(padding, self.kernel_size, self.stride, self.dilation)
        self.around = [number for pair in reversed(pairs) for number in pair]
        uneven = isinstance(padding, str) or any(before != after for before, after in pairs)
        self.padding = padding if uneven else tuple(before for before, _ in pairs)
        self.padding_mode = padding_mode

    def forward(self, input: Tensor | Array) -> Tensor:
        """Convolve samples, or one sample."""
        padding = self.padding
        if self.padding_mode != "zeros":
            input, padding = F.pad(input, self.around, mode=self.padding_mode), 0
        convolve = getattr(F, f"conv{self.axes}d")
        return convolve(input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


class TransposedConvolution(ConvolutionBase):
    """A transposed convolution layer; a subclass says over how many axes."""

    output_padding: tuple[int, ...]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Numbers,
        stride: Numbers = 1,
        padding: Numbers = 0,
        output_padding: Numbers = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Numbers = 1,
        *,
        rng: numpy.random.Generator,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        numbers = {
            "kernel_size": kernel_size,
            "stride": stride,
            "dilation": dilation,
            "output_padding": output_padding,
        }
        self.set_up((in_channels, out_channels), numbers, groups, bias, True, rng, like, dtype)
        self.padding = spread("padding", padding, self.axes, 0)

    def forward(self, input: Tensor | Array, output_size: Numbers | None = None) -> Tensor:
        """Apply the transposed convolution; an `output_size` takes the place of the output padding."""
        extra = self.output_padding if output_size is None else self._extra(input, output_size)
        numbers = (self.stride, self.padding, extra, self.groups, self.dilation)
        return getattr(F, f"conv_transpose{self.axes}d")(input, self.weight, self.bias, *numbers)

    def _extra(self, input: Tensor | Array, output_size: Any) -> tuple[int, ...]:
        """Return the output padding that gives a result of this size."""
        wanted = spread("output_size", output_size, self.axes)
        numbers = (self.kernel_size, self.stride, self.padding, self.dilation)
        least: Any = conv_transpose_output_size(tuple(input.shape[-self.axes :]), *numbers)
        most = tuple(size + step - 1 for size, step in zip(least, self.stride, strict=True))
        if not all(low <= size <= high for low, size, high in zip(least, wanted, most, strict=True)):
            refuse("output_size", output_size, f"must lie from {least} to {most}", "pass a size between")
        return tuple(size - low for size, low in zip(wanted, least, strict=True))
