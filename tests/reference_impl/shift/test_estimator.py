"""Settings are read, changed and copied as scikit-learn does it."""

import pytest
import sklearn.base
from sklearn.linear_model import LogisticRegression

from reference_impl.shift import clone
from reference_impl.shift.estimator import Estimator


class Outer(Estimator):
    def __init__(self, width=1.0, model=None):
        self.width = width
        self.model = model


def test_settings_are_read_and_changed():
    outer = Outer(2.0, model=LogisticRegression(C=3.0))
    assert outer.get_params(deep=False) == {"width": 2.0, "model": outer.model}
    assert outer.get_params()["model__C"] == 3.0
    assert outer.set_params(width=5.0, model__C=7.0) is outer
    assert (outer.width, outer.model.C) == (5.0, 7.0)
    with pytest.raises(ValueError, match=r"'depth'.* no setting of Outer; its settings are: width, model"):
        outer.set_params(depth=1)


@pytest.mark.parametrize("copy", [clone, sklearn.base.clone])
def test_copies_are_not_fitted(copy):
    outer = Outer(2.0, model=LogisticRegression(C=3.0))
    outer.learned_ = 1
    copied = copy(outer)
    assert copied.width == 2.0 and copied.model.C == 3.0
    assert copied.model is not outer.model and not hasattr(copied, "learned_")


def test_what_has_no_settings_is_refused():
    with pytest.raises(TypeError, match="must have get_params"):
        clone(3)
    with pytest.raises(TypeError, match="must have get_params"):
        clone(Outer)


def test_repr_shows_what_was_changed():
    assert repr(Outer()) == "Outer()" and repr(Outer(2.0)) == "Outer(width=2.0)"
    with pytest.raises(RuntimeError, match="this Outer isn't fitted yet; call fit first"):
        Outer()._check_fitted("learned_")
