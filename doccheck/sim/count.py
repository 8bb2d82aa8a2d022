"""How many tensors the device has made or written, counted across threads (backward passes run in one of their own)."""

import threading


class Counter:
    """A number that several threads may increase."""

    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()

    def add_one(self) -> None:
        """Increase the number by one."""
        with self._lock:
            self.value += 1


TENSORS_MADE = Counter()
