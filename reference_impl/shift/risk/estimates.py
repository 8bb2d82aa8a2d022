"""An estimated risk with its standard error."""

from dataclasses import dataclass
from statistics import NormalDist

from reference_impl._checks import check_number, refuse


@dataclass(frozen=True)
class Risk:
    r"""An estimate $\hat R$ of a risk, with its standard error $s$ and intervals $\hat R \pm z s$.

    Args:
        estimate: The estimate $\hat R$.
        standard_error: The standard error $s$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import Risk
        >>> losses = torch.tensor([1.0, 2.0, 4.0, 5.0])
        >>> risk = Risk(losses.mean().item(), 0.5)
        >>> print(risk)
        3 ± 0.5 (95 % interval 2.02 to 3.98)
        >>> # 3 - 1.6449 * 0.5, and 3 + 1.6449 * 0.5
        >>> [round(end, 4) for end in risk.interval(0.9)]
        [2.1776, 3.8224]
    """

    estimate: float
    standard_error: float

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the ends of the normal interval that contains the risk with probability `level`, in large samples."""
        _check_level(level)
        reach = NormalDist().inv_cdf((1 + level) / 2) * self.standard_error
        return self.estimate - reach, self.estimate + reach

    def __str__(self) -> str:
        low, high = self.interval()
        ends = f"95 % interval {low:.3g} to {high:.3g}"
        return f"{self.estimate:.3g} ± {self.standard_error:.2g} ({ends})"


def _check_level(level: float) -> None:
    check_number("level", level, 0.95)
    if not 0 < level < 1:
        refuse("level", level, "must lie between 0 and 1", "pass e.g. level=0.95")
