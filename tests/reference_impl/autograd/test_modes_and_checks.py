"""no_grad and check_gradients: against torch, and what they refuse."""

import threading

import numpy as np
import pytest
import torch
from draws import seeds, shapes, values
from hypothesis import given

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients, no_grad


def test_no_grad_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.autograd.no_grad", "torch.no_grad", precision) as compare:

        @given(seed=seeds, shape=shapes())
        def drawn(seed, shape):
            def run(library, x, y):
                with library.no_grad():
                    hidden = x * y
                assert not hidden.requires_grad
                return hidden * x + library.no_grad()(lambda: y * 2.0)()

            compare(run, values(seed, shape), values(seed + 1, shape), sums=True)

        drawn()


def test_check_gradients_agrees_with_torch(agreement):
    def verdict(check):
        try:
            check()
        except RuntimeError:
            return False
        return True

    with agreement(
        "reference_impl.autograd.check_gradients", "torch.autograd.gradcheck", "float64"
    ) as compare:

        @given(seed=seeds, shape=shapes(most=2))
        def drawn(seed, shape):
            x = abs(values(seed, shape)) + 0.5
            theirs = torch.tensor(x, requires_grad=True)
            for function in (lambda x: x * x.tanh(), lambda x: x * (x * x + 1.0).detach()):
                ours = verdict(lambda f=function: check_gradients(f, x))
                wanted = verdict(lambda f=function: torch.autograd.gradcheck(f, theirs))
                assert ours == wanted
            compare.close("forward", "numpy", np.asarray(float(ours)), np.asarray(float(wanted)), 1.0)
            compare.worst["configurations"] += 1

        drawn()


def test_no_grad_can_be_nested_and_ends_with_an_error():
    x = Tensor(np.asarray([1.0]), requires_grad=True)
    switch = no_grad()
    with pytest.raises(ZeroDivisionError), switch, switch:
        assert not (x * 2.0).requires_grad
        raise ZeroDivisionError
    assert (x * 2.0).requires_grad


def test_no_grad_holds_for_its_thread_alone():
    x = Tensor(np.asarray([1.0]), requires_grad=True)
    seen = []
    with no_grad():
        thread = threading.Thread(target=lambda: seen.append((x * 2.0).requires_grad))
        thread.start()
        thread.join()
    assert seen == [True]


def test_the_worst_entry_is_named():
    x = np.asarray([[0.5, 2.0, 1.0]])
    with pytest.raises(
        RuntimeError,
        match=r"the gradient of argument 1 is wrong; worst at \[0, 1\]: .*, where central differences give ",
    ):
        check_gradients(lambda a, x: (a * x.detach() * x).sum(), np.ones((1, 3)), x)


def test_a_wrong_second_derivative_is_found():
    def half_wrong(x):
        return x.detach() * x * 2.0 - (x * x).detach()

    x = np.asarray([0.75, -1.5])
    check_gradients(half_wrong, x, order=1)
    with pytest.raises(RuntimeError, match="the gradient of argument 0 is wrong; worst at"):
        check_gradients(half_wrong, x, order=2)


def test_a_gradient_that_is_not_a_number_is_wrong():
    with np.errstate(all="ignore"), pytest.raises(RuntimeError, match="worst at"):
        check_gradients(lambda x: (x * 0.0).sqrt(), np.asarray([1.0]))


def test_every_library_can_be_checked(library):
    check_gradients(F.tanh, library.array(values(0, (3,))), order=2)


def test_lower_precision_is_refused():
    with pytest.raises(
        ValueError, match=r"`args\[0\]` \(=numpy float32 on cpu\) must be float64: differences in"
    ):
        check_gradients(F.tanh, np.ones(2, dtype=np.float32))
    with pytest.raises(ValueError, match=r"`order` \(=0\) must be at least 1; pass e.g. order=3"):
        check_gradients(F.tanh, np.ones(2), order=0)


def test_nothing_to_check_is_right():
    check_gradients(F.tanh, np.ones(0))
