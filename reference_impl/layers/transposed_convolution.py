"""Transposed convolution layers."""

from reference_impl.layers.convolving import TransposedConvolution


class ConvTranspose1d(TransposedConvolution):
    r"""A transposed convolution to sequences, with kernels that are learned.

    As a linear map it is the transpose of a convolution's, $y = w^\top x + b$. Called with an `output_size`, it chooses
    the output padding that gives this size.

    The layer of [`conv_transpose1d`][reference_impl.functional.conv_transpose1d]. At first, as in torch, all entries
    of $w$ and $b$ are drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$ with $n = K \, O / G$.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have.
        stride: The distance of two kernels in the result.
        padding: How many outputs are cut off on each side.
        output_padding: How many outputs stand at the end beyond the last kernel.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        dilation: The distance of two taps.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$, with the input channels first.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, `groups` doesn't divide the channels, or no output padding gives
            `output_size`.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$, `weight` $(C, O/G, K)$, `bias` $(O)$; result
        $(N, O, L')$ or $(O, L')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import ConvTranspose1d
        >>> x, rng = torch.tensor([[1.0, 10.0]]), np.random.default_rng(0)
        >>> layer = ConvTranspose1d(1, 2, kernel_size=3, stride=2, padding=1, rng=rng, like=x)
        >>> weight, bias = torch.tensor([[[1.0, 2.0, 3.0], [1.0, 0.0, 0.0]]]), torch.zeros(2)
        >>> layer.load_state_dict({"weight": weight, "bias": bias})
        >>> layer(x).tolist()  # 1, 2, 3 + 10, 20, 30 without the ends
        [[2.0, 13.0, 20.0], [0.0, 10.0, 0.0]]
        >>> layer(x, output_size=4)[0].tolist()
        [2.0, 13.0, 20.0, 30.0]
    """

    axes = 1


class ConvTranspose2d(TransposedConvolution):
    r"""A transposed convolution to images, with kernels that are learned.

    As a linear map it is the transpose of a convolution's, $y = w^\top x + b$. Called with an `output_size`, it chooses
    the output padding that gives this size.

    The layer of [`conv_transpose2d`][reference_impl.functional.conv_transpose2d]. At first, as in torch, all entries
    of $w$ and $b$ are drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$ with $n = K_1 K_2 \, O / G$.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have, along every axis or along each.
        stride: The distance of two kernels in the result, or one for each axis.
        padding: How many outputs are cut off on each side, or one for each axis.
        output_padding: How many outputs stand at the end beyond the last kernel, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        dilation: The distance of two taps, or one for each axis.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$, with the input channels first.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, `groups` doesn't divide the channels, or no output padding gives
            `output_size`.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$, `weight` $(C, O/G, K_1, K_2)$, `bias` $(O)$; result
        $(N, O, H', W')$ or $(O, H', W')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import ConvTranspose2d
        >>> x, rng = torch.tensor([[[1.0, 10.0]]]), np.random.default_rng(0)
        >>> layer = ConvTranspose2d(1, 2, (2, 1), stride=2, output_padding=(0, 1), bias=False, rng=rng, like=x)
        >>> layer
        ConvTranspose2d(1, 2, kernel_size=(2, 1), stride=(2, 2), output_padding=(0, 1), bias=False)
        >>> layer.load_state_dict({"weight": torch.tensor([[[[1.0], [2.0]], [[3.0], [4.0]]]])})
        >>> layer(x).tolist()  # the columns 1, 2 and 3, 4, times 1 and 10
        [[[1.0, 0.0, 10.0, 0.0], [2.0, 0.0, 20.0, 0.0]], [[3.0, 0.0, 30.0, 0.0], [4.0, 0.0, 40.0, 0.0]]]
    """

    axes = 2


class ConvTranspose3d(TransposedConvolution):
    r"""A transposed convolution to volumes, with kernels that are learned.

    As a linear map it is the transpose of a convolution's, $y = w^\top x + b$. Called with an `output_size`, it chooses
    the output padding that gives this size.

    The layer of [`conv_transpose3d`][reference_impl.functional.conv_transpose3d]. At first, as in torch, all entries
    of $w$ and $b$ are drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$ with $n = K_1 K_2 K_3 \, O / G$.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have, along every axis or along each.
        stride: The distance of two kernels in the result, or one for each axis.
        padding: How many outputs are cut off on each side, or one for each axis.
        output_padding: How many outputs stand at the end beyond the last kernel, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        dilation: The distance of two taps, or one for each axis.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$, with the input channels first.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, `groups` doesn't divide the channels, or no output padding gives
            `output_size`.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$, `weight` $(C, O/G, K_1, K_2, K_3)$, `bias` $(O)$; result
        $(N, O, D', H', W')$ or $(O, D', H', W')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import ConvTranspose3d
        >>> x, rng = torch.tensor([1.0, 10.0]).reshape(2, 1, 1, 1), np.random.default_rng(0)
        >>> layer = ConvTranspose3d(2, 2, (1, 1, 2), stride=3, groups=2, dilation=2, rng=rng, like=x)
        >>> layer.load_state_dict({"weight": torch.tensor([[[[[1.0, 2.0]]]]] * 2), "bias": torch.tensor([0.0, 0.5])})
        >>> layer(x).tolist()  # each entry, nothing, and twice the entry
        [[[[1.0, 0.0, 2.0]]], [[[10.5, 0.5, 20.5]]]]
    """

    axes = 3
