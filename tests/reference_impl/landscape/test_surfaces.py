"""Test surfaces: their values against their formulas in torch and scipy, and their minima."""

import math

import mpmath
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import rosen

from reference_impl import landscape
from reference_impl.autograd import grad
from reference_impl.landscape import beale, double_well, ravine, rosenbrock, saddle

ORACLES = {
    "ravine": lambda x, y, condition=25.0: 0.5 * x.square() + 0.5 * condition * y.square(),
    "saddle": lambda x, y: 0.5 * (x + y) * (x - y),
    "double_well": lambda x, y, tilt=0.5: x.pow(4) - 2 * x.square() + tilt * x + y.square(),
    "beale": lambda x, y: sum(
        (c - x + x * y.pow(k)).square() for k, c in enumerate((1.5, 2.25, 2.625), start=1)
    ),
    "rosenbrock": lambda x, y, bend=100.0: (1 - x).square() + bend * (y - x.square()).square(),
}
SETTINGS = {"ravine": "condition", "double_well": "tilt", "rosenbrock": "bend"}


@pytest.mark.parametrize("name", ORACLES)
def test_surfaces_agree_with_their_formulas(agreement, precision, name):
    with agreement(f"reference_impl.landscape.{name}", "its formula in torch", precision) as compare:

        @given(seed=seeds, number=st.none() | st.floats(0.5, 50.0))
        def drawn(seed, number):
            settings = {} if number is None or name not in SETTINGS else {SETTINGS[name]: number}

            def run(library, x, y):
                surface = ORACLES[name] if library.name == "the oracle" else getattr(landscape, name)
                return surface(x, y, **settings)

            compare(run, values(seed, (5,)), values(seed + 1, (5,)), sums=True)

        drawn()


def test_rosenbrock_is_scipys():
    for x, y in [(0.0, 0.0), (-1.5, 2.0), (3.0, 8.0)]:
        assert rosenbrock(x, y) == rosen([x, y])


@pytest.mark.parametrize(
    ("surface", "place", "value"),
    [
        (ravine, (0.0, 0.0), 0.0),
        (saddle, (0.0, 0.0), 0.0),
        (beale, (3.0, 0.5), 0.0),
        (rosenbrock, (1.0, 1.0), 0.0),
        (double_well, (0.93040, 0.0), -0.51675),
        (double_well, (-1.05745, 0.0), -1.51475),
    ],
)
def test_the_documented_points_are_stationary(surface, place, value):
    x, y = (torch.tensor(number, dtype=torch.float64) for number in place)
    assert round(surface(x, y).item(), 5) == value
    for number in (0, 1):
        slope = grad(lambda *at: surface(*at), number)(x, y).item()
        assert slope == pytest.approx(0, abs=1e-4)


@given(x=st.floats(-5, 5), y=st.floats(-5, 5))
def test_nothing_is_lower_than_the_minimum(x, y):
    assert min(ravine(x, y), beale(x, y), rosenbrock(x, y)) >= 0
    assert double_well(x, y) >= double_well(-1.0574538, 0.0) - 1e-9
    assert saddle(0.0, y) <= 0 <= saddle(x, 0.0)


@given(tilt=st.floats(-1.5, 1.5))
def test_the_wells_are_where_the_docstring_says(tilt):
    phi = mpmath.acos(-tilt * mpmath.sqrt(27) / 8) / 3
    for turn in (0, 1):
        x = 2 / mpmath.sqrt(3) * mpmath.cos(phi + turn * 2 * mpmath.pi / 3)
        here = double_well(x, mpmath.mpf(0), tilt)
        assert abs(4 * x**3 - 4 * x + tilt) < 1e-12
        assert 12 * x**2 - 4 > 0, "the curvature of a minimum"
        assert here < double_well(x + 1e-3, 0.0, tilt) and here < double_well(x - 1e-3, 0.0, tilt)


@pytest.mark.parametrize("surface", [ravine, saddle, double_well, beale, rosenbrock])
def test_nan_and_infinity_pass(surface):
    assert math.isnan(surface(math.nan, 1.0))
    assert surface(math.inf, 1.0) == math.inf or surface is beale, (
        "Beale's terms cancel: infinity less infinity"
    )


@pytest.mark.parametrize(
    ("surface", "name"), [(ravine, "condition"), (double_well, "tilt"), (rosenbrock, "bend")]
)
def test_settings_are_numbers(surface, name):
    with pytest.raises(TypeError, match=rf"`{name}` \(='3'\) must be a number; pass e.g. {name}="):
        surface(1.0, 2.0, "3")
