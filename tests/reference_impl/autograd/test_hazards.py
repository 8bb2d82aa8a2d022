"""Arrays that are changed between the forward computation and the way back."""

import numpy as np
import pytest
import torch
from libraries import OURS

from reference_impl.autograd import Tensor, grad, no_grad, vjp
from reference_impl.optim import SGD

COUNTING = [library for library in OURS if library.name.startswith("torch")]
NOTICING = [library for library in OURS if "strict" not in library.name]
CHANGED = "one of the variables needed for gradient computation has been modified by an inplace operation: an input of "

noticing = pytest.mark.parametrize("library", NOTICING, ids=repr)


def parameter(library, size=3):
    return library.tensor(np.linspace(1.0, 2.0, size), requires_grad=True)


@noticing
def test_a_step_between_forward_and_backward_is_refused_as_in_torch(library):
    w = parameter(library)
    optimizer = SGD([w], lr=0.1)
    (w * w).sum().backward()
    late = (w * w).sum()
    optimizer.step()
    words = r"`multiply` \(.* float64 on .*, of shape \(3,\)\) was changed after it was used; call backward before"
    with pytest.raises(RuntimeError, match=CHANGED + words):
        late.backward()

    theirs = torch.ones(3, requires_grad=True)
    late = (theirs * theirs).sum()
    with torch.no_grad():
        theirs.mul_(2.0)
    with pytest.raises(RuntimeError, match=CHANGED.removesuffix(": an input of ")):
        late.backward()


@noticing
@pytest.mark.parametrize("size", [1, 3, 1024, 1025, 5000])
def test_a_change_by_hand_is_refused(library, size):
    w = parameter(library, size)
    loss = (w**2).sum()
    w.data -= 0.5
    with pytest.raises(RuntimeError, match=CHANGED + "`pow`"):
        loss.backward()
    assert w.grad is None


@noticing
def test_one_changed_entry_of_a_thousand_is_enough(library):
    w = parameter(library, 1000)
    loss = (w**2).sum()
    w.data[617] += 1e-12
    with pytest.raises(RuntimeError, match=CHANGED):
        loss.backward()


@pytest.mark.parametrize("library", COUNTING, ids=repr)
def test_a_result_that_was_changed_is_refused_where_torch_counts(library):
    kept = parameter(library).exp()
    loss = kept.sum()
    kept.data[...] = 0.0
    with pytest.raises(RuntimeError, match=CHANGED + "`sum`"):
        loss.backward()


@noticing
def test_second_gradients_notice_it_too(library):
    x = library.array(np.asarray([2.0, 3.0]))
    _, pull_back = vjp(lambda x: x**3, Tensor(x))
    x[...] = 5.0
    with pytest.raises(RuntimeError, match=CHANGED + "`pow`"):
        pull_back(library.array(np.ones(2)))


def test_a_leaf_that_got_another_array_keeps_its_first_gradient_and_refuses_the_second():
    x = Tensor(np.asarray([2.0, 3.0]), requires_grad=True)
    loss = (x**2).sum()
    _, pull_back = vjp(lambda y: (y * x).sum(), Tensor(np.asarray([1.0, 1.0])))
    x.data = np.asarray([100.0, 100.0])
    loss.backward()
    assert x.grad.tolist() == [4.0, 6.0], "as torch: the gradient at the array that was used"
    with pytest.raises(
        RuntimeError, match="`data` of an input of `multiply` was replaced after it was used, so that"
    ):
        pull_back(None)


def test_nan_is_no_change():
    x = Tensor(np.asarray([np.nan, 1.0]), requires_grad=True)
    (x * 2.0).sum().backward()
    assert x.grad.tolist() == [2.0, 2.0]


def test_what_comes_before_the_forward_and_after_the_backward_is_fine(library):
    w = parameter(library)
    optimizer = SGD([w], lr=0.25)
    for _ in range(3):
        optimizer.zero_grad()
        (w * w).sum().backward()
        optimizer.step()
    np.testing.assert_allclose(library.values(w), np.linspace(1.0, 2.0, 3) / 8)


def test_constants_may_be_empty_or_unrecorded(library):
    empty = library.tensor(np.zeros((0, 3)), requires_grad=True)
    (empty * 2.0).sum().backward()
    assert library.values(empty.grad).shape == (0, 3)
    with no_grad():
        w = parameter(library)
        unrecorded = (w * w).sum()
    w.data[...] = 0.0
    assert not unrecorded.requires_grad


def test_an_array_of_torch_made_for_inference_counts_no_changes():
    with torch.inference_mode():
        x = torch.ones(2)
        assert grad(lambda x: (x * x).sum())(x).tolist() == [2.0, 2.0]
