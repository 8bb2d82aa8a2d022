"""This project's claims: each chapter that is written settles its own, and the number of open ones only falls."""

from pathlib import Path

import pytest

from sitebuild.pages.claim_data import Claim, load
from sitebuild.pages.settled import Settled, is_written, mistakes, settled_claims, unsettled

ROOT = Path(__file__).resolve().parents[3]
COMMITTED = ROOT / "docs/en/claims/unsettled.txt"
DATA = load(ROOT)
DUE = [claim for claim in DATA.claims.values() if claim.figures and is_written(ROOT, claim.chapter)]


@pytest.fixture(scope="module")
def settled() -> list[Settled]:
    """The blocks of this project that settle claims."""
    return settled_claims(ROOT)


def test_blocks_settle_claims_as_the_data_say(settled: list[Settled]) -> None:
    """Known claims, each once, on its page, in a box of its verdict, with a figure of its check."""
    assert list(map(str, mistakes(DATA, settled, ROOT))) == []


@pytest.mark.parametrize("claim", DUE, ids=[f"{claim.chapter}-{claim.id}" for claim in DUE])
def test_a_written_chapter_settles_its_claims(claim: Claim, settled: list[Settled]) -> None:
    """Exactly one block settles each of them."""
    blocks = [block for block in settled if block.claim == claim.id]
    assert len(blocks) == 1, (
        f"docs/en/chapters/{claim.chapter}.md must settle {claim.id} ({claim.statement}) with one block: "
        f'data-claim="{claim.id}" in a box `{claim.verdict}`'
    )


def test_the_number_of_unsettled_claims_only_falls(settled: list[Settled]) -> None:
    """The committed number is the highest that is allowed, and exact."""
    committed, now = int(COMMITTED.read_text("utf-8")), len(unsettled(DATA, settled))
    assert now <= committed, (
        f"{now} claims aren't settled; there were {committed}: something is no longer settled"
    )
    assert now == committed, f"only {now} claims aren't settled any more: write {now} into {COMMITTED.name}"
