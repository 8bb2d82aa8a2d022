"""The fields of the calculators: what they are called, what they take, what they hold at first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Attributes:
        name: the argument of the package that it stands for.
        label: what it is called on the page.
        first: what it holds at first.
        hint: what it takes, in a few words: form, limits and unit.
        choices: the values of a list with their words; none for a field to type in.
        kind: "text", "lines" for several lines, "box" for a box to tick, "list" for a list.
        only_for: another field and the values of it for which this one matters, such as "layer=pool".
    """

    name: str
    label: str
    first: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    kind: str = "text"
    only_for: str = ""


UNITS = (("mac", "multiply-adds"), ("flop", "floating-point operations"))

SIZE = Field("size", "Input size", "7x7", "in values, 1 or more: 224, or 224x224 for an image")
KERNEL = Field("kernel_size", "Kernel size", "3", "in taps, 1 or more: 3, or 3x5")
STRIDE = Field("stride", "Stride", "2", "1 or more: 2, or 2x1")
PADDING = Field("padding", "Padding", "1", "on each side, 0 or more; same; before,after: 1,2")
DILATION = Field("dilation", "Dilation", "1", "distance of two taps, 1 or more")
WINDOW = Field("window", "Window drawn", "0", "counted from 0, row by row")
CHANNELS = (
    Field("in_channels", "Input channels", "3", "1 or more, a multiple of the groups"),
    Field("out_channels", "Output channels", "8", "1 or more, a multiple of the groups"),
    Field("groups", "Groups", "1", "1 or more"),
)
COUNTING = (
    Field("unit", "Cost in", "mac", choices=UNITS, kind="list"),
    Field("bias", "With bias", "yes", kind="box"),
    Field("count_bias", "Count the bias's additions", kind="box"),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "convolution": (SIZE, KERNEL, STRIDE, PADDING, DILATION, *CHANNELS, *COUNTING, WINDOW),
    "transposed-convolution": (
        Field("size", "Input size", "4x4", SIZE.hint),
        KERNEL,
        STRIDE,
        Field("padding", "Padding", "1", "cut off on each side, 0 or more; before,after: 1,2"),
        Field("output_padding", "Output padding", "1", "0 or more, below stride or dilation"),
        DILATION,
        *CHANNELS,
        *COUNTING,
        Field("window", "Input drawn", "0", WINDOW.hint),
    ),
    "pooling": (
        SIZE,
        KERNEL,
        Field("stride", "Stride", "2", "1 or more; empty: as large as the kernel"),
        Field("padding", "Padding", "0", "on each side, 0 to half the kernel; before,after: 1,0"),
        DILATION,
        Field("channels", "Channels", "8", "1 or more; pooling keeps them"),
        Field("ceil_mode", "Round up (ceil_mode)", kind="box"),
        WINDOW,
    ),
}


def first_values(calculator: str) -> dict[str, str]:
    """Give what the fields of a calculator hold at first."""
    return {field.name: field.first for field in FIELDS[calculator]}
