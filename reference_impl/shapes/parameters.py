"""Parameter counts of layers."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import dimensions as sizes_of
from reference_impl.shapes.arguments import flag, refuse, spread, whole
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.terms import exact_quotient, lettered, product


def conv_parameters(
    in_channels: int,
    out_channels: int,
    kernel_size: int | tuple[int, ...],
    *,
    groups: int = 1,
    bias: bool = True,
    dimensions: int = 2,
) -> int:
    r"""Count the parameters of a convolution.

    Each of $F$ filters sees the $C / g$ input channels of its group through $\prod_d K_d$ taps, and has $b = 1$ bias
    or none:

    $$F \left( \frac{C}{g} \prod_d K_d + b \right)$$

    Args:
        in_channels: The number $C$ of input channels.
        out_channels: The number $F$ of filters.
        kernel_size: The kernel size $K$ in every dimension, or one for each.
        groups: The number $g$ of groups; it must divide both numbers of channels.
        bias: Whether each filter has a bias.
        dimensions: The number of dimensions that a single `kernel_size` stands for.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range, or the groups do not divide the channels.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import conv_parameters
        >>> layer = torch.nn.Conv2d(6, 8, (3, 5), groups=2, bias=False)
        >>> sum(parameter.numel() for parameter in layer.parameters())
        360
        >>> conv_parameters(6, 8, (3, 5), groups=2, bias=False)  # 8 * 6/2 * 3*5
        360
        >>> conv_parameters(3, 64, 3), conv_parameters(3, 64, 3, dimensions=1)  # 64 * (3*9 + 1), 64 * (3*3 + 1)
        (1792, 640)

    Source:
        The shapes of `torch.nn.Conv2d`.
    """
    numbers = grouped(in_channels, out_channels, groups)
    kernel = _kernel(kernel_size, dimensions)
    letters = "F C g b " + lettered("K", len(kernel))
    return evaluate("parameters", _conv, letters, *numbers, int(flag("bias", bias)), *kernel)


def _conv(filters: Any, channels: Any, groups: Any, bias: Any, *kernel: Any) -> Any:
    return filters * (exact_quotient(channels, groups) * product(*kernel) + bias)


def conv_transpose_parameters(
    in_channels: int,
    out_channels: int,
    kernel_size: int | tuple[int, ...],
    *,
    groups: int = 1,
    bias: bool = True,
    dimensions: int = 2,
) -> int:
    r"""Count the parameters of a transposed convolution.

    Each of $C$ input channels has taps for the $F / g$ output channels of its group, and each output channel has
    $b = 1$ bias or none:

    $$C \cdot \frac{F}{g} \prod_d K_d + F b$$

    Args:
        in_channels: The number $C$ of input channels.
        out_channels: The number $F$ of output channels.
        kernel_size: The kernel size $K$ in every dimension, or one for each.
        groups: The number $g$ of groups; it must divide both numbers of channels.
        bias: Whether each output channel has a bias.
        dimensions: The number of dimensions that a single `kernel_size` stands for.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range, or the groups do not divide the channels.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import conv_transpose_parameters
        >>> layer = torch.nn.ConvTranspose2d(6, 8, (3, 5), groups=2)
        >>> sum(parameter.numel() for parameter in layer.parameters())
        368
        >>> conv_transpose_parameters(6, 8, (3, 5), groups=2)  # 6 * 8/2 * 3*5 + 8
        368
        >>> conv_transpose_parameters(3, 64, 3), conv_transpose_parameters(3, 64, 3, bias=False, dimensions=3)
        (1792, 5184)

    Source:
        The shapes of `torch.nn.ConvTranspose2d`.
    """
    numbers = grouped(in_channels, out_channels, groups)
    kernel = _kernel(kernel_size, dimensions)
    letters = "F C g b " + lettered("K", len(kernel))
    return evaluate("parameters", _conv_transpose, letters, *numbers, int(flag("bias", bias)), *kernel)


def _conv_transpose(filters: Any, channels: Any, groups: Any, bias: Any, *kernel: Any) -> Any:
    return channels * exact_quotient(filters, groups) * product(*kernel) + filters * bias


def grouped(in_channels: Any, out_channels: Any, groups: Any) -> tuple[int, int, int]:
    """Give filters, channels and groups, once they are seen to go together."""
    whole("in_channels", in_channels), whole("out_channels", out_channels), whole("groups", groups)
    for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
        if channels % groups:
            multiple = channels - channels % groups or groups
            fix = f"pass e.g. {name}={multiple} or groups=1"
            refuse(name, channels, f"must be divisible by groups ({groups})", fix)
    return out_channels, in_channels, groups


def _kernel(kernel_size: Any, count: Any) -> tuple[int, ...]:
    if whole("dimensions", count) > 3:
        refuse("dimensions", count, "must be at most 3", "pass e.g. dimensions=2")
    single = not isinstance(kernel_size, (tuple, list))
    return spread("kernel_size", kernel_size, count) if single else sizes_of("kernel_size", kernel_size)


def linear_parameters(in_features: int, out_features: int, *, bias: bool = True) -> int:
    r"""Count the parameters of a dense layer: $M (C + b)$ for $C$ inputs, $M$ outputs and $b = 1$ bias or none.

    Args:
        in_features: The number $C$ of inputs.
        out_features: The number $M$ of outputs.
        bias: Whether each output has a bias.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import linear_parameters
        >>> sum(parameter.numel() for parameter in torch.nn.Linear(30, 7).parameters())
        217
        >>> linear_parameters(30, 7), linear_parameters(30, 7, bias=False)  # 7 * (30 + 1), 7 * 30
        (217, 210)

    Source:
        The shapes of `torch.nn.Linear`.
    """
    whole("in_features", in_features), whole("out_features", out_features)
    return evaluate("parameters", _linear, "M C b", out_features, in_features, int(flag("bias", bias)))


def _linear(outputs: int, inputs: int, bias: int) -> int:
    return outputs * (inputs + bias)


def norm_parameters(shape: int | tuple[int, ...], *, affine: bool = True, bias: bool = True) -> int:
    r"""Count the parameters of a normalisation: $(1 + b) \prod_d C_d$, a scale and ($b = 1$) a shift for each entry.

    Args:
        shape: The number of channels, for batch, group and instance normalisation; the normalised shape, for layer
            and RMS normalisation.
        affine: Whether there are parameters at all.
        bias: Whether there is a shift beside the scale; RMS normalisation has none.

    Returns:
        The number of parameters. Running means and variances are not parameters.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import norm_parameters
        >>> layers = [torch.nn.BatchNorm2d(12), torch.nn.LayerNorm((4, 5), bias=False)]
        >>> [sum(parameter.numel() for parameter in layer.parameters()) for layer in layers]
        [24, 20]
        >>> norm_parameters(12), norm_parameters((4, 5), bias=False)
        (24, 20)

    Source:
        The shapes of `torch.nn.BatchNorm2d` and `torch.nn.LayerNorm`.
    """
    entries = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    if not entries:
        refuse("shape", shape, "must not be empty", "pass e.g. shape=64")
    for entry in entries:
        whole("shape", entry)
    each = 1 + flag("bias", bias) if flag("affine", affine) else 0
    letters = ["n"]
    letters.extend(["C"] * len(entries))
    return evaluate("parameters", product, " ".join(letters), each, *entries)


def embedding_parameters(num_embeddings: int, embedding_dim: int) -> int:
    r"""Count the parameters of an embedding: $V \cdot E$ for $V$ entries of $E$ numbers.

    Args:
        num_embeddings: The number $V$ of entries.
        embedding_dim: The length $E$ of an entry.

    Returns:
        The number of parameters.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import embedding_parameters
        >>> tuple(torch.nn.Embedding(1000, 16).weight.shape), embedding_parameters(1000, 16)  # 1000 * 16
        ((1000, 16), 16000)

    Source:
        The shape of `torch.nn.Embedding`.
    """
    numbers = whole("num_embeddings", num_embeddings), whole("embedding_dim", embedding_dim)
    return evaluate("parameters", product, "V E", *numbers)
