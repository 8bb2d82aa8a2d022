"""Simulated shifts of inputs: their ratios against SciPy's densities, their moments, and bad arguments."""

import math

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from reference_impl import shift as S

places = st.integers(-150, 150).map(lambda number: number / 100)
scales = st.integers(40, 135).map(lambda number: number / 100)


def log_densities(kind, x, place, scale):
    """Return the log-density of the first feature under the target."""
    if kind == "bimodal_shift":
        return np.logaddexp(norm.logpdf(x, -place, scale), norm.logpdf(x, place, scale)) - np.log(2)
    return norm.logpdf(x, place, scale)


def settings(kind, place, scale):
    names = {"gaussian_mean_shift": ("shift",), "gaussian_scale_shift": ("mean", "scale")}
    return dict(zip(names.get(kind, ("centre", "scale")), (place, scale), strict=False))


KINDS = ["gaussian_mean_shift", "gaussian_scale_shift", "bimodal_shift"]


@pytest.mark.parametrize("kind", KINDS)
def test_ratios_agree_with_densities(agreement, precision, kind):
    name = f"reference_impl.shift.{kind}"
    with agreement(name, "scipy.stats.norm, and NumPy's draws", precision) as compare:

        @given(seed=seeds, place=places, scale=scales, features=st.integers(1, 3), m=st.integers(1, 5))
        def drawn(seed, place, scale, features, m):
            given_settings = settings(kind, place, scale)
            spread = given_settings.get("scale", 1.0)
            x = np.random.default_rng(seed).uniform(-2, 2, (4, features))

            def run(library, x):
                if library.name != "the oracle":
                    found = getattr(S, kind)(
                        6, features, **given_settings, target_points=m, random_state=seed, like=x
                    )
                    return [found.source, found.target, found.weights, found.log_ratio(x)]
                rng = np.random.default_rng(seed)
                source, target = rng.standard_normal((6, features)), rng.standard_normal((m, features))
                centre = place
                if kind == "bimodal_shift":
                    centre = np.asarray([-place if u < 0.5 else place for u in rng.random(m)])
                target[:, 0] = target[:, 0] * spread + centre
                ratios = [
                    log_densities(kind, z, place, spread) - norm.logpdf(z)
                    for z in (source[:, 0], x.numpy()[:, 0].astype(float))
                ]
                values = source, target, np.exp(ratios[0]), ratios[1]
                return [torch.tensor(value, dtype=x.dtype) for value in values]

            compare.arrays("sample", run, x)

        drawn()


@pytest.mark.parametrize("kind", KINDS)
@given(place=places, scale=scales)
def test_mean_squares_are_integrals(kind, place, scale):
    given_settings = settings(kind, place, scale)
    spread = given_settings.get("scale", 1.0)
    found = getattr(S, kind)(1, **given_settings).mean_square
    x = np.linspace(-40, 40, 20_001)
    squares = np.exp(2 * log_densities(kind, x, place, spread) - norm.logpdf(x))
    assert found == pytest.approx(np.trapezoid(squares, x), rel=1e-9)


def test_known_mean_squares():
    assert S.gaussian_mean_shift(1, shift=1.0).mean_square == pytest.approx(math.e, rel=1e-15)
    for shift, mean_square, share in (
        (0.5, 1.284025, 0.778801),
        (1, 2.718282, 0.367879),
        (2, 54.598150, 0.018316),
    ):
        found = S.gaussian_mean_shift(1, shift=shift).mean_square
        assert (found, 1 / found) == pytest.approx((mean_square, share), abs=5e-7)
    known = {(0.5, 0.8): 1.288173, (0.0, 0.5): 1.511858, (0.0, 1.2): 1.113589, (0.0, 1.4): 3.571429}
    for (mean, scale), mean_square in known.items():
        found = S.gaussian_scale_shift(1, mean=mean, scale=scale).mean_square
        assert found == pytest.approx(mean_square, abs=5e-7)
    assert S.bimodal_shift(1).mean_square == pytest.approx(1.352440, abs=5e-7)
    found = S.shimodaira_regression(1)
    assert (found.mean_square, 1 / found.mean_square) == pytest.approx((2.394642, 0.417599), abs=5e-7)
    assert (found.source_line, found.target_line) == ((-0.25, 0.5), (0.0, -0.73))


def test_infinite_mean_squares():
    assert S.gaussian_scale_shift(1, scale=1.5).mean_square == math.inf
    assert S.bimodal_shift(1, scale=2.0).mean_square == math.inf
    assert S.gaussian_mean_shift(1, shift=30.0).mean_square == math.inf  # exp(900) is above the largest float
    assert S.bimodal_shift(1, centre=50.0).mean_square == math.inf


@pytest.mark.parametrize("kind", KINDS)
def test_targets_follow_the_ratio(kind):
    """Means under the target are weighted means under the source: a ratio turned round would show here."""
    drawn = getattr(S, kind)(200_000, 2, random_state=1)
    for moment in (lambda x: x[:, 0], lambda x: x[:, 0] ** 2, lambda x: x[:, 0] ** 3, lambda x: x[:, 1]):
        weighted, direct = np.mean(drawn.weights * moment(drawn.source)), np.mean(moment(drawn.target))
        assert weighted == pytest.approx(direct, abs=0.06)
    assert np.mean(drawn.weights) == pytest.approx(1, abs=0.01)
    assert np.mean(drawn.weights**2) == pytest.approx(drawn.mean_square, rel=0.05)


