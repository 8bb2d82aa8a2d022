"""Cross-entropy and the negative log-likelihood with weights, smoothing, ignored classes and probabilities."""

import numpy as np
import pytest
import torch
from draws import reductions, seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from twins import some

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


def classes_and_weight(seed, batch, classes, ignored):
    rng = np.random.default_rng(seed)
    target = rng.integers(0, classes, batch)
    hidden = rng.random(batch) < 0.3
    if ignored is not None and not hidden.all():
        target = np.where(hidden, ignored, target)
    return target, rng.uniform(0.1, 3.0, classes)


@pytest.mark.parametrize("name", ["cross_entropy", "nll_loss"])
def test_losses_of_classes_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @some
        @given(
            seed=seeds,
            batch=shapes(least=1, most=3),
            classes=sizes,
            reduction=reductions,
            weighed=st.booleans(),
            ignored=st.sampled_from([None, -100, -1, 0]),
            smoothing=st.sampled_from([0.0, 0.1, 1.0]),
        )
        def drawn(seed, batch, classes, reduction, weighed, ignored, smoothing):
            target, weight = classes_and_weight(seed, batch, classes, ignored)
            if (target == ignored).all():
                reduction = "sum"  # the mean of nothing is NaN
            options = {"ignore_index": -100 if ignored is None else ignored, "reduction": reduction}
            if name == "cross_entropy":
                options["label_smoothing"] = smoothing
            weight = compare.cast(weight)

            def run(library, x, t):
                weights = library.array(weight) if weighed else None
                return getattr(library.F, name)(x, t, weight=weights, **options)

            compare(run, values(seed, (*batch[:1], classes, *batch[1:]), 3.0), target, sums=True)

        drawn()


def test_cross_entropy_of_probabilities_agrees_with_torch(agreement, precision):
    name, oracle = "reference_impl.functional.cross_entropy", "torch.nn.functional.cross_entropy"
    with agreement(name, oracle, precision) as compare:

        @some
        @given(
            seed=seeds,
            shape=shapes(least=1),
            reduction=reductions,
            weighed=st.booleans(),
            smoothing=st.floats(0, 1),
        )
        def drawn(seed, shape, reduction, weighed, smoothing):
            axis = min(1, len(shape) - 1)
            shares = (
                np.random.default_rng(seed).dirichlet(np.ones(4), shape).sum(axis=-1)
                * values(seed, shape) ** 2
            )
            weight = compare.cast(np.random.default_rng(seed).uniform(0.1, 3.0, shape[axis]))

            def run(library, x, t):
                weights = library.array(weight) if weighed else None
                return library.F.cross_entropy(
                    x, t, weight=weights, reduction=reduction, label_smoothing=smoothing
                )

            compare(run, values(seed + 1, shape, 3.0), shares, sums=True)

        drawn()


def test_a_hidden_class_may_be_impossible_as_in_torch():
    scores = [[0.0, -np.inf, 1.0], [2.0, 0.0, 1.0]]
    weight, target = [1.0, 2.0, 3.0], [2, 0]
    ours = Tensor(np.asarray(scores), requires_grad=True)
    theirs = torch.tensor(scores, dtype=torch.float64, requires_grad=True)
    loss = F.cross_entropy(ours, np.asarray(target), np.asarray(weight))
    wanted = torch.nn.functional.cross_entropy(
        theirs, torch.tensor(target), torch.tensor(weight, dtype=torch.float64)
    )
    loss.backward()
    wanted.backward()
    assert loss.item() == pytest.approx(wanted.item(), rel=1e-14)
    np.testing.assert_allclose(ours.grad, theirs.grad, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("smoothing", [0.0, 0.25])
def test_where_everything_is_ignored_the_mean_is_not_a_number_as_in_torch(smoothing):
    target = np.asarray([-100, -100])
    with np.errstate(all="ignore"):
        ours = F.cross_entropy(np.ones((2, 3)), target, label_smoothing=smoothing)
    theirs = torch.nn.functional.cross_entropy(
        torch.ones(2, 3), torch.tensor(target), label_smoothing=smoothing
    )
    assert np.isnan(ours.item())
    assert np.isnan(theirs.item())
    assert F.cross_entropy(np.ones((2, 3)), target, reduction="none").tolist() == [0.0, 0.0]


def test_gradients_are_right_to_second_order():
    x, target, weight = values(3, (4, 3)), np.asarray([0, 2, -100, 2]), np.asarray([1.0, 2.0, 0.5])
    check_gradients(lambda x: F.cross_entropy(x, target, weight, label_smoothing=0.3), x, order=2)
    check_gradients(lambda x: F.nll_loss(x, target, weight) ** 2, x, order=2)
    check_gradients(
        lambda x, t: F.cross_entropy(x, t, weight, label_smoothing=0.3, reduction="none"), x, x**2, order=2
    )


@given(seed=seeds)
def test_smoothing_is_a_mixture_with_all_classes(seed):
    x, target = values(seed, (5, 4)), np.asarray([0, 1, 2, 3, 0])
    mixed = np.eye(4)[target] * 0.7 + 0.3 / 4
    ours = F.cross_entropy(x, target, label_smoothing=0.3, reduction="none").data
    np.testing.assert_allclose(ours, F.cross_entropy(x, mixed, reduction="none").data, rtol=1e-12)


def test_what_does_not_fit_is_named():
    x, target = np.ones((2, 3)), np.asarray([0, 1])
    with pytest.raises(
        ValueError, match=r"`weight` \(of shape \(2,\)\) must have shape \(3,\): one weight for each class"
    ):
        F.cross_entropy(x, target, np.ones(2))
    with pytest.raises(
        ValueError, match=r"`label_smoothing` \(=1.5\) must be between 0 and 1; pass e.g. label_smoothing=0.1"
    ):
        F.cross_entropy(x, target, label_smoothing=1.5)
    with pytest.raises(IndexError, match="every class must be at least 0 and below 3"):
        F.nll_loss(x, np.asarray([0, 3]))
    with pytest.raises(
        TypeError, match="Expected one dtype, but found numpy float64 on cpu and numpy float32"
    ):
        F.nll_loss(x, target, np.ones(3, dtype=np.float32))
