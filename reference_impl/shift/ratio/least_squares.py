"""Least squares for a density ratio that is linear in given features, and its exact leave-one-out score."""

import math
from collections.abc import Sequence
from typing import Any, NoReturn

from reference_impl._array import Array, common_namespace, device, namespace
from reference_impl._checks import check_fraction, check_number, refuse
from reference_impl.shift.kernels import row_blocks
from reference_impl.shift.precision import in_double
from reference_impl.shift.ratio.products import Products, Sums
from reference_impl.shift.samples import read_points


class Moments:
    """Sums over both samples, added up block by block in float64: all that the coefficients need."""

    def __init__(self, alpha: float) -> None:
        self.alpha = alpha
        self.source, self.target = Products(), Products() if alpha else Sums()

    def mixture(self, left_out: int = 0) -> Array:
        """Return alpha H_target + (1 - alpha) H_source, each divided by its number of points less `left_out`."""
        found = self.source.total() * ((1 - self.alpha) / (self.source.points - left_out))
        if isinstance(self.target, Products):
            found = found + self.target.total() * (self.alpha / (self.target.points - left_out))
        return found

    def reaches_the_source(self) -> bool:
        """Say whether any feature is above zero at any source point."""
        total = self.source.total()
        return bool(namespace(total).any(total != 0))

    def solve(self, penalty: float) -> Array:
        """Return the coefficients, in float64."""
        mixture = self.mixture()
        xp = namespace(mixture)
        ridge = penalty * xp.eye(mixture.shape[0], dtype=xp.float64, device=device(mixture))
        return xp.linalg.solve(mixture + ridge, self.target.mean()[:, None])[:, 0]


class LeaveOneOut:
    """The exact scores of all penalties from one eigendecomposition.

    With M = alpha H_target m / (m - 1) + (1 - alpha) H_source n / (n - 1) + penalty I, leaving out a source point with
    the features f and a target point with the features g gives M - a f f' - c g g'. The values of the ratio there,
    y = f' theta and z = g' theta, follow from two linear equations whose terms are sums over the eigenvectors.
    """

    def __init__(self, moments: Moments, penalties: Sequence[float]) -> None:
        xp = namespace(moments.target.mean())
        self.moments = moments
        eigenvalues, self.basis = xp.linalg.eigh(moments.mixture(left_out=1))
        eigenvalues = xp.where(eigenvalues > 0, eigenvalues, xp.zeros_like(eigenvalues))
        ridges = xp.asarray(list(penalties), dtype=xp.float64, device=device(eigenvalues))
        self.inverse = 1 / (eigenvalues[:, None] + ridges[None, :])
        projected = xp.matmul(xp.matrix_transpose(self.basis), moments.target.mean()[:, None])
        self.solution = self.inverse * projected
        self.basis_as: dict[Any, tuple[Array, Array, Array]] = {}

    def total(self, source: Array, target: Array) -> Array:
        """Return the sum of the losses at pairs of left-out points (rows), for each penalty."""
        xp = namespace(source)
        if source.dtype not in self.basis_as:
            parts = (self.basis, self.inverse, self.solution)
            self.basis_as[source.dtype] = tuple(xp.astype(part, source.dtype) for part in parts)
        basis, inverse, solution = self.basis_as[source.dtype]
        alpha, m = self.moments.alpha, self.moments.target.points
        a, c = (1 - alpha) / (self.moments.source.points - 1), alpha / (m - 1)

        f, g = xp.matmul(source, basis), xp.matmul(target, basis)
        ff, fg, gg = (xp.astype(xp.matmul(one, inverse), xp.float64) for one in (f * f, f * g, g * g))
        fh, gh = (xp.astype(xp.matmul(one, solution), xp.float64) for one in (f, g))
        y, z = (m * fh - fg) / (m - 1), (m * gh - gg) / (m - 1)
        if alpha:
            determinant = (1 - a * ff) * (1 - c * gg) - a * c * fg * fg
            y, z = (
                ((1 - c * gg) * y + c * fg * z) / determinant,
                ((1 - a * ff) * z + a * fg * y) / determinant,
            )
        else:
            y = y / (1 - a * ff)
            z = z + a * fg * y
        y, z = xp.where(y > 0, y, xp.zeros_like(y)), xp.where(z > 0, z, xp.zeros_like(z))
        loss = (1 - alpha) / 2 * y * y - z
        return xp.sum(loss + alpha / 2 * z * z if alpha else loss, axis=0)


