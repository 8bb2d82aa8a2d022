"""Estimators whose settings can be read, changed and copied, as scikit-learn's can."""

import inspect
from typing import Any, Self, TypeVar

from reference_impl._checks import refuse


class Estimator:
    """Settings that are the arguments of `__init__`, kept unchanged under their names.

    `fit` checks them, and writes what it learns to attributes whose names end with an underscore.
    """

    @classmethod
    def _settings(cls) -> list[str]:
        if cls.__init__ is object.__init__:
            return []
        return list(inspect.signature(cls).parameters)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the settings by name; with `deep`, also those of estimators among them, as `outer__inner`."""
        found = {name: getattr(self, name) for name in self._settings()}
        if deep:
            for name, value in list(found.items()):
                if hasattr(value, "get_params") and not isinstance(value, type):
                    found |= {f"{name}__{inner}": setting for inner, setting in value.get_params().items()}
        return found

    def set_params(self, **params: Any) -> Self:
        """Change settings by name, those of an estimator among them as `outer__inner`, and return the estimator."""
        for name, value in params.items():
            outer, _, inner = name.partition("__")
            if outer not in self._settings():
                known = ", ".join(self._settings()) or "none"
                refuse(
                    "params", name, f"is no setting of {type(self).__name__}", f"its settings are: {known}"
                )
            if inner:
                getattr(self, outer).set_params(**{inner: value})
            else:
                setattr(self, outer, value)
        return self

    def _check_fitted(self, attribute: str) -> None:
        if not hasattr(self, attribute):
            raise RuntimeError(f"this {type(self).__name__} isn't fitted yet; call fit first")

    def __repr__(self) -> str:
        parameters = inspect.signature(type(self)).parameters
        changed = [
            f"{name}={value!r}"
            for name, value in self.get_params(deep=False).items()
            if value is not parameters[name].default
        ]
        return f"{type(self).__name__}({', '.join(changed)})"


Copied = TypeVar("Copied")


def clone(estimator: Copied) -> Copied:
    """Make an estimator with the same settings that was never fitted.

    Settings that are estimators themselves are cloned too. Estimators of scikit-learn may stand among them.

    Args:
        estimator: Anything with `get_params`.

    Returns:
        The new estimator.

    Raises:
        TypeError: `estimator` has no `get_params`.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import ULSIF, clone
        >>> source = torch.linspace(-1, 1, 60)[:, None]
        >>> target = torch.linspace(-0.5, 1, 50)[:, None]
        >>> fitted = ULSIF(n_centers=20).fit(source, target)
        >>> # near 60, the number of points
        >>> round(fitted.weights_.sum().item(), 2)
        60.95
        >>> clone(fitted), hasattr(clone(fitted), "weights_")
        (ULSIF(n_centers=20), False)
    """
    if not hasattr(estimator, "get_params") or isinstance(estimator, type):
        refuse("estimator", estimator, "must have get_params", "pass e.g. CovariateRatio()", TypeError)
    settings = {
        name: clone(value) if hasattr(value, "get_params") and not isinstance(value, type) else value
        for name, value in estimator.get_params(deep=False).items()
    }
    return type(estimator)(**settings)
