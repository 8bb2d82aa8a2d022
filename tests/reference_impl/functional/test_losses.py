"""Losses against torch, by hand, and the words of their errors."""

import numpy as np
import pytest
import torch
from draws import reductions, scales, seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


def test_cross_entropy_agrees_with_torch(agreement, precision):
    name, oracle = "reference_impl.functional.cross_entropy", "torch.nn.functional.cross_entropy"
    with agreement(name, oracle, precision) as compare:

        @given(seed=seeds, batch=shapes(most=3), classes=sizes, scale=scales, reduction=reductions)
        def drawn(seed, batch, classes, scale, reduction):
            x = values(seed, (*batch[:1], classes, *batch[1:]), scale)
            target = np.random.default_rng(seed).integers(0, classes, batch)
            compare(
                lambda library, x, t: library.F.cross_entropy(x, t, reduction=reduction), x, target, sums=True
            )

        drawn()


def test_mse_loss_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.functional.mse_loss", "torch.nn.functional.mse_loss", precision
    ) as compare:

        @given(seed=seeds, shape=shapes(), scale=scales, reduction=reductions)
        def drawn(seed, shape, scale, reduction):
            x, target = values(seed, shape, scale), values(seed + 1, shape, scale)
            compare(lambda library, x, t: library.F.mse_loss(x, t, reduction=reduction), x, target, sums=True)

        drawn()


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int32", "int64"])
def test_classes_may_be_any_integers(library, dtype):
    x = library.array(np.log([[1.0, 3.0], [3.0, 1.0]]))
    loss = F.cross_entropy(x, library.array(np.asarray([1, 0], dtype=dtype)))
    assert loss.item() == pytest.approx(np.log(4 / 3), rel=1e-15)


def test_narrow_integers_can_count_all_classes():
    assert F.cross_entropy(np.zeros((1, 300)), np.asarray([7], dtype="int8")).item() == pytest.approx(
        np.log(300)
    )


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_gradients_are_right_to_second_order(reduction):
    x, wanted, classes = values(3, (4, 3)), values(4, (4, 3)), np.asarray([0, 2, 1, 2])
    check_gradients(lambda x: F.cross_entropy(x, classes, reduction=reduction), x, order=2)
    check_gradients(lambda x, t: F.mse_loss(x, t, reduction), x, wanted, order=2)


def test_a_batch_of_nothing_has_no_mean_as_in_torch():
    with np.errstate(all="ignore"):
        ours = F.cross_entropy(np.ones((0, 3)), np.ones(0, dtype=int)).item()
    theirs = torch.nn.functional.cross_entropy(torch.ones(0, 3), torch.ones(0, dtype=torch.long)).item()
    assert np.isnan(ours)
    assert np.isnan(theirs)


@given(seed=seeds, shift=st.floats(-100, 100))
def test_cross_entropy_is_nonnegative_and_ignores_a_shift(seed, shift):
    x, classes = values(seed, (5, 4)), np.asarray([0, 1, 2, 3, 0])
    losses = F.cross_entropy(x, classes, reduction="none").data
    assert (losses >= 0).all()
    np.testing.assert_allclose(F.cross_entropy(x + shift, classes, reduction="none").data, losses, atol=1e-12)


@pytest.mark.parametrize("bad", [-1, 3, -99])
def test_a_class_out_of_bounds_is_refused(bad):
    with pytest.raises(IndexError, match=r"out of bounds: every class must be at least 0 and below 3"):
        F.cross_entropy(np.ones((2, 3)), np.asarray([1, bad]))


def test_targets_that_are_not_classes_are_refused():
    with pytest.raises(
        TypeError, match=r"`target` \(=numpy float64 on cpu\) must hold class numbers; convert"
    ):
        F.cross_entropy(np.ones((2, 3)), np.ones(2))


def test_targets_of_another_shape_are_refused():
    with pytest.raises(
        ValueError, match=r"`target` \(of shape \(3,\)\) must have .* without its classes, \(2,\)"
    ):
        F.cross_entropy(np.ones((2, 3)), np.ones(3, dtype=int))
    with pytest.raises(
        ValueError, match=r"`target` \(of shape \(2, 1\)\) must have the shape of `input`, \(2,\)"
    ):
        F.mse_loss(np.ones(2), np.ones((2, 1)))


def test_an_unknown_reduction_is_refused():
    for loss, target in ((F.cross_entropy, np.ones(2, dtype=int)), (F.mse_loss, np.ones((2, 3)))):
        with pytest.raises(
            ValueError, match=r"`reduction` \(='avg'\) is unknown; choose one of 'mean', 'sum', 'none'"
        ):
            loss(np.ones((2, 3)), target, reduction="avg")


def test_mixed_libraries_devices_and_dtypes_are_refused():
    x = Tensor(np.ones((2, 3)))
    with pytest.raises(
        TypeError, match="arrays of one library, but found numpy float64 on cpu and torch int64"
    ):
        F.cross_entropy(x, torch.ones(2, dtype=torch.long))
    with pytest.raises(
        TypeError, match="Expected one dtype, but found numpy float64 on cpu and numpy float32 on cpu"
    ):
        F.mse_loss(x, np.ones((2, 3), dtype=np.float32))
    with pytest.raises(
        RuntimeError, match="Expected all tensors to be on the same device, but found torch float32 on"
    ):
        F.cross_entropy(torch.ones(2, 3, device="sim"), torch.ones(2, dtype=torch.long))
