"""Streams of several kinds, and walks of a detector over them."""

import numpy as np
from hypothesis import strategies as st

KINDS = ["calm", "jump", "drift", "bursts", "zeros", "ones", "alternating"]
kinds = st.sampled_from(KINDS)


def zeros_and_ones(kind, seed, length):
    rng = np.random.default_rng(seed)
    steps = np.arange(length)
    rate = {
        "calm": np.full(length, rng.random()),
        "jump": np.where(steps < length // 2, rng.random(), rng.random()),
        "drift": np.linspace(rng.random(), rng.random(), length),
        "bursts": np.repeat(rng.random(length // 40 + 1), 40)[:length],
        "zeros": np.zeros(length),
        "ones": np.ones(length),
        "alternating": steps % 2,
    }[kind]
    return (rng.random(length) < rate).astype(np.float64)


def numbers(kind, seed, length):
    """Draw a stream of real numbers around the rates of one of zeros and ones, far from 0."""
    rng = np.random.default_rng([seed, 1])
    if kind == "drift":
        return np.cumsum(rng.normal(0, 0.1, length))
    return 20 + 4 * zeros_and_ones(kind, seed, length) + rng.normal(0, 0.5, length)


def in_pieces(detector, stream, borders):
    """Read a stream in pieces that end at these shares of it; return all alarms."""
    ends = sorted(int(border * len(stream)) for border in borders)
    alarms = []
    for start, end in zip([0, *ends], [*ends, len(stream)], strict=True):
        alarms += [start + alarm for alarm in detector.detect(stream[start:end])]
    return alarms


def one_by_one(detector, stream):
    return [step for step, value in enumerate(stream.tolist()) if detector.update(value)]


borders = st.lists(st.floats(0, 1), max_size=4)