def ulsif(source_features: Array, target_features: Array, penalty: float, alpha: float = 0.0) -> Array:
    r"""Compute the coefficients of a density ratio that is linear in given features, by penalised least squares.

    With $H = \frac{\alpha}{m} \sum_j \psi_j \psi_j^\top + \frac{1 - \alpha}{n} \sum_i \varphi_i \varphi_i^\top$ and
    $h = \frac{1}{m} \sum_j \psi_j$, where $\varphi_i$ are the features of source points and $\psi_j$ those of target
    points,

    $$\theta = \arg\min_\theta \; \tfrac12 \theta^\top H \theta - h^\top \theta + \tfrac\lambda2 \lVert\theta\rVert^2
    = (H + \lambda I)^{-1} h$$

    The ratio at a point with the features $\varphi$ is $\max(0, \varphi^\top \theta)$: its output is clipped, not the
    coefficients. For $\alpha = 0$ it estimates $p/q$ (uLSIF), otherwise $p / (\alpha p + (1 - \alpha) q)$ (RuLSIF).

    Args:
        source_features: The features $\varphi_i$ of the source points.
        target_features: The features $\psi_j$ of the target points.
        penalty: The penalty $\lambda$ on the squared coefficients, above 0.
        alpha: The share $\alpha$ of the target in the mixture that the ratio is relative to, below 1.

    Returns:
        The coefficients $\theta$, solved in float64.

    Raises:
        ValueError: A feature isn't finite, the samples differ in their features, all of them are zero at every source
            point, `penalty` isn't above 0 or `alpha` isn't in $[0, 1)$.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        `source_features` $(n, b)$, `target_features` $(m, b)$, the coefficients $(b)$.

    Examples:
        One feature: $H = (1 + 9)/2 = 5$, or half of that and half of the target's 9, which makes 7. $h = 3$.

        >>> import torch
        >>> from reference_impl.shift import ulsif
        >>> source, target = torch.tensor([[1.0], [3.0]]), torch.tensor([[3.0]])
        >>> ulsif(source, target, penalty=1.0).tolist()  # 3 / (5 + 1)
        [0.5]
        >>> ulsif(source, target, penalty=5.0, alpha=0.5).tolist()  # 3 / (7 + 5)
        [0.25]

    Source:
        Kanamori, Hido, Sugiyama, A Least-squares Approach to Direct Importance Estimation, JMLR 10, 2009; with alpha
        Yamada et al., Relative Density-Ratio Estimation for Robust Distribution Comparison, NeurIPS 2011.
    """
    check_penalty("penalty", penalty)
    source, target = read_features(source_features, target_features, least=1)
    return namespace(source).astype(_moments(source, target, alpha).solve(penalty), source.dtype)


