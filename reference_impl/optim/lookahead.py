"""Lookahead."""

from collections.abc import Mapping
from typing import Any

from reference_impl._array import Array, assign, from_numpy, own, to_numpy
from reference_impl._checks import check_number, check_size, refuse
from reference_impl.optim.blocks import apply_in_place
from reference_impl.optim.loading import FIX


def lookahead_update(slow: Array, fast: Array, *, alpha: float = 0.5) -> Array:
    r"""Compute the step of Lookahead's slow weights towards the fast ones.

    $$\phi_t = \phi_{t-1} + \alpha \, (\theta_{t,k} - \phi_{t-1})$$

    Args:
        slow: The slow weights $\phi_{t-1}$.
        fast: The fast weights $\theta_{t,k}$ after $k$ steps from there.
        alpha: The share $\alpha$ of the way.

    Returns:
        The new slow weights $\phi_t$; nothing is changed in place.

    Shape:
        All arrays $(*)$.

    Examples:
        A quarter of the way, and half of it.

        >>> import torch
        >>> from reference_impl.optim import lookahead_update
        >>> slow, fast = torch.tensor([2.0, -4.0], dtype=torch.float64), torch.tensor([6.0, 0.0], dtype=torch.float64)
        >>> lookahead_update(slow, fast, alpha=0.25).tolist()  # 2 + 0.25 * 4, -4 + 0.25 * 4
        [3.0, -3.0]
        >>> lookahead_update(slow, fast=fast).tolist()
        [4.0, -2.0]

    Source:
        Zhang et al., [Lookahead optimizer: k steps forward, 1 step back](https://arxiv.org/abs/1907.08610), NeurIPS
        2019, algorithm 1.
    """
    return slow + alpha * (fast - slow)


class Lookahead:
    r"""Lookahead: every $k$ steps of another optimizer, go back part of the way.

    The other optimizer moves the fast weights $\theta$, which are the parameters. Every $k$ steps slow weights $\phi$
    follow them, and the fast ones start again from there:

    $$\phi \leftarrow \phi + \alpha \, (\theta - \phi), \qquad \theta \leftarrow \phi$$

    Args:
        optimizer: The optimizer of the fast weights: any of these, or one of torch. It keeps its state.
        k: The number $k$ of its steps between two of the slow weights.
        alpha: The share $\alpha$ of the way that the slow weights go.

    Raises:
        ValueError: `k` is below 1, or `alpha` not from 0 to 1.
        TypeError: `k` isn't an integer, or `optimizer` isn't an optimizer.

    Examples:
        Each step of SGD moves by 2; every second goes back a quarter of the way. Another Lookahead, with the default
        settings, takes over the state.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> from reference_impl.optim import SGD, Lookahead
        >>> theta = Tensor(torch.zeros(1, dtype=torch.float64), requires_grad=True)
        >>> optimizer, path = Lookahead(SGD([theta], lr=0.5), k=2, alpha=0.75), []
        >>> for _ in range(4):
        ...     optimizer.zero_grad()
        ...     (4.0 * theta).sum().backward()
        ...     optimizer.step()
        ...     path += theta.tolist()
        >>> path  # -4 becomes 0.75 * -4, and -7 becomes -3 + 0.75 * -4
        [-2.0, -3.0, -5.0, -6.0]
        >>> other = Lookahead(SGD([theta]))
        >>> other.load_state_dict(optimizer.state_dict())
        >>> other.steps, other.k, other.alpha
        (4, 5, 0.5)

    Source:
        Zhang et al., [Lookahead optimizer: k steps forward, 1 step back](https://arxiv.org/abs/1907.08610), NeurIPS
        2019.
    """

    def __init__(self, optimizer: Any, k: int = 5, alpha: float = 0.5) -> None:
        if not hasattr(optimizer, "param_groups"):
            refuse(
                "optimizer",
                optimizer,
                "must be an optimizer",
                "pass e.g. Adam(model.parameters())",
                TypeError,
            )
        check_size("k", k)
        check_number("alpha", alpha, 0.5)
        if not 0 <= alpha <= 1:
            refuse("alpha", alpha, "must be from 0 to 1", "pass e.g. alpha=0.5")
        self.optimizer, self.k, self.alpha = optimizer, k, alpha
        self.steps = 0
        self.slow: dict[Any, Array] = {parameter: own(parameter.data) for parameter in self._parameters()}

    @property
    def param_groups(self) -> list[dict[str, Any]]:
        """The groups of the optimizer of the fast weights."""
        return list(self.optimizer.param_groups)

    def step(self, **options: Any) -> None:
        """Let the other optimizer take a step, with these options; every `k` of them, move the slow weights."""
        self.optimizer.step(**options)
        self.steps += 1
        if self.steps % self.k == 0:
            for parameter in self._parameters():
                slow = self.slow[parameter]
                apply_in_place(self._rule, slow, parameter.data, ())
                assign(parameter.data, slow)

    def _rule(self, slow: Array, fast: Array) -> tuple[Array]:
        return (lookahead_update(slow, fast, alpha=self.alpha),)

    def zero_grad(self) -> None:
        """Drop the gradient of every parameter."""
        self.optimizer.zero_grad()

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the other optimizer, the slow weights and the number of steps; nothing is copied."""
        slow = [self.slow[parameter] for parameter in self._parameters()]
        return {"optimizer": self.optimizer.state_dict(), "slow": slow, "steps": self.steps}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Take over such a state; arrays are copied.

        Raises:
            ValueError: It is of another optimizer or model.
        """
        parameters = self._parameters()
        if not state_dict.keys() >= {"optimizer", "slow", "steps"}:
            refuse("state_dict", sorted(state_dict), "must be of Lookahead", FIX)
        found, wanted = (
            [tuple(array.shape) for array in arrays]
            for arrays in (state_dict["slow"], (parameter.data for parameter in parameters))
        )
        if found != wanted:
            refuse("slow", found, f"must have the shapes of the parameters, {wanted}", FIX)
        self.optimizer.load_state_dict(state_dict["optimizer"])
        self.steps = int(state_dict["steps"])
        self.slow = {
            parameter: from_numpy(to_numpy(array), like=parameter.data)
            for parameter, array in zip(parameters, state_dict["slow"], strict=True)
        }

    def _parameters(self) -> list[Any]:
        return [parameter for group in self.optimizer.param_groups for parameter in group["params"]]
