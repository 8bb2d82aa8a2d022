"""Ridge regression on a quadratic polynomial, the model of losses that is taken where none is given."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.kernels import row_blocks
from reference_impl.shift.precision import in_double
from reference_impl.shift.risk.training import Predict

PENALTY = 1e-4
"""The ridge, for each point, on standardised features."""
POINTS_FOR_EACH = 10
"""So many points for each coefficient are needed before products of two features are taken too."""


def quadratic_regression(points: Array, values: Array) -> Predict:
    """Fit values (n,) at points (n, d), and return the function that predicts at points (k, d), in float64."""
    xp = namespace(points)
    points, values = in_double(points), in_double(values)
    n, d = points.shape
    center = xp.mean(points, axis=0)
    spread = xp.sqrt(xp.mean((points - center) ** 2, axis=0))
    spread = xp.where(spread > 0, spread, xp.ones_like(spread))
    products = n >= POINTS_FOR_EACH * (1 + d * (d + 3) // 2)
    width = 1 + (d * (d + 3) // 2 if products else 2 * d)

    def features(block: Array) -> Array:
        z = (in_double(block) - center) / spread
        parts = [xp.ones_like(z[:, :1]), z]
        parts += [z[:, :1] * z] if d == 1 else []
        if d > 1:
            parts += [z[:, j : j + 1] * z[:, j:] for j in range(d)] if products else [z * z]
        return xp.concat(parts, axis=1)

    inner = xp.zeros((width, width), dtype=points.dtype, device=points.device)
    outer = xp.zeros((width,), dtype=points.dtype, device=points.device)
    for rows in row_blocks(n, width):
        block = features(points[rows, :])
        inner = inner + xp.matmul(xp.matrix_transpose(block), block)
        outer = outer + xp.matmul(values[rows], block)
    ridge = PENALTY * n * numpy.eye(width)
    ridge[0, 0] = 0.0
    coefficients = from_numpy(numpy.linalg.solve(to_numpy(inner) + ridge, to_numpy(outer)), like=inner)

    def predict(new: Array) -> Array:
        return xp.concat(
            [xp.matmul(features(new[rows, :]), coefficients) for rows in row_blocks(new.shape[0], width)]
        )

    return predict