def ulsif_leave_one_out(
    source_features: Array, target_features: Array, penalties: Sequence[float], alpha: float = 0.0
) -> Array:
    r"""Compute the leave-one-out score of [`ulsif`][reference_impl.shift.ulsif], exactly, for many penalties at once.

    For each pair $i$ of a source and a target point, $\theta^{(i)}$ are the coefficients without both:

    $$\frac1N \sum_{i=1}^{N} \frac{1 - \alpha}{2} \hat r(\varphi_i)^2 + \frac\alpha2 \hat r(\psi_i)^2 - \hat r(\psi_i)$$

    $$\hat r(\varphi) = \max(0, \varphi^\top \theta^{(i)}), \qquad N = \min(n, m)$$

    Nothing is solved $N$ times. With $a = \frac{1 - \alpha}{n - 1}$ and $c = \frac{\alpha}{m - 1}$, leaving out a pair
    takes $a \varphi \varphi^\top + c \psi \psi^\top$ from
    $M = a \sum_i \varphi_i \varphi_i^\top + c \sum_j \psi_j \psi_j^\top + \lambda I$. So
    $y = \varphi^\top \theta^{(i)}$ and $z = \psi^\top \theta^{(i)}$ solve

    $$\begin{aligned}
    (1 - a \, \varphi^\top M^{-1} \varphi) \, y - c \, \varphi^\top M^{-1} \psi \, z &= \varphi^\top M^{-1} h^{(i)} \\
    - a \, \psi^\top M^{-1} \varphi \, y + (1 - c \, \psi^\top M^{-1} \psi) \, z &= \psi^\top M^{-1} h^{(i)}
    \end{aligned}$$

    with $h^{(i)} = (m h - \psi) / (m - 1)$. One eigendecomposition of $M - \lambda I$ serves every $\lambda$.

    Args:
        source_features: The features $\varphi_i$ of the source points.
        target_features: The features $\psi_j$ of the target points. Row $i$ is left out together with row $i$ of the
            source; rows beyond the shorter sample are never left out.
        penalties: The penalties $\lambda$, above 0.
        alpha: The share $\alpha$ of the target in the mixture, below 1.

    Returns:
        The score of each penalty, in float64; the least is the best.

    Raises:
        ValueError: As for `ulsif`, or a sample has fewer than two points, or there are no penalties.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        `source_features` $(n, b)$, `target_features` $(m, b)$, the scores (number of penalties).

    Examples:
        Without the first pair, $\theta = 4 / (9 + 1) = 0.4$, and it loses $(1 \cdot 0.4)^2 / 2 - 2 \cdot 0.4 = -0.72$.
        Without the second, $\theta = 2 / (1 + 1) = 1$, and it loses $(3 \cdot 1)^2 / 2 - 4 \cdot 1 = 0.5$.

        >>> import torch
        >>> from reference_impl.shift import ulsif_leave_one_out
        >>> source = torch.tensor([[1.0], [3.0]])
        >>> target = torch.tensor([[2.0], [4.0]])
        >>> scores = ulsif_leave_one_out(source, target, penalties=[1.0, 3.0])
        >>> # (-0.72 + 0.5) / 2, and the same for 3
        >>> [round(score, 6) for score in scores.tolist()]
        [-0.11, -0.743056]

    Source:
        Kanamori, Hido, Sugiyama, A Least-squares Approach to Direct Importance Estimation, JMLR 10, 2009. The form for
        both samples follows from the Sherman–Morrison–Woodbury formula.
    """
    penalties = check_penalties(penalties)
    source, target = read_features(source_features, target_features, least=2)
    left_out = LeaveOneOut(_moments(source, target, alpha), penalties)
    pairs = min(source.shape[0], target.shape[0])
    total: Any = 0.0
    for rows in row_blocks(pairs, source.shape[1]):
        total = total + left_out.total(in_double(source[rows, :]), in_double(target[rows, :]))
    return namespace(source).astype(total / pairs, source.dtype)


def check_penalty(name: str, value: Any) -> None:
    """Raise unless `value` is a finite number above 0."""
    check_number(name, value)
    if not 0 < value < math.inf:
        refuse(name, value, "must be above 0 and finite", f"pass e.g. {name}=0.1")


def check_penalties(values: Any) -> tuple[float, ...]:
    """Return the penalties as floats, once there are some and all are above 0."""
    if not isinstance(values, Sequence) or not values:
        refuse(
            "penalties", values, "must be a sequence of numbers", "pass e.g. penalties=(0.01, 0.1)", TypeError
        )
    for value in values:
        check_penalty("penalties", value)
    return tuple(map(float, values))


def read_features(source: Array, target: Array, least: int) -> tuple[Array, Array]:
    """Return the features of both samples as (points, features), once they agree and some source point has any."""
    source = read_points("source_features", source, least=least)
    common_namespace((source, target))
    target = read_points("target_features", target, least=least, features=source.shape[1])
    xp = namespace(source)
    if not bool(xp.any(source != 0)):
        refuse_unreached("source_features", f"of shape {tuple(source.shape)}")
    return source, target


def refuse_unreached(name: str, value: Any) -> NoReturn:
    """Raise because no feature is above zero at any source point."""
    rule = "has only features that are zero at every source point, so nothing is known about the ratio there"
    refuse(name, value, rule, "use wider kernels, or collect a source that covers the target")


def _moments(source: Array, target: Array, alpha: float) -> Moments:
    check_fraction("alpha", alpha, 0.1)
    moments = Moments(alpha)
    for rows in row_blocks(*source.shape):
        moments.source.add(in_double(source[rows, :]))
    for rows in row_blocks(*target.shape):
        moments.target.add(in_double(target[rows, :]))
    return moments
