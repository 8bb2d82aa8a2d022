"""Settings that are checked when they are given: what learns from a stream has no `fit` that everything begins with."""

from typing import Any, Self

from reference_impl.shift.estimator import Estimator, clone


class StreamEstimator(Estimator):
    """An estimator whose `__init__` checks its settings; so does `set_params`, which keeps what was read."""

    def set_params(self, **params: Any) -> Self:
        """Change settings by name, if all are allowed, and return the estimator; what was read is kept."""
        clone(Estimator.set_params(clone(self), **params))
        return super().set_params(**params)
