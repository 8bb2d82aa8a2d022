"""Convolution layers."""

from reference_impl.layers.convolving import Convolution


class Conv1d(Convolution):
    r"""A convolution of sequences, with kernels that are learned.

    $$y_o = b_o + \sum_c w_{o,c} \star x_c$$

    The layer of [`conv1d`][reference_impl.functional.conv1d]. At first, as in torch, all entries of $w$ and $b$ are
    drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$, where $n$ inputs contribute to an output.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have.
        stride: The distance of two windows.
        padding: How many entries stand on each side: one number, one for each axis, one pair `(before, after)` for each
            axis, `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance of two taps.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        padding_mode: What the padding holds: `"zeros"`, or entries of the input as
            [`pad`][reference_impl.functional.pad] takes them with `"reflect"`, `"replicate"` or `"circular"`.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, or `groups` doesn't divide the channels.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$, `weight` $(O, C/G, K)$, `bias` $(O)$; result
        $(N, O, L')$ or $(O, L')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Conv1d
        >>> x, rng = torch.arange(10.0).reshape(1, 2, 5), np.random.default_rng(0)
        >>> layer = Conv1d(2, 4, kernel_size=3, stride=2, padding=1, groups=2, bias=False, rng=rng, like=x)
        >>> layer
        Conv1d(2, 4, kernel_size=(3,), stride=(2,), padding=(1,), groups=2, bias=False)
        >>> layer.weight.shape, layer(x).shape  # 4 kernels for 2 / 2 channels; (5 + 2 - 3) // 2 + 1 = 3
        ((4, 1, 3), (1, 4, 3))
        >>> layer.load_state_dict({"weight": torch.tensor([[1.0, 2.0, 3.0]] * 4)[:, None]})
        >>> layer(x)[0, 3].tolist()  # 2*5 + 3*6, 6 + 2*7 + 3*8, 8 + 2*9
        [28.0, 44.0, 26.0]
    """

    axes = 1


class Conv2d(Convolution):
    r"""A convolution of images, with kernels that are learned.

    $$y_o = b_o + \sum_c w_{o,c} \star x_c$$

    The layer of [`conv2d`][reference_impl.functional.conv2d]. At first, as in torch, all entries of $w$ and $b$ are
    drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$, where $n$ inputs contribute to an output.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have, along every axis or along each.
        stride: The distance of two windows, or one for each axis.
        padding: How many entries stand on each side: one number, one for each axis, one pair `(before, after)` for each
            axis, `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance of two taps, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        padding_mode: What the padding holds: `"zeros"`, or entries of the input as
            [`pad`][reference_impl.functional.pad] takes them with `"reflect"`, `"replicate"` or `"circular"`.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, or `groups` doesn't divide the channels.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$, `weight` $(O, C/G, K_1, K_2)$, `bias` $(O)$; result
        $(N, O, H', W')$ or $(O, H', W')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Conv2d
        >>> x, rng = torch.arange(6.0).reshape(1, 2, 3), np.random.default_rng(0)
        >>> layer = Conv2d(1, 1, kernel_size=(1, 2), padding=(0, 1), padding_mode="circular", rng=rng, like=x)
        >>> layer.load_state_dict({"weight": torch.tensor([[[[1.0, 10.0]]]]), "bias": torch.tensor([0.5])})
        >>> layer(x).tolist()  # each row between its last and its first entry: 2 0 1 2 0 and 5 3 4 5 3
        [[[2.5, 10.5, 21.5, 2.5], [35.5, 43.5, 54.5, 35.5]]]
    """

    axes = 2


class Conv3d(Convolution):
    r"""A convolution of volumes, with kernels that are learned.

    $$y_o = b_o + \sum_c w_{o,c} \star x_c$$

    The layer of [`conv3d`][reference_impl.functional.conv3d]. At first, as in torch, all entries of $w$ and $b$ are
    drawn uniformly from $[-1/\sqrt n, 1/\sqrt n]$, where $n$ inputs contribute to an output.

    Args:
        in_channels: The number $C$ of channels that go in.
        out_channels: The number $O$ of channels that come out.
        kernel_size: How many taps the kernels have, along every axis or along each.
        stride: The distance of two windows, or one for each axis.
        padding: How many entries stand on each side: one number, one for each axis, one pair `(before, after)` for each
            axis, `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance of two taps, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.
        bias: Whether there is a vector $b$.
        padding_mode: What the padding holds: `"zeros"`, or entries of the input as
            [`pad`][reference_impl.functional.pad] takes them with `"reflect"`, `"replicate"` or `"circular"`.
        rng: The generator that draws the first values.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The kernels $w$.
        bias: The vector $b$, or None.

    Raises:
        ValueError: A number is out of range, or `groups` doesn't divide the channels.
        TypeError: A number isn't an int, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$, `weight` $(O, C/G, K_1, K_2, K_3)$, `bias` $(O)$; result
        $(N, O, D', H', W')$ or $(O, D', H', W')$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Conv3d
        >>> x, rng = torch.tensor([[[[0.0, 1.0, 2.0]], [[3.0, 4.0, 5.0]]]]), np.random.default_rng(0)
        >>> layer = Conv3d(1, 2, kernel_size=(2, 1, 2), padding="same", dilation=(1, 1, 2), rng=rng, like=x)
        >>> layer
        Conv3d(1, 2, kernel_size=(2, 1, 2), stride=(1, 1, 1), padding=same, dilation=(1, 1, 2))
        >>> layer.load_state_dict({"weight": torch.ones(2, 1, 2, 1, 2), "bias": torch.tensor([0.0, 0.5])})
        >>> layer(x).tolist()  # left and right neighbours in both layers, then in the second alone; 0.5 more
        [[[[5.0, 10.0, 5.0]], [[4.0, 8.0, 4.0]]], [[[5.5, 10.5, 5.5]], [[4.5, 8.5, 4.5]]]]
    """

    axes = 3
