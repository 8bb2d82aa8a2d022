"""The six colours of the figures can be read and told apart, in light and dark and by colour-blind readers."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

SHEET = Path(__file__).resolve().parents[2] / "sitebuild" / "styles" / "10-colours.css"
SCHEMES = ("default", "slate")

# Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", full severity, on linear RGB.
VISION = {
    "full": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
XYZ = np.array([[0.4124, 0.3576, 0.1805], LUMINANCE, [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    """Turn `#rrggbb` into linear RGB."""
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours."""
    low, high = sorted(float(linear(colour) @ LUMINANCE) + 0.05 for colour in (one, other))
    return high / low


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIELAB coordinates, in which distances are about what the eye sees."""
    cube = XYZ @ np.clip(rgb, 0, 1) / (XYZ @ np.ones(3))
    x, y, z = np.where(cube > 0.008856, np.cbrt(cube), 7.787 * cube + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def colours(scheme: str) -> tuple[list[str], str]:
    """The figures' colours and the page's background in one scheme."""
    rules = SHEET.read_text("utf-8").split(f'[data-md-color-scheme="{scheme}"]')[1].split("}")[0]
    return re.findall(r"--figure-c\d: (#\w{6});", rules), re.findall(
        r"--md-default-bg-color: (#\w{6});", rules
    )[0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_can_be_read(scheme: str) -> None:
    """Curves are labelled in their own colour, so each has the contrast that text needs."""
    cycle, background = colours(scheme)
    assert len(cycle) == 6
    assert min(contrast(colour, background) for colour in cycle) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISION)
def test_any_two_can_be_told_apart(scheme: str, vision: str) -> None:
    """No two are closer than the closest pair of Okabe and Ito's palette."""
    seen = [lab(VISION[vision] @ linear(colour)) for colour in colours(scheme)[0]]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) >= 15
