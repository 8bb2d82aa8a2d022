"""Losses with a margin: against torch and scikit-learn, and the words of their errors."""

import numpy as np
import pytest
import torch
from draws import reductions, seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import check_gradients

margins = st.floats(0.1, 3.0)


def sides(seed, shape):
    return np.random.default_rng(seed).choice([-1.0, 1.0], shape)


def test_hinge_loss_agrees_with_its_formula_in_torch(agreement, precision):
    oracle = "torch.clamp(margin - t * x, min=0)"
    with agreement("reference_impl.functional.hinge_loss", oracle, precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(), margin=margins, reduction=reductions)
        def drawn(seed, shape, margin, reduction):
            def run(library, x, t):
                if library is ORACLE:
                    losses = torch.clamp(margin - t * x, min=0)
                    return losses if reduction == "none" else getattr(losses, reduction)()
                return library.F.hinge_loss(x, t, margin, reduction)

            compare(run, values(seed, shape, 2.0), sides(seed, shape), sums=True)

        drawn()


def test_the_mean_hinge_loss_is_that_of_scikit_learn():
    from sklearn.metrics import hinge_loss

    x, t = values(0, (50,), 2.0), sides(0, (50,))
    assert F.hinge_loss(x, t).item() == pytest.approx(hinge_loss(t, x), rel=1e-14)


def test_hinge_embedding_loss_agrees_with_torch(agreement, precision):
    name = "functional.hinge_embedding_loss"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(seed=seeds, shape=shapes(), margin=margins, reduction=reductions)
        def drawn(seed, shape, margin, reduction):
            target = compare.cast(sides(seed, shape))

            def run(library, x):
                return library.F.hinge_embedding_loss(
                    x, library.array(target), margin=margin, reduction=reduction
                )

            compare(run, values(seed, shape, 2.0), sums=True)

        drawn()


def test_multi_margin_loss_agrees_with_torch(agreement, precision):
    name = "functional.multi_margin_loss"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            batch=st.none() | sizes,
            classes=sizes,
            p=st.sampled_from([1, 2]),
            margin=margins,
            weighed=st.booleans(),
            reduction=reductions,
        )
        def drawn(seed, batch, classes, p, margin, weighed, reduction):
            shape = () if batch is None else (batch,)
            rng = np.random.default_rng(seed)
            target, weight = rng.integers(0, classes, shape), compare.cast(rng.uniform(0.1, 3.0, classes))

            def run(library, x, t):
                return library.F.multi_margin_loss(
                    x,
                    t,
                    p=p,
                    margin=margin,
                    weight=library.array(weight) if weighed else None,
                    reduction=reduction,
                )

            compare(run, values(seed, (*shape, classes), 2.0), np.asarray(target), sums=True)

        drawn()


def test_cosine_embedding_loss_agrees_with_torch(agreement, precision):
    name = "functional.cosine_embedding_loss"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            batch=st.none() | sizes,
            size=sizes,
            margin=st.floats(-1.0, 1.0),
            reduction=reductions,
        )
        def drawn(seed, batch, size, margin, reduction):
            shape = () if batch is None else (batch,)
            vectors = [values(seed + number, (*shape, size)) + 0.1 for number in range(2)]
            target = np.asarray(np.random.default_rng(seed).choice([-1, 1], shape))

            def run(library, u, v, t):
                return library.F.cosine_embedding_loss(u, v, t, margin=margin, reduction=reduction)

            compare(run, *vectors, target, sums=True)

        drawn()


def test_triplet_margin_loss_agrees_with_torch(agreement, precision):
    name = "functional.triplet_margin_loss"
    with agreement(f"reference_impl.{name}", f"torch.nn.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            batch=st.none() | sizes,
            size=sizes,
            margin=margins,
            p=st.sampled_from([1.0, 2.0, 3.0]),
            eps=st.sampled_from([1e-6, 1e-2]),
            swap=st.booleans(),
            reduction=reductions,
        )
        def drawn(seed, batch, size, margin, p, eps, swap, reduction):
            shape = (size,) if batch is None else (batch, size)
            vectors = [np.random.default_rng(seed + number).standard_normal(shape) for number in range(3)]

            def run(library, *vectors):
                options = {"margin": margin, "p": p, "eps": eps, "swap": swap, "reduction": reduction}
                return library.F.triplet_margin_loss(*vectors, **options)

            compare(run, *vectors, sums=True)

        drawn()


def test_gradients_are_right_to_second_order():
    x, y, z = (np.random.default_rng(seed).standard_normal((3, 4)) for seed in range(3))
    target, sign = np.asarray([2, 0, 1]), np.asarray([1, -1, 1])
    check_gradients(lambda x: F.multi_margin_loss(x, target, p=2), x, order=2)
    check_gradients(lambda x, y: F.cosine_embedding_loss(x, y, sign, margin=-0.9), x, y, order=2)
    check_gradients(lambda *xs: F.triplet_margin_loss(*xs, margin=3.0, swap=True), x, y, z, order=2)
    check_gradients(lambda x: F.hinge_loss(x, np.sign(y)) ** 2, x, order=2)
    check_gradients(lambda x: F.hinge_embedding_loss(x, np.sign(y)) ** 2, x, order=2)


def test_a_margin_that_is_reached_costs_nothing():
    assert F.hinge_loss(np.asarray([2.0]), np.asarray([1.0]), margin=2.0).item() == 0.0
    assert F.multi_margin_loss(np.asarray([[5.0, 1.0]]), np.asarray([0]), margin=4.0).item() == 0.0
    far = np.asarray([[9.0, 0.0]])
    assert F.triplet_margin_loss(0 * far, 0 * far, far, margin=5.0).item() == 0.0


def test_what_does_not_fit_is_named():
    x = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"`p` \(=3\) is unknown; choose one of 1, 2"):
        F.multi_margin_loss(x, np.asarray([0, 1]), p=3)
    with pytest.raises(
        ValueError, match=r"`target` \(of shape \(3,\)\) must have one side for each pair: \(2,\)"
    ):
        F.cosine_embedding_loss(x, x, np.ones(3))
    with pytest.raises(
        ValueError, match=r"`negative` \(of shape \(2, 2\)\) must have the shape of `input`, \(2, 3\)"
    ):
        F.triplet_margin_loss(x, x, np.ones((2, 2)))
