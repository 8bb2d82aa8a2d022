"""One known message of torch: its text with gaps, and what stands in the gaps."""

LONGEST = 120


class Entry:
    """A message that is known.

    Args:
        name: a short name.
        template: the text, with {} for what differs.
        numbers: what each gap means, in order.
        cause: why torch refuses.
        fix: what to change; {0} is the text of the first gap.
    """

    def __init__(self, name: str, template: str, numbers: list[str], cause: str, fix: str) -> None:
        self.name, self.template, self.numbers = name, template, numbers
        self.cause, self.fix = cause, fix

    def found_in(self, text: str) -> list[str] | None:
        """Give what stands in the gaps if the message is part of a text, whose white space is single spaces."""
        pieces = self.template.split("{}")
        start = text.find(pieces[0])
        while start >= 0:
            gaps = _gaps(text, start + len(pieces[0]), pieces[1:])
            if gaps is not None:
                return gaps
            start = text.find(pieces[0], start + 1)
        return None


def _gaps(text: str, at: int, pieces: list[str]) -> list[str] | None:
    """Read the gaps between the pieces that follow a position; a last gap goes on to the next space."""
    gaps = []
    for piece in pieces:
        end = text.find(piece, at) if piece else _end_of_word(text, at)
        if end < 0 or end - at > LONGEST:
            return None
        gaps.append(text[at:end])
        at = end + len(piece)
    return gaps


def _end_of_word(text: str, at: int) -> int:
    end = text.find(" ", at)
    word = text[at:] if end < 0 else text[at:end]
    while word and word[-1] in ".,;:'\"":
        word = word[:-1]
    return at + len(word)
