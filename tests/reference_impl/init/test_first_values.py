"""First values: torch's formulas on NumPy's draws, exact bounds and spreads, and the words of errors.

Torch draws other numbers from the same seed. Where it draws, the oracle gets the numbers that NumPy draws here, so that
bounds, spreads and factorisations are compared to the last digits.
"""

import math

import numpy as np
import pytest
import torch
from draws import seeds, shapes, sizes
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import some

from reference_impl import init
from reference_impl.autograd import Tensor

scales = st.floats(0.1, 4.0)
modes = st.sampled_from(["fan_in", "fan_out"])
activations = st.sampled_from(["linear", "conv2d", "sigmoid", "tanh", "relu", "leaky_relu", "selu"])
CASES = {
    "uniform_": (0, st.fixed_dictionaries({"a": st.floats(-3, 0), "b": st.floats(0.1, 3)})),
    "normal_": (0, st.fixed_dictionaries({"mean": st.floats(-3, 3), "std": scales})),
    "xavier_uniform_": (2, st.fixed_dictionaries({"gain": scales})),
    "xavier_normal_": (2, st.fixed_dictionaries({"gain": scales})),
    "kaiming_uniform_": (
        2,
        st.fixed_dictionaries({"a": scales, "mode": modes, "nonlinearity": activations}),
    ),
    "kaiming_normal_": (
        2,
        st.fixed_dictionaries({"a": scales, "mode": modes, "nonlinearity": activations}),
    ),
    "orthogonal_": (2, st.fixed_dictionaries({"gain": scales})),
}
SCALED = [f"{rule}_{kind}_" for rule in ("xavier", "kaiming", "lecun") for kind in ("uniform", "normal")]


def fed(tensor, rng):
    """Let torch's drawing methods take the numbers of a NumPy generator."""

    class Fed(torch.Tensor):
        def uniform_(self, a=0.0, b=1.0, *, generator=None):
            return self.copy_(torch.tensor(rng.uniform(a, b, tuple(self.shape))))

        def normal_(self, mean=0.0, std=1.0, *, generator=None):
            return self.copy_(torch.tensor(rng.normal(mean, std, tuple(self.shape))))

    return tensor.as_subclass(Fed)


def filled(library, name, seed, shape, precision, **options):
    """Fill zeros of this library by the function of this name."""
    rng, zeros = np.random.default_rng(seed), np.zeros(shape, precision)
    if library is ORACLE:
        return getattr(torch.nn.init, name)(fed(torch.tensor(zeros), rng), **options).as_subclass(
            torch.Tensor
        )
    tensor = library.tensor(zeros, requires_grad=True)
    assert getattr(init, name)(tensor, rng=rng, **options) is tensor
    return tensor


@pytest.mark.parametrize("name", CASES)
def test_first_values_are_torchs_on_the_same_draws(name, agreement, precision):
    with agreement(f"reference_impl.init.{name}", f"torch.nn.init.{name}", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(least=CASES[name][0]), options=CASES[name][1])
        def drawn(seed, shape, options):
            compare.arrays(
                "forward", lambda library: [filled(library, name, seed, shape, precision, **options)]
            )

        drawn()


@pytest.mark.parametrize("name", ["constant_", "zeros_", "ones_"])
def test_constants_are_torchs(name, agreement, precision):
    with agreement(f"reference_impl.init.{name}", f"torch.nn.init.{name}", precision) as compare:

        @some
        @given(shape=shapes(), number=scales)
        def drawn(shape, number):
            arguments = (number,) * (name == "constant_")

            def run(library, x):
                if library is ORACLE:
                    return [getattr(torch.nn.init, name)(x, *arguments)]
                return [getattr(init, name)(Tensor(x), *arguments)]

            compare.arrays("forward", run, np.full(shape, 7.0))

        drawn()


@pytest.mark.parametrize("name", ["lecun_uniform_", "lecun_normal_"])
def test_lecuns_rule_is_torchs_kaiming_rule_without_gain(name, agreement, precision):
    twin = name.replace("lecun", "kaiming")
    oracle = f'torch.nn.init.{twin}(nonlinearity="linear")'
    with agreement(f"reference_impl.init.{name}", oracle, precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(least=2))
        def drawn(seed, shape):
            def run(library):
                if library is ORACLE:
                    return [filled(library, twin, seed, shape, precision, nonlinearity="linear")]
                return [filled(library, name, seed, shape, precision)]

            compare.arrays("forward", run)

        drawn()


def test_truncated_normal_numbers_are_torchs_where_few_are_redrawn(agreement, precision):
    """Both draw all numbers again while some are outside, and keep those that were inside."""
    with agreement(
        "reference_impl.init.trunc_normal_", "torch.where and the same draws", precision
    ) as compare:

        @some
        @given(seed=seeds, shape=shapes(), mean=st.floats(-1, 1), std=scales, a=st.floats(-3, -0.5))
        def drawn(seed, shape, mean, std, a):
            def run(library):
                if library is not ORACLE:
                    return [
                        filled(
                            library, "trunc_normal_", seed, shape, precision, mean=mean, std=std, a=a, b=2.0
                        )
                    ]
                rng = np.random.default_rng(seed)
                kept = torch.full(shape, math.nan, dtype=torch.float64)
                while kept.isnan().any():
                    more = torch.tensor(rng.normal(size=shape)) * std + mean
                    wanted = kept.isnan() & (more >= a) & (more <= 2.0)
                    kept = torch.where(wanted, more, kept)
                return [kept.to(getattr(torch, precision))]

            compare.arrays("forward", run)

        drawn()


