"""The order of the set-up: which parts there are, which of them still hold, which to make again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tools.environment.stamp import Stamp


@dataclass(frozen=True)
class Part:
    """One part of the set-up.

    Attributes:
        name: the part's name in the stamp.
        key: fingerprint of everything that the part depends on.
        present: tells whether what the part made is still there.
        make: makes it; raises `SetupError` where it can't.
    """

    name: str
    key: str
    present: Callable[[], bool]
    make: Callable[[], None]

    def holds(self, stamp: Stamp) -> bool:
        """Tell whether the part was finished for just this key and is still there."""
        return stamp.finished.get(self.name) == self.key and self.present()


def make_missing(parts: Iterable[Part], stamp: Stamp) -> int:
    """Make every part that doesn't hold, in order, and note each as soon as it is complete.

    Returns:
        How many parts were made.
    """
    made = 0
    for part in parts:
        if part.holds(stamp):
            continue
        stamp.begin(part.name)
        part.make()
        stamp.finish(part.name, part.key)
        made += 1
    return made
