"""Networks that papers describe, ready to be put into a table."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.reading import read_network
from reference_impl.shapes.network.spec import Network


def ready_network(name: str, input_size: tuple[int, ...] | None = None) -> Network:
    r"""Give a network that a paper describes.

    | name | input | parameters | paper |
    | --- | --- | ---: | --- |
    | `lenet5` | 1×32×32 | 61,706 | LeCun et al. 1998, with all connections in the second convolution |
    | `alexnet` | 3×227×227 | 60,965,224 | Krizhevsky et al. 2012, with its two groups |
    | `vgg16` | 3×224×224 | 138,357,544 | Simonyan and Zisserman 2015, configuration D |
    | `resnet18` | 3×224×224 | 11,689,512 | He et al. 2016, strides as in torchvision |
    | `resnet50` | 3×224×224 | 25,557,032 | He et al. 2016, strides as in torchvision |
    | `mobilenetv2` | 3×224×224 | 3,504,872 | Sandler et al. 2018 |
    | `unet` | 1×572×572 | 31,030,658 | Ronneberger et al. 2015, without padding |
    | `dcgan` | 100×1×1 | 12,658,432 | Radford et al. 2016, the generator, with normalisation and without biases |
    | `alphago` | 48×19×19 | 3,882,433 | Silver et al. 2016, the policy network, with one bias for each filter |
    | `transformer` | 128×512 | 3,152,384 | Vaswani et al. 2017, one block of the encoder |

    Each layer counts as the calculators do, such as $F (9 C + b)$ for a $3 \times 3$ convolution.

    Args:
        name: A name of the table.
        input_size: The shape of one example, if it shall be another; dense layers take what they get.

    Returns:
        A [Network][reference_impl.shapes.Network].

    Raises:
        ValueError: If the name is unknown.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import network_table, ready_network
        >>> table = network_table(ready_network("alphago"))
        >>> table.parameters, table.output_size
        (3882433, (361,))
        >>> first = torch.nn.Conv2d(48, 192, 5)  # 192 * (48*25 + 1)
        >>> sum(weight.numel() for weight in first.parameters()), table.rows[0].parameters
        (230592, 230592)
        >>> network_table(ready_network("alphago", (48, 13, 13))).cost  # (48*192*25 + 11 * 192*192*9 + 192) * 13*13
        655741632

    Source:
        The papers of the table.
    """
    if not isinstance(name, str) or name not in READY:
        refuse("name", name, "is no ready network", f"choose among {', '.join(sorted(READY))}")
    return read_network(READY[name](), input_size)


def _lenet5() -> str:
    return """input 1x32x32
        conv 6 5; tanh; avg_pool 2
        conv 16 5; tanh; avg_pool 2
        conv 120 5; tanh
        flatten; linear 84; tanh; linear 10"""


def _alexnet() -> str:
    return """input 3x227x227
        conv 96 11 stride=4; relu; max_pool 3 stride=2
        conv 256 5 padding=2 groups=2; relu; max_pool 3 stride=2
        conv 384 3 padding=1; relu
        conv 384 3 padding=1 groups=2; relu
        conv 256 3 padding=1 groups=2; relu; max_pool 3 stride=2
        flatten
        linear 4096; relu; dropout
        linear 4096; relu; dropout
        linear 1000"""


def _vgg16() -> str:
    lines = ["input 3x224x224"]
    for channels, repeats in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        lines.extend([f"conv {channels} 3 padding=1; relu"] * repeats)
        lines.append("max_pool 2")
    lines.append("flatten; linear 4096; relu; dropout; linear 4096; relu; dropout; linear 1000")
    return "\n".join(lines)


def _resnet(block: Any, repeats: tuple[int, ...], expansion: int) -> str:
    lines = ["input 3x224x224", "conv 64 7 stride=2 padding=3 bias=false; norm; relu"]
    lines.append("stage0: max_pool 3 stride=2 padding=1")
    channels, source = 64, "stage0"
    for stage in range(4):
        width = 64 * 2**stage
        for at in range(repeats[stage]):
            stride = 2 if stage and not at else 1
            name = f"stage{stage + 1}.{at + 1}"
            lines.append(block(width, stride, name))
            if stride != 1 or channels != expansion * width:
                lines.append(f"conv {expansion * width} 1 stride={stride} bias=false from={source}")
                lines.append(f"{name}.short: norm")
                source = f"{name}.short"
            lines.append(f"add {source} from={name}.long")
            lines.append(f"{name}: relu")
            channels, source = expansion * width, name
    lines.append("adaptive_pool 1; flatten; linear 1000")
    return "\n".join(lines)


def _basic(width: int, stride: int, name: str) -> str:
    return f"""conv {width} 3 stride={stride} padding=1 bias=false; norm; relu
        conv {width} 3 padding=1 bias=false; {name}.long: norm"""


def _bottleneck(width: int, stride: int, name: str) -> str:
    return f"""conv {width} 1 bias=false; norm; relu
        conv {width} 3 stride={stride} padding=1 bias=false; norm; relu
        conv {4 * width} 1 bias=false; {name}.long: norm"""


def _resnet18() -> str:
    return _resnet(_basic, (2, 2, 2, 2), 1)


def _resnet50() -> str:
    return _resnet(_bottleneck, (3, 4, 6, 3), 4)


INVERTED = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def _mobilenetv2() -> str:
    lines = ["input 3x224x224", "conv 32 3 stride=2 padding=1 bias=false; norm", "block0: relu6"]
    channels, number = 32, 0
    for factor, width, repeats, first in INVERTED:
        for at in range(repeats):
            hidden, stride = factor * channels, 1 if at else first
            if factor != 1:
                lines.append(f"conv {hidden} 1 bias=false; norm; relu6")
            lines.append(f"conv {hidden} 3 stride={stride} padding=1 groups={hidden} bias=false; norm; relu6")
            number += 1
            lines.append(f"conv {width} 1 bias=false")
            if stride == 1 and channels == width:
                lines.append(f"norm; block{number}: add block{number - 1}")
            else:
                lines.append(f"block{number}: norm")
            channels = width
    lines.append("conv 1280 1 bias=false; norm; relu6; adaptive_pool 1; flatten; dropout; linear 1000")
    return "\n".join(lines)


def _unet() -> str:
    lines = ["input 1x572x572"]
    for depth in range(5):
        if depth:
            lines.append("max_pool 2")
        lines.append(f"conv {64 * 2**depth} 3; relu; conv {64 * 2**depth} 3; down{depth}: relu")
    for depth, size in ((3, 56), (2, 104), (1, 200), (0, 392)):
        width = 64 * 2**depth
        lines.append(f"up{depth}: conv_transpose {width} 2 stride=2")
        lines.append(f"crop {size} from=down{depth}; concat up{depth}")
        lines.append(f"conv {width} 3; relu; conv {width} 3; relu")
    lines.append("conv 2 1")
    return "\n".join(lines)


def _dcgan() -> str:
    lines = ["input 100x1x1", "conv_transpose 1024 4 bias=false; norm; relu"]
    for channels in (512, 256, 128):
        lines.append(f"conv_transpose {channels} 4 stride=2 padding=1 bias=false; norm; relu")
    lines.append("conv_transpose 3 4 stride=2 padding=1 bias=false; tanh")
    return "\n".join(lines)


def _alphago() -> str:
    lines = ["input 48x19x19", "conv 192 5 padding=2; relu"]
    lines.extend(["conv 192 3 padding=1; relu"] * 11)
    lines.append("conv 1 1; flatten; softmax")
    return "\n".join(lines)


def _transformer() -> str:
    return """input 128x512
        attention 8; dropout; add input; attended: layer_norm
        linear 2048; relu; dropout; linear 512; dropout; add attended; layer_norm"""


READY = {
    "alexnet": _alexnet,
    "alphago": _alphago,
    "dcgan": _dcgan,
    "lenet5": _lenet5,
    "mobilenetv2": _mobilenetv2,
    "resnet18": _resnet18,
    "resnet50": _resnet50,
    "transformer": _transformer,
    "unet": _unet,
    "vgg16": _vgg16,
}
