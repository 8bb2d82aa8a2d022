"""What a message of torch means."""

from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.clinic.entry import Entry
from reference_impl.shapes.clinic.layers import LAYERS
from reference_impl.shapes.clinic.tensors import TENSORS
from reference_impl.shapes.clinic.training import TRAINING

ENTRIES: list[Entry] = []
for _entries in (LAYERS, TENSORS, TRAINING):
    ENTRIES.extend(_entries)


class Explanation:
    r"""A message of torch, explained: for example why $n \times k$ and $m \times p$ matrices have no product.

    The arguments are attributes as well.

    Args:
        name: What the message is about.
        numbers: Pairs of what stands in the message and what it means.
        cause: Why torch refuses.
        fix: What to change.
        message: The message that was recognised, with a gap `{}` for each of the numbers.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import explain_error
        >>> try:
        ...     torch.nn.GroupNorm(2, 3)
        ... except ValueError as error:
        ...     print(explain_error(str(error)).text)
        group normalisation: groups
          3: num_channels
          2: num_groups
        Each group has the same number of channels.
        Take a number of groups that divides 3.
    """

    def __init__(self, name: str, numbers: list[tuple[str, str]], cause: str, fix: str, message: str) -> None:
        self.name, self.numbers, self.cause, self.fix, self.message = name, numbers, cause, fix, message

    @property
    def text(self) -> str:
        """The explanation in lines."""
        lines = [self.name]
        lines.extend([f"  {value}: {meaning}" for value, meaning in self.numbers])
        lines.extend([self.cause, self.fix])
        return "\n".join(lines)


def explain_error(message: str) -> Explanation | None:
    r"""Explain a message of torch about shapes.

    The message may stand anywhere in a text, such as a whole traceback. Where several are found, the one with the most
    words counts. A product of $n \times k$ and $m \times p$ matrices, for example, needs $k = m$.

    Args:
        message: The text.

    Returns:
        An [Explanation][reference_impl.shapes.Explanation], or None if no known message is found.

    Raises:
        TypeError: If `message` is not a string.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import explain_error
        >>> try:
        ...     torch.nn.Linear(10, 3)(torch.zeros(4, 7))
        ... except RuntimeError as error:
        ...     found = explain_error(str(error))
        >>> for value, meaning in found.numbers:
        ...     print(value, meaning)
        4 rows of the input
        7 columns of the input, its features
        10 in_features of the layer
        3 its out_features
        >>> found.fix
        'Make the layer with in_features=7, or change the input so that it has 10 features.'

    Source:
        The messages of torch 2.13; each has a test that provokes it, and a test that its fix works.
    """
    if not isinstance(message, str):
        refuse("message", message, "must be a string", "pass str(error)", TypeError)
    text = " ".join(message.split())
    matches = [(entry, gaps) for entry in ENTRIES if (gaps := entry.found_in(text)) is not None]
    if not matches:
        return None
    return _explained(*max(matches, key=lambda match: len(match[0].template)))


def _explained(entry: Entry, gaps: list[str]) -> Explanation:
    numbers = [(gaps[at], entry.numbers[at]) for at in range(len(gaps))]
    return Explanation(
        entry.name, numbers, entry.cause.format(*gaps), entry.fix.format(*gaps), entry.template
    )
