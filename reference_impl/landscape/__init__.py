"""Losses of two parameters, the paths of optimizers on them, and their picture."""

from reference_impl.landscape.drawing import draw_paths
from reference_impl.landscape.paths import descend
from reference_impl.landscape.surfaces import beale, double_well, ravine, rosenbrock, saddle

__all__ = ["beale", "descend", "double_well", "draw_paths", "ravine", "rosenbrock", "saddle"]
