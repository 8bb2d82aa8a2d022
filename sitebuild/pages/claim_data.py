"""The statements of the source notes as data: `docs/en/claims/data/`, read and checked.

`data/_format.md` describes the files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitebuild.pages.claim_fields import ClaimError, Row, read_rows, read_table

DATA = Path("docs/en/claims/data")
VERDICTS = {"holds": "Holds", "holds-if": "Holds if …", "wrong": "Wrong", "open": "Open"}
"""The verdicts, which are the types of the boxes on the pages, with the words that readers see."""


@dataclass(frozen=True)
class Topic:
    """A group of chapters."""

    key: str
    name: str


@dataclass(frozen=True)
class Chapter:
    """A row of the table of contents; its page is `docs/en/chapters/<key>.md` once it is written."""

    number: int
    key: str
    title: str
    topic: str


@dataclass(frozen=True)
class Claim:
    """One statement.

    Attributes:
        id: `C001` to `C336`.
        chapter: key of the chapter that settles it.
        statement: what the notes say, in the site's words.
        verdict: a key of `VERDICTS`.
        condition: under which condition it holds, or what holds instead.
        figures: a block that settles the claim contains at least one of these. None: there is nothing to compute.
    """

    id: str
    chapter: str
    statement: str
    verdict: str
    condition: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """A part of one of the fifteen corrections, which is shown once all of its claims are settled."""

    claims: tuple[str, ...]
    said: str
    holds: str


@dataclass(frozen=True)
class ClaimData:
    """Everything that is known of the statements before a block settles any of them."""

    topics: tuple[Topic, ...]
    chapters: tuple[Chapter, ...]
    claims: dict[str, Claim]
    corrections: tuple[tuple[Correction, ...], ...]

    def chapter(self, key: str) -> Chapter:
        """The chapter of this key."""
        return next(chapter for chapter in self.chapters if chapter.key == key)

    def of_topic(self, key: str) -> list[Claim]:
        """The claims of a topic, in the order of the chapters."""
        chapters = [chapter.key for chapter in self.chapters if chapter.topic == key]
        return [claim for chapter in chapters for claim in self.claims.values() if claim.chapter == chapter]


def load(root: Path) -> ClaimData:
    """Read the data of the project in `root`.

    Raises:
        ClaimError: with file, row, field and rule, where the data are wrong.
    """
    folder = root / DATA
    topics, chapters = _table_of_contents(folder / "chapters.json")
    claims: dict[str, Claim] = {}
    for chapter in chapters:
        path = folder / "claims" / f"{chapter.key}.json"
        for claim in _claims(path, chapter.key):
            if claim.id in claims:
                raise ClaimError(path, claim.id, "id", f"stands in {claims[claim.id].chapter}.json too")
            claims[claim.id] = claim
    stray = {path.stem for path in (folder / "claims").glob("*.json")} - {c.key for c in chapters}
    if stray:
        raise ClaimError(
            folder / "claims" / f"{min(stray)}.json", "", "name", "must be a key in chapters.json"
        )
    return ClaimData(topics, chapters, claims, _corrections(folder / "corrections.json", claims))


def _table_of_contents(path: Path) -> tuple[tuple[Topic, ...], tuple[Chapter, ...]]:
    table = read_table(path)
    topics = tuple(Topic(row.word("key"), row.text("name")) for row in table.rows("topics"))
    known = {topic.key for topic in topics}
    chapters = tuple(
        Chapter(row.number("number", place), row.word("key"), row.text("title"), row.one_of("topic", known))
        for place, row in enumerate(table.rows("chapters"), start=1)
    )
    for kind, keys in (("topic", [t.key for t in topics]), ("chapter", [c.key for c in chapters])):
        for key in keys:
            if keys.count(key) > 1:
                raise ClaimError(path, key, "key", f"names more than one {kind}")
    return topics, chapters


def _claims(path: Path, chapter: str) -> Iterator[Claim]:
    for row in read_rows(path, named_by="id"):
        row.only("id", "statement", "verdict", "condition", "figures")
        verdict = row.one_of("verdict", VERDICTS)
        yield Claim(
            id=row.identifier("id"),
            chapter=chapter,
            statement=row.sentence("statement", words=30),
            verdict=verdict,
            condition=row.sentence("condition", words=35, optional=verdict == "holds"),
            figures=row.words("figures"),
        )


def _corrections(path: Path, claims: dict[str, Claim]) -> tuple[tuple[Correction, ...], ...]:
    def part(row: Row) -> Correction:
        row.only("claims", "said", "holds")
        settled_by = row.words("claims")
        for claim in settled_by:
            if claim not in claims:
                raise ClaimError(path, row.name, "claims", f"names {claim}, which is no claim")
        return Correction(settled_by, row.sentence("said", words=30), row.sentence("holds", words=35))

    return tuple(tuple(part(row) for row in parts) for parts in read_table(path).groups())
