"""Arguments may be arrays, or lists, tuples and dictionaries of them, nested as one likes."""

from collections.abc import Callable, Iterator
from typing import Any


def leaves(tree: Any) -> Iterator[Any]:
    """Yield what hangs in the containers of `tree`, in order."""
    if isinstance(tree, list | tuple | dict):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from leaves(branch)
    else:
        yield tree


def tree_map(function: Callable[[Any], Any], tree: Any) -> Any:
    """Return the containers of `tree` with `function` applied to what hangs in them."""
    if isinstance(tree, dict):
        return {key: tree_map(function, branch) for key, branch in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)([tree_map(function, branch) for branch in tree])
    return function(tree)
