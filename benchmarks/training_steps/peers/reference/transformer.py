"""The encoder block of a transformer, which normalises first."""

from typing import Any

from benchmarks.training_steps.workloads import FEATURES, FEED_FORWARD, HEADS, Arrays
from reference_impl.layers import TransformerEncoderLayer


def network(arrays: Arrays, **options: Any) -> TransformerEncoderLayer:
    """Make it."""
    return TransformerEncoderLayer(
        FEATURES, HEADS, FEED_FORWARD, dropout=0.0, batch_first=True, norm_first=True, **options
    )
