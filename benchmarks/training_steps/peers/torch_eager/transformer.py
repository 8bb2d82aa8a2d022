"""The encoder block of a transformer, which normalises first."""

from torch.nn import TransformerEncoderLayer

from benchmarks.training_steps.workloads import FEATURES, FEED_FORWARD, HEADS, Arrays


def network(arrays: Arrays) -> TransformerEncoderLayer:
    """Make it."""
    return TransformerEncoderLayer(
        FEATURES, HEADS, FEED_FORWARD, dropout=0.0, batch_first=True, norm_first=True
    )
