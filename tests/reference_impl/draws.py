"""What the tests draw: shapes, and values from a seed."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
scales = st.sampled_from([1e-3, 1.0, 20.0])
reductions = st.sampled_from(["mean", "sum", "none"])


def shapes(least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[int, ...]]:
    """Draw a shape with at least `least` and at most `most` axes."""
    return st_numpy.array_shapes(min_dims=least, max_dims=most, min_side=1, max_side=5)


def values(seed: int, shape: tuple[int, ...], scale: float = 1.0) -> np.ndarray:
    """Draw normal values, every fourth of them an exact zero."""
    rng = np.random.default_rng(seed)
    return np.where(rng.random(shape) < 0.25, 0.0, scale * rng.standard_normal(shape))
