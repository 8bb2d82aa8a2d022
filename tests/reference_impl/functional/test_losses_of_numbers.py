"""Losses entry by entry, of numbers and of probabilities: against torch, and where numbers are extreme."""

import numpy as np
import pytest
import torch
from draws import reductions, scales, seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients

widths = st.floats(0.05, 5.0)
CASES = {
    "l1_loss": st.just({}),
    "huber_loss": st.fixed_dictionaries({"delta": widths}),
    "smooth_l1_loss": st.fixed_dictionaries({"beta": st.just(0.0) | widths}),
}
INFINITY = float("inf")


@pytest.mark.parametrize("name", CASES)
def test_losses_of_numbers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(), scale=scales, reduction=reductions, options=CASES[name])
        def drawn(seed, shape, scale, reduction, options):
            def run(library, x, t):
                return getattr(library.F, name)(x, t, reduction=reduction, **options)

            compare(run, values(seed, shape, scale), values(seed + 1, shape, scale), sums=True)

        drawn()


def test_binary_cross_entropy_agrees_with_torch(agreement, precision):
    name = "functional.binary_cross_entropy_with_logits"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            shape=shapes(least=1),
            scale=scales,
            reduction=reductions,
            weighed=st.booleans(),
            positive=st.booleans(),
        )
        def drawn(seed, shape, scale, reduction, weighed, positive):
            rng = np.random.default_rng(seed)
            weight, pos_weight = (compare.cast(rng.uniform(0.1, 3.0, shape[-1])) for _ in range(2))

            def run(library, x, t):
                return library.F.binary_cross_entropy_with_logits(
                    x,
                    t,
                    weight=library.array(weight) if weighed else None,
                    reduction=reduction,
                    pos_weight=library.array(pos_weight) if positive else None,
                )

            compare(run, values(seed, shape, scale), rng.uniform(size=shape), sums=True)

        drawn()


def test_kl_divergence_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.kl_div", "torch.nn.functional.kl_div", precision) as compare:

        @some
        @given(
            seed=seeds,
            shape=shapes(least=1),
            reduction=st.sampled_from(["mean", "sum", "none", "batchmean"]),
            log_target=st.booleans(),
        )
        def drawn(seed, shape, reduction, log_target):
            rng = np.random.default_rng(seed)
            p, x = rng.uniform(0.01, 1.0, shape), np.log(rng.uniform(0.01, 1.0, shape))

            def run(library, x, t):
                if library.name == "the oracle" and reduction == "mean":
                    return library.F.kl_div(
                        x, t, reduction="none", log_target=log_target
                    ).mean()  # it warns of "mean"
                return library.F.kl_div(x, t, reduction=reduction, log_target=log_target)

            compare(run, x, np.log(p) if log_target else p, sums=True)

        drawn()


def test_a_probability_of_zero_adds_nothing_to_the_divergence():
    p = Tensor(np.asarray([0.0, 1.0]), requires_grad=True)
    loss = F.kl_div(np.log([0.25, 0.75]), p, reduction="sum")
    loss.backward()
    assert loss.item() == pytest.approx(-np.log(0.75))
    np.testing.assert_allclose(p.grad, [1 - np.log(0.25), 1 - np.log(0.75)])


@pytest.mark.parametrize("entry", [INFINITY, -INFINITY, float("nan"), 1e308, -1e308, 5e-324, 1e3, -1e3, 0.0])
@pytest.mark.parametrize(
    "name", ["l1_loss", "huber_loss", "smooth_l1_loss", "binary_cross_entropy_with_logits"]
)
def test_extreme_entries_give_what_torch_gives(name, entry):
    for wanted in (0.0, 1.0, 0.25):
        x, t = Tensor(np.asarray([entry]), requires_grad=True), np.asarray([wanted])
        theirs = torch.tensor([entry], dtype=torch.float64, requires_grad=True)
        with np.errstate(all="ignore"):
            loss = getattr(F, name)(x, t)
            loss.backward()
        result = getattr(torch.nn.functional, name)(theirs, torch.tensor([wanted], dtype=torch.float64))
        result.backward()
        np.testing.assert_allclose(loss.data, result.detach(), rtol=1e-14, err_msg=f"{entry}, {wanted}")
        if np.isfinite(entry):
            np.testing.assert_allclose(x.grad, theirs.grad, rtol=1e-14, err_msg=f"{entry}, {wanted}")


def test_gradients_are_right_to_second_order():
    x, t = np.asarray([[-2.5, 0.75], [0.25, 3.0]]), np.asarray([[0.5, 0.25], [0.125, 0.75]])
    for reduction in ("mean", "none"):
        check_gradients(lambda x, t, r=reduction: F.huber_loss(x, t, r, delta=1.5), x, t, order=2)
        check_gradients(lambda x, t, r=reduction: F.smooth_l1_loss(x, t, r, beta=1.5), x, t, order=2)
        check_gradients(lambda x, t, r=reduction: F.l1_loss(x, t, r) ** 2, x, t, order=2)
        check_gradients(
            lambda x, t, r=reduction: F.binary_cross_entropy_with_logits(
                x, t, reduction=r, pos_weight=np.asarray([2.0, 0.5])
            ),
            x,
            t,
            order=2,
        )
        for log_target in (False, True):
            check_gradients(
                lambda x, t, r=reduction, log=log_target: F.kl_div(x, t, r, log_target=log), x, t, order=2
            )


@given(seed=seeds, delta=widths)
def test_huber_lies_between_the_parabola_and_the_line(seed, delta):
    x, zero = values(seed, (20,), 3.0), np.zeros(20)
    loss = F.huber_loss(x, zero, "none", delta).data
    assert (loss <= 0.5 * x**2 + 1e-15).all()
    assert (loss <= delta * abs(x) + 1e-15).all()
    np.testing.assert_allclose(F.smooth_l1_loss(x, zero, "none", delta).data * delta, loss, rtol=1e-13)


@pytest.mark.parametrize(
    "name",
    ["l1_loss", "huber_loss", "smooth_l1_loss", "binary_cross_entropy_with_logits", "kl_div", "hinge_loss"],
)
def test_what_does_not_fit_is_named(name):
    with pytest.raises(ValueError, match=r"`reduction` \(='avg'\) is unknown; choose one of 'mean', 'sum'"):
        getattr(F, name)(np.ones(2), np.ones(2), reduction="avg")
    with pytest.raises(
        ValueError, match=r"`target` \(of shape \(2, 1\)\) must have the shape of `input`, \(2,\); reshape it"
    ):
        getattr(F, name)(np.ones(2), np.ones((2, 1)))


def test_widths_that_are_none_are_refused():
    with pytest.raises(ValueError, match=r"`delta` \(=0\) must be positive; pass e.g. delta=1.0"):
        F.huber_loss(np.ones(2), np.ones(2), delta=0)
    with pytest.raises(ValueError, match=r"`beta` \(=-1\) must be at least 0; pass e.g. beta=1.0"):
        F.smooth_l1_loss(np.ones(2), np.ones(2), beta=-1)
