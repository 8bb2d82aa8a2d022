"""What is timed: a 3×3 convolution with padding 1 and both of its gradients, in float32, for 8 images."""

from itertools import product

import numpy as np

CHANNELS = [(1, 1), (1, 16), (4, 4), (16, 16), (64, 64), (256, 256)]
PIXELS = [7, 14, 28, 56]
POINTS = [(into, out, pixels) for (into, out), pixels in product(CHANNELS, PIXELS)]
BATCH, KERNEL, PADDING = 8, 3, 1


def drawn(into: int, out: int, pixels: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw images, kernels and the gradient that is carried back."""
    rng = np.random.default_rng(0)
    shapes = [(BATCH, into, pixels, pixels), (out, into, KERNEL, KERNEL), (BATCH, out, pixels, pixels)]
    x, weight, gradient = (rng.standard_normal(shape, dtype=np.float32) for shape in shapes)
    return x, weight, gradient
