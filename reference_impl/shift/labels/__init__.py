"""Label shift."""

from reference_impl.shift.labels.black_box import BBSE
from reference_impl.shift.labels.correction import correct_posteriors
from reference_impl.shift.labels.likelihood import MLLS
from reference_impl.shift.labels.optimal import OptimalMoments
from reference_impl.shift.labels.regularised import RLLS

__all__ = ["BBSE", "MLLS", "RLLS", "OptimalMoments", "correct_posteriors"]
