"""Numbers that say where in a sequence an entry stands."""

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_at_least, check_size
from reference_impl.autograd import Tensor


def sinusoidal_positions(
    length: int, d_model: int, base: float = 10000.0, *, like: Array | None = None
) -> Tensor:
    r"""Write each position as sines and cosines of wavelengths from $2 \pi$ to nearly `base` $\cdot\, 2 \pi$.

    $$P_{p, 2i} = \sin \frac{p}{b^{2i/d}}, \qquad P_{p, 2i+1} = \cos \frac{p}{b^{2i/d}}$$

    A shift of the position turns each pair by an angle, so it is a linear map of the row. NumPy computes the table in
    float64.

    Args:
        length: The number of positions $p$, from 0.
        d_model: The number of features $d$.
        base: The ratio $b$ of wavelengths.
        like: An array whose library, dtype and device the table takes; without it, it is a NumPy array of float32.

    Returns:
        The table $P$, a constant.

    Raises:
        ValueError: A size is below 1, or `base` is below 1.
        TypeError: A size isn't an int.

    Shape:
        result (`length`, `d_model`).

    Examples:
        With base 4, the second pair of features has half the frequency of the first: it is at 2 where that is at 1.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> table = F.sinusoidal_positions(3, 4, base=4.0, like=torch.zeros(()))
        >>> [round(entry, 3) for entry in table[1].tolist()]  # sin 1, cos 1, sin 1/2, cos 1/2
        [0.841, 0.54, 0.479, 0.878]
        >>> table.shape == (3, 4), table[2, 2:].tolist() == table[1, :2].tolist(), table[0].tolist()
        (True, True, [0.0, 1.0, 0.0, 1.0])
        >>> [round(entry, 6) for entry in F.sinusoidal_positions(2, 3)[-1].tolist()]  # sin 1, cos 1, sin 10000**(-2/3)
        [0.841471, 0.540302, 0.002154]

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017, section 3.5.
    """
    check_size("length", length)
    check_size("d_model", d_model)
    check_at_least("base", base, 1, example=10000.0)
    pairs = numpy.arange(0, d_model, 2)
    angles = numpy.arange(length)[:, None] / base ** (pairs / d_model)
    table = numpy.empty((length, d_model))
    table[:, 0::2] = numpy.sin(angles)
    table[:, 1::2] = numpy.cos(angles[:, : d_model // 2])
    return Tensor(from_numpy(table, numpy.empty((), numpy.float32) if like is None else like))
