"""One statement, or one correction, as it stands on the claims page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from sitebuild.pages.claim_data import VERDICTS, Claim, ClaimData, Correction
from sitebuild.pages.settled import CLAIMS_PAGE, Settled

CODE = re.compile(r"`([^`]+)`")


class Page:
    """Writes rows of the claims page.

    Attributes:
        data: the claims.
        settled: the block that settles a claim, by the claim's identifier.
    """

    def __init__(self, data: ClaimData, settled: Iterable[Settled]) -> None:
        """Take the data and the blocks that settle claims."""
        self.data = data
        self.settled = {block.claim: block for block in settled}

    def row(self, claim: Claim) -> str:
        """A statement: with its verdict and a link to the block if it is settled, alone if not."""
        block = self.settled.get(claim.id)
        statement, anchor = inline(claim.statement), claim.id.lower()
        chapter = f"<span>{escape(self.data.chapter(claim.chapter).title)}</span>"
        if block is None:
            state = "not settled yet" if claim.figures else "nothing to compute"
            place = f'<p class="claim-place">{claim.id} · {state} {chapter}</p>'
            return f'<li id="{anchor}"><p>{statement}</p>{place}</li>'
        verdict = f'<span class="claim-verdict">{VERDICTS[claim.verdict]}</span>'
        return (
            f'<li id="{anchor}" class="{claim.verdict}" data-verdict="{claim.verdict}">'
            f'<p><a href="{address(block)}">{statement}</a></p>'
            f'<p class="claim-condition">{verdict} {inline(claim.condition)}</p>'
            f'<p class="claim-place">{claim.id} {chapter}</p></li>'
        )

    def is_settled(self, part: Correction) -> bool:
        """Whether all claims of a correction's part are settled."""
        return all(claim in self.settled for claim in part.claims)

    def correction(self, part: Correction) -> str:
        """A part of a correction: what is said; once all of its claims are settled, what holds and each verdict."""
        said = f'<p class="claims-said">{inline(part.said)}</p>'
        if not self.is_settled(part):
            return f'<div>{said}<p class="claims-to-come">to come</p></div>'
        verdicts = "".join(self._verdict(claim) for claim in part.claims)
        holds = f'<p>{inline(part.holds)}</p><ul class="claims-verdicts">{verdicts}</ul>'
        return f'<div class="settled">{said}<div class="claims-holds">{holds}</div></div>'

    def _verdict(self, claim: str) -> str:
        block = self.settled[claim]
        verdict = f'<span class="claim-verdict">{VERDICTS[block.box]}</span>'
        return f'<li class="{block.box}">{verdict} <a href="{address(block)}">{claim}</a></li>'


def address(block: Settled) -> str:
    """The link from the claims page to a block."""
    page = "" if block.page_url == CLAIMS_PAGE else f"../{block.page_url}"
    return f"{page}#{block.anchor}"


def inline(text: str) -> str:
    """Escape a sentence; what stands between backticks is code."""
    return CODE.sub(r"<code>\1</code>", escape(text, quote=False))