@given(name=activations, slope=st.none() | scales)
def test_gains_are_those_of_torch(name, slope):
    argument = slope if name == "leaky_relu" else None
    assert init.calculate_gain(name, argument) == pytest.approx(
        torch.nn.init.calculate_gain(name, argument), rel=1e-15
    )


def test_gains_agree_with_torch(agreement, precision):
    oracle = "torch.nn.init.calculate_gain"
    with agreement("reference_impl.init.calculate_gain", oracle, precision) as compare:

        @some
        @given(name=activations, slope=scales)
        def drawn(name, slope):
            def run(library, x):
                part = torch.nn.init if library is ORACLE else init
                return x * part.calculate_gain(name, slope if name == "leaky_relu" else None)

            compare(run, np.ones(2))

        drawn()


@pytest.mark.parametrize(
    ("name", "deviation", "bound"),
    [
        ("xavier_uniform_", (2 / 250) ** 0.5, (6 / 250) ** 0.5),
        ("xavier_normal_", (2 / 250) ** 0.5, math.inf),
        ("kaiming_uniform_", (2 / 50) ** 0.5, (6 / 50) ** 0.5),
        ("kaiming_normal_", (2 / 50) ** 0.5, math.inf),
        ("lecun_uniform_", (1 / 50) ** 0.5, (3 / 50) ** 0.5),
        ("lecun_normal_", (1 / 50) ** 0.5, math.inf),
    ],
    ids=SCALED,
)
def test_spreads_and_bounds_are_those_of_the_papers(name, deviation, bound):
    rng = np.random.default_rng(0)
    weight = Tensor(np.zeros((200, 50)))
    entries = np.concatenate([getattr(init, name)(weight, rng=rng).data.copy() for _ in range(10)])
    assert entries.std() == pytest.approx(deviation, rel=0.01)
    assert entries.mean() == pytest.approx(0.0, abs=0.01 * deviation)
    assert abs(entries).max() <= bound
    if math.isfinite(bound):
        assert abs(entries).max() == pytest.approx(bound, rel=1e-3)


def test_torchs_default_is_uniform_up_to_one_over_the_root_of_the_inputs():
    """`kaiming_uniform_(a=sqrt(5))` is that, with a third of the variance of LeCun's rule."""
    entries = init.kaiming_uniform_(Tensor(np.zeros((400, 25))), a=5**0.5, rng=np.random.default_rng(0)).data
    assert abs(entries).max() <= 0.2
    assert abs(entries).max() == pytest.approx(0.2, rel=1e-3)
    assert entries.var() == pytest.approx(1 / (3 * 25), rel=0.02)


def test_the_truncated_normal_has_its_bounds_and_its_spread():
    scipy_free = math.sqrt(1 - 2 * 2 * math.exp(-2) / math.sqrt(2 * math.pi) / math.erf(2 / math.sqrt(2)))
    entries = init.trunc_normal_(Tensor(np.zeros(200_000)), rng=np.random.default_rng(0)).data
    assert abs(entries).max() <= 2
    assert abs(entries).max() == pytest.approx(2.0, rel=1e-3)
    assert entries.std() == pytest.approx(scipy_free, rel=0.005)
    theirs = torch.nn.init.trunc_normal_(torch.zeros(200_000), generator=torch.Generator().manual_seed(0))
    assert float(theirs.std()) == pytest.approx(scipy_free, rel=0.005)


@given(seed=seeds, rows=sizes, columns=sizes, more=sizes)
def test_orthogonal_matrices_are_orthogonal(seed, rows, columns, more):
    weight = init.orthogonal_(
        Tensor(np.zeros((rows, columns, more))), gain=2.0, rng=np.random.default_rng(seed)
    )
    matrix = weight.data.reshape(rows, -1)
    product = matrix @ matrix.T if rows <= matrix.shape[1] else matrix.T @ matrix
    np.testing.assert_allclose(product, 4.0 * np.eye(len(product)), atol=1e-13)


def test_every_library_and_device_sees_the_same_numbers(library):
    ours = filled(library, "xavier_normal_", 3, (2, 3), "float32")
    wanted = np.random.default_rng(3).normal(0.0, math.sqrt(2 / 5), (2, 3)).astype("float32")
    assert np.array_equal(library.values(ours), wanted)


def test_what_does_not_fit_is_named():
    vector, rng = Tensor(np.zeros(3)), np.random.default_rng(0)
    with pytest.raises(
        ValueError,
        match=r"`tensor.shape` \(=\(3,\)\) must have at least 2 axes, as fan in and fan out ask for",
    ):
        init.xavier_uniform_(vector, rng=rng)
    with pytest.raises(
        ValueError, match=r"`tensor.shape` \(=\(3,\)\) must have at least 2 axes; use normal_"
    ):
        init.orthogonal_(vector, rng=rng)
    with pytest.raises(ValueError, match=r"`nonlinearity` \(='swish'\) is unknown; choose one of 'linear'"):
        init.kaiming_normal_(Tensor(np.zeros((2, 2))), nonlinearity="swish", rng=rng)
    with pytest.raises(ValueError, match=r"`mode` \(='fan'\) is unknown; choose one of 'fan_in', 'fan_out'"):
        init.kaiming_normal_(Tensor(np.zeros((2, 2))), mode="fan", rng=rng)
    with pytest.raises(
        ValueError,
        match=r"`\(a, b\)` \(=\(8.0, 9.0\)\) leave 6.7e-16 of the normal distribution with mean 0.0",
    ):
        init.trunc_normal_(vector, a=8.0, b=9.0, rng=rng)
    with pytest.raises(TypeError, match=r"`rng` \(=0\) must be a numpy.random.Generator"):
        init.uniform_(vector, rng=0)
