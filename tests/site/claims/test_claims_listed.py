"""The generated part of the claims page."""

import gzip
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from sitebuild.pages.claim_data import VERDICTS, load
from sitebuild.pages.claim_rows import address, inline
from sitebuild.pages.claims import PLACEHOLDER, claims_page, generated
from sitebuild.pages.settled import Settled, is_written, settled_claims

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = (ROOT / "docs/en/claims/index.md").read_text("utf-8")
DATA = load(ROOT)
ROW = re.compile(r'<li id="(c\d{3})".*?</li>')
ADAM = Settled("C130", "chapters/adam/", "adam-stays", "wrong", "x", "0.297", "adam.md", 5)


def rows(markdown: str) -> dict[str, str]:
    """The rows of the list, by the identifier of the claim."""
    return {match[1].upper(): match[0] for match in ROW.finditer(markdown)}


def corrections(markdown: str) -> str:
    """The section of corrections."""
    return markdown.partition("## Fifteen corrections")[2].partition("## All statements")[0]


@pytest.fixture(scope="module")
def page() -> str:
    """The page of this project."""
    return claims_page(ROOT, TEMPLATE)


def test_every_claim_is_listed_once(page: str) -> None:
    """With its statement and its chapter."""
    assert len(ROW.findall(page)) == 336
    for claim in DATA.claims.values():
        row = rows(page)[claim.id]
        assert inline(claim.statement) in row
        assert DATA.chapter(claim.chapter).title in unescape(row)


def test_settled_claims_lead_to_their_blocks(page: str) -> None:
    """And show the verdict in words."""
    settled = settled_claims(ROOT)
    assert settled
    for block in settled:
        row = rows(page)[block.claim]
        assert f'<a href="{address(block)}">' in row
        assert f'data-verdict="{block.box}"' in row
        assert f">{VERDICTS[block.box]}<" in row


def test_nothing_is_said_of_unsettled_claims(page: str) -> None:
    """No verdict, no condition, no link: neither for readers nor in the source of the page."""
    settled = {block.claim for block in settled_claims(ROOT)}
    for claim in DATA.claims.values():
        if claim.id not in settled:
            row = rows(page)[claim.id]
            assert "verdict" not in row
            assert "class=" not in row.partition(">")[0]
            assert "<a " not in row
            assert ("not settled yet" if claim.figures else "nothing to compute") in row
            assert not claim.condition or inline(claim.condition) not in row


def test_counts(page: str) -> None:
    """The counts at the top add up."""
    counted = re.search(r'<dl class="dc-counts.*?</dl>', page)
    assert counted is not None
    numbers = [int(number) for number in re.findall(r"<dd>(\d+)</dd>", counted[0])]
    assert sum(numbers) == 336
    assert numbers[-1] == 336 - len(settled_claims(ROOT))


def test_the_filter_offers_what_there_is(page: str) -> None:
    """All verdicts and topics; hidden until its script runs."""
    assert re.findall(r'<form class="claims-filter"[^>]* hidden>', page)
    values = re.findall(r'<option value="([\w-]+)">', page)
    assert values == [*VERDICTS, *(topic.key for topic in DATA.topics), "settled", "unsettled"]
    assert re.findall(r'data-topic="(\w+)"', page) == [topic.key for topic in DATA.topics]


def test_corrections_are_to_come_until_settled() -> None:
    """What holds is written only once a block says so; a part doesn't wait for the other."""
    nothing = corrections(generated(DATA, []))
    assert nothing.count("to come</p>") == sum(map(len, DATA.corrections))
    assert "<a " not in nothing
    for parts in DATA.corrections:
        for part in parts:
            assert inline(part.said) in nothing
            assert inline(part.holds) not in nothing

    one = corrections(generated(DATA, [ADAM]))
    assert "Where it is zero from the start, Adam doesn't move either." in one
    assert '<span class="claim-verdict">Wrong</span> <a href="../chapters/adam/#adam-stays">C130</a>' in one
    assert "<summary>14 to come</summary>" in one
    assert '<ol class="claims-corrections" start="2">' in one


def test_each_correction_has_its_verdicts_or_visibly_waits(page: str) -> None:
    """All fifteen stand on the page; none says what holds without a link to the block that settles it."""
    shown = corrections(page)
    settled = {block.claim: block for block in settled_claims(ROOT)}
    assert shown.count("<li><div") == 15
    for part in (part for parts in DATA.corrections for part in parts):
        row = shown.partition(inline(part.said))[2].partition('<p class="claims-said">')[0]
        waiting = not set(part.claims) <= set(settled)
        assert ("to come</p>" in row) == waiting
        assert (inline(part.holds) in row) == (not waiting)
        for claim in part.claims:
            verdict = f">{VERDICTS[DATA.claims[claim].verdict]}</span> <a href="
            link = f'{address(settled[claim])}">{claim}</a>' if claim in settled else claim
            assert (verdict in row and link in row) == (not waiting)


def test_corrections_of_chapters_to_come_are_settled_here(page: str) -> None:
    """By blocks below the list, as long as their chapter isn't written."""
    for claim in ("C172", "C173", "C179", "C185", "C186"):
        if not is_written(ROOT, DATA.claims[claim].chapter):
            assert f'data-claim="{claim}"' in TEMPLATE
            assert re.search(rf'<a href="#[\w-]+">{claim}</a>', corrections(page))


def test_a_correction_waits_for_all_of_its_claims() -> None:
    """Inside and outside of Adam's moments: two claims, one correction."""
    swapped = [replace(ADAM, claim=claim) for claim in ("C192", "C195")]
    assert "weight decay moves it to 0.999" not in corrections(generated(DATA, swapped[:1]))
    assert "weight decay moves it to 0.999" in corrections(generated(DATA, swapped))


def test_all_settled_leaves_nothing_to_come() -> None:
    """Then the folded part disappears."""
    settled = [replace(ADAM, claim=claim.id, box=claim.verdict) for claim in DATA.claims.values()]
    finished = generated(DATA, settled)
    assert "claims-to-come" not in finished
    assert "<details" not in finished
    assert "not settled yet</p>" not in finished
    assert finished.count('data-verdict="open"') == 3
    assert len(gzip.compress(finished.encode())) < 45_000


def test_a_block_on_the_claims_page_is_linked_within_it() -> None:
    """Corrections may be settled there."""
    here = replace(ADAM, page_url="claims/")
    assert '<a href="#adam-stays">' in rows(generated(DATA, [here]))["C130"]


def test_sentences_are_escaped() -> None:
    """Markup comes from backticks alone."""
    assert inline('If a < b & c, call `f<T>()` "now"') == (
        'If a &lt; b &amp; c, call <code>f&lt;T&gt;()</code> "now"'
    )


def test_the_page_is_small(page: str) -> None:
    """Its own share of the compressed page; the theme adds about 7 KB."""
    assert len(gzip.compress(page.encode())) < 45_000


def test_the_template_needs_its_placeholder() -> None:
    """Once."""
    for template in ("# Claims\n", PLACEHOLDER * 2):
        with pytest.raises(
            ValueError, match=r"claims/index.md must contain the line <!-- generated: claims --> once"
        ):
            claims_page(ROOT, template)


def test_mistakes_stop_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict that the data don't share is never published."""
    monkeypatch.setattr("sitebuild.pages.claims.settled_claims", lambda root: [replace(ADAM, box="holds")])
    with pytest.raises(
        ValueError, match=r"adam.md:5: claim C130 stands in a box `holds`; its verdict in the data"
    ):
        claims_page(ROOT, TEMPLATE)
