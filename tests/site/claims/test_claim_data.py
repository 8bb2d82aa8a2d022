"""The claims as data: complete, consistent, and read with clear errors."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitebuild.pages.claim_data import DATA, ClaimData, load
from sitebuild.pages.claim_fields import ClaimError

ROOT = Path(__file__).resolve().parents[3]
ADAM = "claims/adam.json"


@pytest.fixture(scope="module")
def data() -> ClaimData:
    """The claims of this project."""
    return load(ROOT)


def test_no_claim_is_missing_or_invented(data: ClaimData) -> None:
    """The source notes make 336 statements."""
    assert sorted(data.claims) == [f"C{number:03}" for number in range(1, 337)]


def test_verdicts(data: ClaimData) -> None:
    """As audited: none was turned around by a slip."""
    count = Counter(claim.verdict for claim in data.claims.values())
    assert count == {"holds": 189, "holds-if": 112, "wrong": 32, "open": 3}


def test_statements_differ(data: ClaimData) -> None:
    """No statement stands twice."""
    statements = [claim.statement for claim in data.claims.values()]
    assert [statement for statement in statements if statements.count(statement) > 1] == []


def test_every_chapter_has_claims_and_every_topic_chapters(data: ClaimData) -> None:
    """Neither a chapter nor a topic is empty, and the topics cover every claim."""
    assert {claim.chapter for claim in data.claims.values()} == {chapter.key for chapter in data.chapters}
    by_topic = [claim.id for topic in data.topics for claim in data.of_topic(topic.key)]
    assert sorted(by_topic) == sorted(data.claims)
    assert all(data.of_topic(topic.key) for topic in data.topics)


def test_there_are_fifteen_corrections(data: ClaimData) -> None:
    """Each rests on at least one claim that is wrong, or holds only under a condition."""
    assert len(data.corrections) == 15
    for parts in data.corrections:
        for part in parts:
            verdicts = {data.claims[claim].verdict for claim in part.claims}
            assert part.claims == ("C283",) or verdicts - {"holds"}


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs/en/chapters").glob("[!_]*.md")), ids=lambda page: page.stem
)
def test_written_chapters_have_the_title_of_the_table(data: ClaimData, page: Path) -> None:
    """The claims page calls a chapter what the chapter calls itself."""
    title = re.search(r"^title: (.+)$", page.read_text("utf-8"), re.M)
    assert title is not None
    assert data.chapter(page.stem).title == title[1]


def first(change: dict[str, Any]) -> Callable[[Any], None]:
    """Change the first row of a list."""
    return lambda rows: rows[0].update(change)


MISTAKES = [
    (
        ADAM,
        first({"verdict": "true"}),
        r"adam.json: C129: `verdict` \(='true'\) must be one of holds, holds-if, ",
    ),
    (ADAM, first({"id": "129"}), r"adam.json: 129: `id` \(='129'\) must be C and three digits"),
    (ADAM, first({"id": "C130"}), r"adam.json: C130: `id` stands in adam.json too"),
    (ADAM, first({"statement": "word " * 31 + "."}), r"C129: `statement` has 32 words; say it in 30"),
    (
        ADAM,
        first({"statement": "Adam moves"}),
        r"C129: `statement` \(='Adam moves'\) must end like a sentence",
    ),
    (
        ADAM,
        first({"statement": "It has `lr."}),
        r"C129: `statement` \(='It has `lr.'\) must .* close its backticks",
    ),
    (ADAM, first({"statement": " "}), r"C129: `statement` \(=' '\) must be a text"),
    (ADAM, first({"figures": "6.57"}), r"C129: `figures` \(='6.57'\) must be a list of texts"),
    (ADAM, first({"figure": []}), r"C129: `figure` is no field; known are id, statement, verdict"),
    (ADAM, lambda rows: rows[1].pop("condition"), r"C130: `condition` \(=None\) must be a text"),
    (ADAM, lambda rows: rows.append(3), r"adam.json: row 6: must be an object"),
    (
        "chapters.json",
        lambda table: table.pop("topics"),
        r"chapters.json: `topics` must be a list of objects",
    ),
    (
        "chapters.json",
        lambda table: first({"topic": "x"})(table["chapters"]),
        r"chapters\[1\]: `topic` \(='x'\)",
    ),
    (
        "chapters.json",
        lambda table: first({"number": 2})(table["chapters"]),
        r"`number` \(=2\) must be 1: rows",
    ),
    (
        "chapters.json",
        lambda table: first({"key": "adam"})(table["chapters"]),
        r"adam: `key` names more than one",
    ),
    (
        "chapters.json",
        lambda table: first({"key": "Adam"})(table["chapters"]),
        r"\(='Adam'\) must be lower-case",
    ),
    (
        "chapters.json",
        lambda table: table["chapters"].pop(),
        r"ablation.json: `name` must be a key in chapters",
    ),
    (
        "corrections.json",
        lambda groups: first({"claims": ["C400"]})(groups[0]),
        r"correction 1: `claims` names C400",
    ),
    ("corrections.json", lambda groups: groups.append({}), r"corrections.json: must be a list of lists"),
]


@pytest.mark.parametrize(("file", "change", "message"), MISTAKES, ids=[message for *_, message in MISTAKES])
def test_mistakes_are_named(tmp_path: Path, file: str, change: Callable[[Any], None], message: str) -> None:
    """An error names file, row, field and rule."""
    path = copied(tmp_path) / file
    content = json.loads(path.read_text("utf-8"))
    change(content)
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(ClaimError, match=message):
        load(tmp_path)


def test_broken_json_is_named_with_its_line(tmp_path: Path) -> None:
    """A stray comma is found."""
    (copied(tmp_path) / ADAM).write_text("[\n{,\n]", "utf-8")
    with pytest.raises(ClaimError, match=r"adam.json: line 2: is no JSON"):
        load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A chapter of the table needs its file."""
    (copied(tmp_path) / ADAM).unlink()
    with pytest.raises(ClaimError, match=r"adam.json: there is no such file"):
        load(tmp_path)


def copied(root: Path) -> Path:
    """A copy of the data in another project, for spoiling."""
    return Path(shutil.copytree(ROOT / DATA, root / DATA))
