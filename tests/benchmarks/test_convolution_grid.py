"""The benchmark of convolutions: both peers compute the same, and the table says whether limits hold."""

import numpy as np
import pytest

from benchmarks.convolution_grid.points import CHANNELS, PIXELS, POINTS, drawn
from benchmarks.convolution_grid.report import markdown
from benchmarks.convolution_grid.steps import OURS, STEPS, TORCH


def test_the_grid_goes_from_1_to_256_channels_and_7_to_56_pixels():
    assert len(set(POINTS)) == len(POINTS) == len(CHANNELS) * len(PIXELS)
    assert {channels for pair in (CHANNELS[0], CHANNELS[-1]) for channels in pair} == {1, 256}
    assert (min(PIXELS), max(PIXELS)) == (7, 56)


def test_both_compute_the_same():
    ours, theirs = (STEPS[peer](drawn(2, 3, 7))() for peer in (OURS, TORCH))
    for mine, wanted, shape in zip(ours, theirs, [(8, 3, 7, 7), (8, 2, 7, 7), (3, 2, 3, 3)], strict=True):
        assert mine.shape == wanted.shape == shape
        np.testing.assert_allclose(mine, wanted, rtol=1e-4, atol=1e-4)


def table(*ratios):
    rows = [
        {"point": [1, 16, 7], "milliseconds": {OURS: 3.0, TORCH: 1.5}, "ratio": ratio} for ratio in ratios
    ]
    grids = [{"threads": 2, "rows": rows}]
    return markdown({"measured": {"rounds": 11, "batch": 8, "grids": grids, "versions": {}}})


@pytest.mark.parametrize(
    ("ratios", "mean", "worst"),
    [
        ((2.0, 4.0), "2.83 (within", "4.00 (within"),
        ((1.0, 6.25), "2.50 (within", "6.25 (OVER"),
        ((4.0, 4.0), "4.00 (OVER", "4.00 (within"),
    ],
)
def test_the_table_says_whether_the_limits_were_kept(ratios, mean, worst):
    written = table(*ratios)
    assert f"Geometric mean {mean} the limit of 3.0), worst point {worst} the limit of 5.0)." in written
    assert "## 2 threads\n" in written
    assert f"| 1 → 16 | 7×7 | 3.00 | 1.50 | {ratios[1]:.2f} | {worst.split('(')[1]} |" in written
