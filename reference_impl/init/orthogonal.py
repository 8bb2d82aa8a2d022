"""Orthogonal matrices."""

import math

import numpy

from reference_impl._checks import check_generator, refuse
from reference_impl.autograd import Tensor
from reference_impl.init.plain import filled


def orthogonal_(tensor: Tensor, gain: float = 1.0, *, rng: numpy.random.Generator) -> Tensor:
    r"""Fill a weight with an orthogonal matrix, drawn uniformly from all of them, in place.

    $$W W^\top = g^2 I \quad \text{or, for more rows than columns,} \quad W^\top W = g^2 I$$

    It is the factor $Q$ of a matrix of normal numbers, with signs such that $R$ has a positive diagonal. Axes after the
    first are flattened.

    Args:
        tensor: The weight to fill.
        gain: The factor $g$.
        rng: The generator that draws.

    Returns:
        The weight.

    Raises:
        ValueError: The weight has fewer than 2 axes.
        TypeError: `rng` isn't a generator.

    Shape:
        `tensor` (outputs, inputs, *).

    Examples:
        >>> import numpy as np
        >>> import torch
        >>> from reference_impl import init
        >>> from reference_impl.autograd import Tensor
        >>> weight = init.orthogonal_(Tensor(torch.zeros(2, 5)), gain=3.0, rng=np.random.default_rng(0))
        >>> weight.shape, [[round(entry, 4) for entry in row] for row in (weight @ weight.mT).data.abs().tolist()]
        ((2, 5), [[9.0, 0.0], [0.0, 9.0]])
        >>> weight = init.orthogonal_(weight, rng=np.random.default_rng(0))
        >>> round((weight * weight).sum().item(), 4)  # two rows of length 1
        2.0

    Source:
        Saxe, McClelland and Ganguli, [Exact solutions to the nonlinear dynamics of learning in deep linear neural
        networks](https://arxiv.org/abs/1312.6120), ICLR 2014; Mezzadri, [How to generate random matrices from the
        classical compact groups](https://arxiv.org/abs/math-ph/0609050), 2007, on the signs.
    """
    check_generator("rng", rng)
    shape = tuple(tensor.shape)
    if len(shape) < 2:
        refuse("tensor.shape", shape, "must have at least 2 axes", "use normal_ for a vector")
    rows, columns = shape[0], math.prod(shape[1:])
    drawn = rng.normal(size=(rows, columns))
    q, r = numpy.linalg.qr(drawn.T if rows < columns else drawn)
    q = q * numpy.sign(numpy.diagonal(r))
    return filled(tensor, gain * numpy.reshape(q.T if rows < columns else q, shape))
