"""The fields of the calculators: what they are called, what they take, what they hold at first."""

from __future__ import annotations

from dataclasses import dataclass

from reference_impl.shapes.network.ready import READY
from reference_impl.shapes.network.table import BYTES


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
SOUGHT = (
    ("conv", "convolution"),
    ("conv-transpose", "transposed convolution"),
    ("pool", "pooling"),
    ("inputs", "inputs to a convolution"),
)
SOLVED = "conv conv-transpose pool"
EITHER = (("", "either"), ("no", "no"), ("yes", "yes"))
NETWORKS = (("own", "your own, as text"), *((name, name) for name in sorted(READY)))
DTYPES = tuple((name, name) for name in BYTES)
DIMENSIONS = (("1", "one"), ("2", "two"), ("3", "three"))
LIMITS = "such as kernel_size=11 stride=5; empty: kernel 7, stride 4, padding 3"
TEXT_FORM = "one layer a line: kind, required values, then name=value"
OWN_NETWORK = """input 3x32x32
conv 16 3 padding=1
relu
max_pool 2
conv 32 3 padding=1
relu
max_pool 2
flatten
linear 10"""
OWN_FIELD = """conv 64 7 stride=2 padding=3
max_pool 3 stride=2 padding=1
conv 64 3 padding=1
conv 64 3 padding=1"""
MESSAGE = "RuntimeError: mat1 and mat2 shapes cannot be multiplied (10x49 and 10x10)"

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
    "inverse": (
        Field("layer", "Looking for", "conv", "its arguments, or all inputs of one output", SOUGHT, "list"),
        Field("input_size", "From the input size", "32", SIZE.hint, only_for=f"layer={SOLVED}"),
        Field("output_size", "To the output size", "16", "in values, in the form of the input size"),
        Field("kernel_size", "Kernel size", "4", "empty: searched, from 1"),
        Field("stride", "Stride", "", "empty: searched, from 1"),
        Field("padding", "Padding", "", "empty: searched, from 0"),
        Field("dilation", "Dilation", "", "empty: searched, from 1"),
        Field(
            "output_padding", "Output padding", "", "empty: searched, from 0", only_for="layer=conv-transpose"
        ),
        Field("ceil_mode", "Round up (ceil_mode)", "", choices=EITHER, kind="list", only_for="layer=pool"),
        Field("limits", "Largest values tried", "", LIMITS, only_for=f"layer={SOLVED}"),
    ),
    "network": (
        Field("network", "Network", "own", choices=NETWORKS, kind="list"),
        Field("input_size", "Input shape", "", "channels first; empty: the network's own"),
        Field("text", "Layers", OWN_NETWORK, TEXT_FORM, kind="lines", only_for="network=own"),
        Field("unit", "Cost in", "mac", choices=UNITS, kind="list"),
        Field("dtype", "Memory for", "float32", choices=DTYPES, kind="list"),
        Field("count_bias", "Count the biases' additions", kind="box"),
    ),
    "receptive-field": (
        Field("text", "Layers", OWN_FIELD, TEXT_FORM, kind="lines"),
        Field("dimensions", "Dimensions", "1", choices=DIMENSIONS, kind="list"),
    ),
    "error-clinic": (
        Field(
            "message", "Message", MESSAGE, "a message, or a whole traceback that contains it", kind="lines"
        ),
    ),
}


def first_values(calculator: str) -> dict[str, str]:
    """Give what the fields of a calculator hold at first."""
    return {field.name: field.first for field in FIELDS[calculator]}
