"""Layers that draw: dropout of entries or channels, and noise."""

import numpy

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl._checks import check_at_least, check_generator, check_number, refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Dropping(Module):
    """Dropout; a subclass says of what."""

    function: str

    def __init__(self, p: float = 0.5, *, rng: numpy.random.Generator) -> None:
        check_number("p", p)
        if not 0 <= p <= 1:
            refuse("p", p, "must be from 0 to 1", "pass e.g. p=0.5")
        check_generator("rng", rng)
        self.p, self.rng = p, rng

    def forward(self, input: Tensor | Array) -> Tensor:
        """Drop in training; in evaluation, return the input."""
        return getattr(F, self.function)(input, self.p, self.training, rng=self.rng)

    def extra_repr(self) -> str:
        """Return the probability."""
        return f"p={self.p}"


class Dropout(Dropping):
    r"""Entries dropped at random in training, and the others scaled so that the expectation stays.

    $$y = \frac{k \, x}{1 - p} \text{ in training}, \qquad y = x \text{ in evaluation}$$

    The layer of [`dropout`][reference_impl.functional.dropout].

    Args:
        p: The probability that $k$ is 0 instead of 1, for each entry.
        rng: The generator that draws, anew in every call.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Dropout
        >>> x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
        >>> layer = Dropout(p=0.2, rng=np.random.default_rng(3))  # draws 0.09, 0.24, 0.8, 0.58, 0.09, 0.43
        >>> layer(x).tolist()  # those below 0.2 go; the others / 0.8
        [[0.0, 2.5, 3.75], [5.0, 0.0, 7.5]]
        >>> layer.eval()(x).tolist()
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]

    Source:
        Srivastava et al., [Dropout](https://jmlr.org/papers/v15/srivastava14a.html), JMLR 15, 2014.
    """

    function = "dropout"


class Dropout1d(Dropping):
    r"""Whole channels of sequences dropped at random in training, and the others scaled.

    $$y = \frac{k \, x}{1 - p} \text{ in training}, \qquad y = x \text{ in evaluation}$$

    The layer of [`dropout1d`][reference_impl.functional.dropout1d].

    Args:
        p: The probability that $k$ is 0 instead of 1, for each channel of each sample.
        rng: The generator that draws, anew in every call.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Dropout1d
        >>> x = torch.arange(1.0, 7.0).reshape(1, 3, 2)
        >>> layer = Dropout1d(p=0.2, rng=np.random.default_rng(3))  # draws 0.09, 0.24, 0.8
        >>> layer(x).tolist()  # kept channels / 0.8
        [[[0.0, 0.0], [3.75, 5.0], [6.25, 7.5]]]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """

    function = "dropout1d"


class Dropout2d(Dropping):
    r"""Whole channels of images dropped at random in training, and the others scaled.

    $$y = \frac{k \, x}{1 - p} \text{ in training}, \qquad y = x \text{ in evaluation}$$

    The layer of [`dropout2d`][reference_impl.functional.dropout2d].

    Three axes are one image, $(C, H, W)$. Torch 2.13 still takes them for sequences $(N, C, L)$, and warns that this
    will change.

    Args:
        p: The probability that $k$ is 0 instead of 1, for each channel of each sample.
        rng: The generator that draws, anew in every call.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Dropout2d
        >>> x = torch.arange(8.0).reshape(1, 2, 2, 2)
        >>> layer = Dropout2d(p=0.2, rng=np.random.default_rng(3))  # draws 0.09, 0.24
        >>> layer(x).tolist()  # kept channels / 0.8
        [[[[0.0, 0.0], [0.0, 0.0]], [[5.0, 6.25], [7.5, 8.75]]]]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """

    function = "dropout2d"


class Dropout3d(Dropping):
    r"""Whole channels of volumes dropped at random in training, and the others scaled.

    $$y = \frac{k \, x}{1 - p} \text{ in training}, \qquad y = x \text{ in evaluation}$$

    The layer of [`dropout3d`][reference_impl.functional.dropout3d].

    Args:
        p: The probability that $k$ is 0 instead of 1, for each channel of each sample.
        rng: The generator that draws, anew in every call.

    Raises:
        ValueError: `p` isn't from 0 to 1.
        TypeError: `p` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result alike.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import Dropout3d
        >>> x = torch.arange(3.0, 7.0).reshape(1, 4, 1, 1, 1)
        >>> layer = Dropout3d(p=0.6, rng=np.random.default_rng(3))  # draws 0.09, 0.24, 0.8, 0.58
        >>> layer(x).reshape(4).tolist()  # kept channels / 0.4
        [0.0, 0.0, 12.5, 0.0]

    Source:
        Tompson et al., [Efficient object localization using convolutional networks](https://arxiv.org/abs/1411.4280),
        CVPR 2015.
    """

    function = "dropout3d"


class GaussianNoise(Module):
    r"""Normal noise added to each entry in training.

    $$y = x + \sigma z, \qquad z_i \sim \mathcal N(0, 1)$$

    The layer of [`gaussian_noise`][reference_impl.functional.gaussian_noise]. torch has no such layer.

    Args:
        std: The standard deviation $\sigma$.
        rng: The generator that draws, anew in every call.

    Raises:
        ValueError: `std` is below 0.
        TypeError: `std` isn't a number, or `rng` isn't a generator.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl.layers import GaussianNoise
        >>> x, layer = torch.tensor([10.0, 20.0], dtype=torch.float64), GaussianNoise(0.5, rng=np.random.default_rng(3))
        >>> drawn = np.random.default_rng(3).normal(size=2)
        >>> layer(x).tolist() == (drawn * 0.5 + [10.0, 20.0]).tolist(), layer.eval()(x).tolist()
        (True, [10.0, 20.0])

    Source:
        Bishop, [Training with noise is equivalent to Tikhonov
        regularization](https://doi.org/10.1162/neco.1995.7.1.108), Neural Computation 7, 1995.
    """

    def __init__(self, std: float, *, rng: numpy.random.Generator) -> None:
        check_at_least("std", std, 0, 0.1)
        check_generator("rng", rng)
        self.std, self.rng = std, rng

    def forward(self, input: Tensor | Array) -> Tensor:
        """Add noise in training; in evaluation, return the input."""
        return F.gaussian_noise(input, self.std, self.training, rng=self.rng)

    def extra_repr(self) -> str:
        """Return the standard deviation."""
        return f"std={self.std}"