def test_regression_agrees_with_its_formula(agreement, precision):
    name = "reference_impl.shift.shimodaira_regression"
    with agreement(name, "scipy.stats.norm, and NumPy's draws", precision) as compare:

        @given(seed=seeds, n=st.integers(1, 6), m=st.integers(1, 6))
        def drawn(seed, n, m):
            def run(library, like):
                if library.name != "the oracle":
                    found = S.shimodaira_regression(n, target_points=m, random_state=seed, like=like)
                    outputs = found.source_outputs, found.target_outputs
                    return [found.source, found.target, *outputs, found.weights]
                rng = np.random.default_rng(seed)
                x, u = (
                    norm.ppf(norm.cdf(rng.standard_normal((n, 1)))) / 2 + 0.5,
                    rng.standard_normal((m, 1)) * 0.3,
                )
                y, v = rng.standard_normal(n) * 0.3, rng.standard_normal(m) * 0.3
                y, v = y - x[:, 0] + x[:, 0] ** 3, v - u[:, 0] + u[:, 0] ** 3
                w = norm.pdf(x[:, 0], 0, 0.3) / norm.pdf(x[:, 0], 0.5, 0.5)
                return [torch.tensor(value, dtype=like.dtype) for value in (x, u, y, v, w)]

            compare.arrays("sample", run, np.zeros(1))

        drawn()


def test_lines_of_the_regression():
    drawn = S.shimodaira_regression(400_000, random_state=2)
    line = np.stack([np.ones(400_000), drawn.source[:, 0]], 1)
    plain = np.linalg.lstsq(line, drawn.source_outputs)[0]
    root = np.sqrt(drawn.weights)
    weighted = np.linalg.lstsq(line * root[:, None], drawn.source_outputs * root)[0]
    np.testing.assert_allclose(plain, drawn.source_line, atol=0.01)
    np.testing.assert_allclose(weighted, drawn.target_line, atol=0.03)
    in_target = np.polyfit(drawn.target[:, 0], drawn.target_outputs, 1)
    np.testing.assert_allclose(in_target[::-1], drawn.target_line, atol=0.01)
    assert np.mean(drawn.weights**2) == pytest.approx(drawn.mean_square, rel=0.02)


@pytest.mark.parametrize("kind", [*KINDS, "shimodaira_regression"])
def test_defaults_seeds_and_generators(kind):
    make = getattr(S, kind)
    one, same = make(3), make(3, random_state=np.random.default_rng(0))
    assert one.source.dtype == np.float64 and one.target.shape == (3, 1)
    assert np.array_equal(one.target, same.target)
    assert not np.array_equal(one.source, make(3, random_state=1).source)


@pytest.mark.parametrize(
    ("kind", "change", "error", "words"),
    [
        ("gaussian_mean_shift", {"points": 0}, ValueError, r"`points` \(=0\) must be at least 1"),
        ("gaussian_mean_shift", {"features": 1.5}, TypeError, r"`features` \(=1.5\) must be an int"),
        ("bimodal_shift", {"target_points": 0}, ValueError, r"`target_points` \(=0\) must be at least 1"),
        ("gaussian_mean_shift", {"shift": "a"}, TypeError, "`shift`.*must be a number"),
        ("gaussian_scale_shift", {"mean": None}, TypeError, "`mean`.*must be a number"),
        (
            "gaussian_scale_shift",
            {"scale": 0.0},
            ValueError,
            r"`scale` \(=0.0\) must be above 0; pass e.g. scale=0.5",
        ),
        ("bimodal_shift", {"scale": math.nan}, ValueError, r"`scale` \(=nan\) must be above 0"),
        (
            "gaussian_mean_shift",
            {"shift": math.inf},
            ValueError,
            r"`shift` \(=inf\) must be finite; pass e.g",
        ),
        ("gaussian_scale_shift", {"mean": math.nan}, ValueError, r"`mean` \(=nan\) must be finite"),
        ("bimodal_shift", {"centre": math.nan}, ValueError, r"`centre` \(=nan\) must be finite"),
        ("bimodal_shift", {"scale": "wide"}, TypeError, r"`scale` \(='wide'\) must be a number"),
        ("bimodal_shift", {"centre": True}, TypeError, r"`centre` \(=True\) must be a number"),
        (
            "bimodal_shift",
            {"like": np.zeros(1, int)},
            TypeError,
            "`like`.*must be an array of floating-point numbers",
        ),
        (
            "bimodal_shift",
            {"like": 1.0},
            TypeError,
            r"`like` \(=1.0\) must be an array of floating-point numbers",
        ),
        (
            "bimodal_shift",
            {"random_state": None},
            TypeError,
            "`random_state`.*int or a numpy.random.Generator",
        ),
        ("bimodal_shift", {"random_state": -1}, ValueError, r"`random_state` \(=-1\) must be at least 0"),
        ("shimodaira_regression", {"points": -1}, ValueError, r"`points` \(=-1\) must be at least 1"),
        (
            "shimodaira_regression",
            {"target_points": 0},
            ValueError,
            r"`target_points` \(=0\) must be at least 1",
        ),
    ],
)
def test_bad_arguments_are_named(kind, change, error, words):
    with pytest.raises(error, match=words):
        getattr(S, kind)(**({"points": 3} | change))
