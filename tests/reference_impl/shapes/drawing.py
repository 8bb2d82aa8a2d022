"""Drawn arguments, and the comparison with torch: the same result, or both refuse."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import torch
from hypothesis import settings

NIGHTLY = settings().max_examples > 50
WHOLE_RUN = 1_000_000 if NIGHTLY else 20_000
Case = Callable[["Draw"], tuple[Callable[[], Any], Callable[[], Any]]]


def draws(seed: int, share: float) -> Iterator["Draw"]:
    """Give as many draws as this share of the whole run has."""
    rng = random.Random(random.randrange(2**32) if NIGHTLY else seed)
    for _ in range(round(share * WHOLE_RUN)):
        yield Draw(rng)


class Draw:
    """Arguments of one layer in one to three dimensions."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.dimensions = rng.choice([1, 1, 2, 2, 3])
        self.size = tuple(rng.randint(1, 9) for _ in range(self.dimensions))

    def __repr__(self) -> str:
        return str({name: value for name, value in vars(self).items() if name != "rng"})

    def keep(self, name: str, value: Any) -> Any:
        """Keep what was drawn, so that a failure shows it."""
        setattr(self, name, value)
        return value

    def given(self, name: str, least: int, most: int) -> Any:
        """Draw one number, or one for each dimension."""
        if self.rng.random() < 0.5:
            return self.keep(name, self.rng.randint(least, most))
        return self.keep(name, tuple(self.rng.randint(least, most) for _ in range(self.dimensions)))

    def pairs(self, most: int) -> tuple[tuple[int, int], ...]:
        """Draw one pair (before, after) for each dimension."""
        self.padding = tuple(
            (self.rng.randint(0, most), self.rng.randint(0, most)) for _ in range(self.dimensions)
        )
        return self.padding

    def layer(self, kind: str) -> Callable[..., torch.Tensor]:
        """Find torch's function for this number of dimensions."""
        return getattr(torch.nn.functional, f"{kind}{self.dimensions}d")

    def input(self, *channels: int, padding: Any = ()) -> torch.Tensor:
        """Make a small input on the CPU, padded by pairs."""
        amounts = [amount for pair in reversed(padding) for amount in pair]
        return torch.nn.functional.pad(torch.zeros(1, *(channels or (1,)), *self.size), amounts)

    def weight(self) -> torch.Tensor:
        """Make a kernel of the drawn size, from one channel to one."""
        return torch.zeros(1, 1, *self.each("kernel_size"))

    def each(self, name: str) -> tuple[int, ...]:
        """Give one number for each dimension of what was drawn."""
        value = getattr(self, name)
        return value if isinstance(value, tuple) else (value,) * self.dimensions


def agree(ours: Callable[[], Any], theirs: Callable[[], Any], drawn: Any) -> bool:
    """Compare a calculator with torch, and say whether there was a result."""
    try:
        expected = theirs()
    except (RuntimeError, ValueError) as error:
        expected = error
    try:
        found = ours()
    except ValueError as error:
        assert isinstance(expected, Exception), f"{drawn}: refused with {error}, torch gives {expected}"
        return False
    assert not isinstance(expected, Exception), f"{drawn}: gives {found}, torch refuses with {expected}"
    assert found == expected, f"{drawn}: gives {found}, torch gives {expected}"
    return True


def agree_always(case: Case, seed: int, share: float) -> None:
    """Compare all draws of a case; some must give a result, and some must be refused."""
    outcomes = []
    for draw in draws(seed, share):
        ours, theirs = case(draw)
        outcomes.append(agree(ours, theirs, draw))
    successes = sum(outcomes) / len(outcomes)
    assert 0.2 < successes < 0.97, f"{successes} of the draws gave a result"


def spatial(tensor: torch.Tensor) -> tuple[int, ...]:
    """Give the shape without batch and channels."""
    return tuple(tensor.shape[2:])


def not_empty(sizes: tuple[int, ...]) -> tuple[int, ...]:
    """Refuse a size of 0, which torch lets some of its backends return and others refuse."""
    if 0 in sizes:
        raise RuntimeError("Output size is too small")
    return sizes
