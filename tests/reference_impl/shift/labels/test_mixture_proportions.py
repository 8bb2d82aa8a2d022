"""The proportions of a mixture: agreement with slow EM, the residual as a bound, hard problems, bad input."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from mixture_oracles import apart, either, expectation_maximisation

from reference_impl.shift import ShiftWarning, maximise_on_simplex
from reference_impl.shift.ascent import accelerated_ascent
from reference_impl.shift.mixture import Mixture

few = settings(max_examples=8 if settings.default.max_examples <= 50 else 100)
NAME = "reference_impl.shift.maximise_on_simplex"


def value(likelihoods, proportions):
    return float(np.mean(np.log(likelihoods @ proportions)))


def test_proportions_agree_with_slow_expectation_maximisation(agreement, precision):
    with agreement(NAME, "400 passes of EM in longdouble", precision) as compare:

        @few
        @given(seed=seeds, components=st.integers(1, 5), points=st.integers(10, 30))
        def drawn(seed, components, points):
            counts = np.random.default_rng(seed).integers(1, 5, points) / 1.0

            def ours(likelihoods, counts):
                return [maximise_on_simplex(likelihoods, counts=counts, tolerance=1e-14).proportions]

            def oracle(likelihoods, counts):
                return [expectation_maximisation(likelihoods, counts)]

            compare.arrays("forward", either(ours, oracle), apart(seed, points, components), counts)

        drawn()


@pytest.mark.parametrize("components", [3, 300])
def test_no_start_finds_more(components):
    """The residual bounds what is missing: no other proportions gain more than it."""
    rng = np.random.default_rng(components)
    likelihoods = rng.random((400, components)) ** 6
    found = maximise_on_simplex(likelihoods, tolerance=1e-7)
    assert found.converged and found.residual <= 1e-7 and found.iterations < 300
    assert found.value == pytest.approx(value(likelihoods, found.proportions), abs=1e-14)
    assert np.all(found.proportions >= 0) and found.proportions.sum() == pytest.approx(1, abs=1e-12)
    begun = maximise_on_simplex(likelihoods, start=rng.dirichlet(np.ones(components)) + 1e-6, tolerance=1e-7)
    assert abs(begun.value - found.value) <= 1e-7
    for _ in range(20):
        other = rng.dirichlet(np.full(components, 0.1)) * 0.1 + 0.9 * found.proportions
        assert value(likelihoods, other) <= found.value + found.residual


def test_both_ways_up_meet():
    likelihoods = apart(0, 300, 20, mixed=4.0)
    newton = maximise_on_simplex(likelihoods, tolerance=1e-12)
    mixture = Mixture(likelihoods, np.full(300, 1 / 300))
    climbed, passes = accelerated_ascent(mixture, np.full(20, 0.05), 1e-12, 500)
    assert passes < 60
    assert np.allclose(climbed.proportions, newton.proportions, atol=1e-9)


def test_counts_are_repeated_points(library):
    likelihoods, counts = apart(1, 7, 3), np.asarray([1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 2.0])
    repeated = np.repeat(likelihoods, counts.astype(int), axis=0)
    likelihoods[1] = 0.0  # never seen, so it may be impossible
    before = likelihoods.copy()
    given_counts = maximise_on_simplex(library.array(likelihoods), counts=library.array(counts))
    expected = maximise_on_simplex(repeated)
    assert np.allclose(library.values(given_counts.proportions), expected.proportions, atol=1e-9)
    assert given_counts.value == pytest.approx(expected.value, abs=1e-12)
    assert np.array_equal(likelihoods, before)


@pytest.mark.parametrize("components", [100, 300])
def test_nearly_equal_components(components):
    """Kernels of neighbouring centres: a Newton step needs its ridge, and EM alone would need thousands of steps."""
    rng = np.random.default_rng(3)
    points, centres = rng.normal(size=(300, 1)), rng.normal(size=components)
    found = maximise_on_simplex(np.exp(-((points - centres) ** 2) / 0.2), iterations=60)
    assert found.converged and np.count_nonzero(found.proportions > 1e-9) < 30


def test_a_curvature_serves_for_many_steps(monkeypatch):
    """It costs as much as dozens of passes, and is taken anew only where steps with it gain little."""
    asked = []
    curvature = Mixture.curvature
    monkeypatch.setattr(Mixture, "curvature", lambda self, at: asked.append(at) or curvature(self, at))
    rng = np.random.default_rng(0)
    shares = rng.dirichlet(np.ones(300))
    logits = rng.normal(size=(3000, 300)) + 2 * np.eye(300)[rng.choice(300, 3000, p=shares)]
    found = maximise_on_simplex(np.exp(2 * logits), tolerance=1e-10)
    assert found.converged and found.iterations < 25 and len(asked) <= 2


def test_proportions_of_float32_are_as_good_as_its_likelihoods(library):
    """Every sum is in float64, so the residual goes as low as with float64."""
    likelihoods = apart(4, 200, 20, mixed=4.0).astype(np.float32)
    found = maximise_on_simplex(library.array(likelihoods), tolerance=1e-12)
    whole = maximise_on_simplex(likelihoods.astype(np.float64), tolerance=1e-12)
    assert found.residual <= 1e-12 and found.value == pytest.approx(whole.value, abs=1e-13)
    assert found.proportions.dtype == library.array(likelihoods).dtype
    assert np.allclose(library.values(found.proportions), whole.proportions, atol=1e-7)


def test_points_may_be_scaled():
    likelihoods = apart(2, 20, 3)
    factors = np.geomspace(1e-200, 1e200, 20)
    scaled = maximise_on_simplex(likelihoods * factors[:, None], tolerance=1e-12).proportions
    assert np.allclose(scaled, maximise_on_simplex(likelihoods, tolerance=1e-12).proportions, atol=1e-12)


@pytest.mark.parametrize(
    ("likelihoods", "options", "error", "words"),
    [
        (np.ones((2, 3), int), {}, TypeError, "`likelihoods`.*must hold floats"),
        (np.ones(3), {}, ValueError, "`likelihoods`.*two axes"),
        (np.ones((0, 3)), {}, ValueError, "`likelihoods`.*neither of them empty"),
        (np.asarray([[1.0, np.nan]]), {}, ValueError, r"1 entry is NaN.*\(0, 1\)"),
        (np.asarray([[1.0, -0.5]]), {}, ValueError, r"`likelihoods` \(=-0.5\) must not be negative"),
        (
            np.eye(2)[[0, 1, 1]] * [1.0, 0.0],
            {},
            ValueError,
            "2 points, the first at index 1, with likelihood zero",
        ),
        (np.ones((1, 2)), {"counts": -np.ones(1)}, ValueError, r"`counts` \(=-1.0\) must not be negative"),
        (np.ones((1, 2)), {"counts": np.zeros(1)}, ValueError, "`counts`.*nor all zero"),
        (np.ones((1, 2)), {"counts": torch.ones(1)}, TypeError, "arrays of one library"),
        (np.ones((1, 2)), {"counts": np.ones(1, np.float32)}, TypeError, "dtype"),
        (np.ones((1, 2)), {"start": np.ones(2, np.float32)}, TypeError, "dtype"),
        (
            np.ones((1, 2)),
            {"start": np.asarray([0.0, 1.0])},
            ValueError,
            r"`start` \(=0.0\) must be above zero",
        ),
        (np.ones((1, 2)), {"tolerance": -1.0}, ValueError, "`tolerance`"),
        (np.ones((1, 2)), {"iterations": 0}, ValueError, "`iterations`"),
    ],
)
def test_bad_mixtures(likelihoods, options, error, words):
    with pytest.raises(error, match=words):
        maximise_on_simplex(likelihoods, **options)


@pytest.mark.parametrize("components", [3, 300])
def test_an_early_stop_warns_of_the_residual(components):
    words = r"the KKT residual is .* after 2 iterations: it should be at most 1e-08; raise the tolerance, or allow more"
    with pytest.warns(ShiftWarning, match=words):
        found = maximise_on_simplex(np.random.default_rng(0).random((300, components)), iterations=2)
    assert not found.converged and found.residual > 1e-8
