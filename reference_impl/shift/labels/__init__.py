"""Label shift."""

from reference_impl.shift.labels.black_box import BBSE
from reference_impl.shift.labels.correction import correct_posteriors
from reference_impl.shift.labels.likelihood import MLLS
from reference_impl.shift.labels.optimal import OptimalMoments

__all__ = ["BBSE", "MLLS", "OptimalMoments", "correct_posteriors"]
