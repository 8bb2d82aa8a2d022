"""Which claims the pages settle, and whether they do it as the data say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from doccheck.errors import Problem
from doccheck.extract import extract
from doccheck.extract.pages import markdown_pages
from doccheck.settings import Settings
from doccheck.snippet import Snippet
from sitebuild.pages.boxes import Box, boxes, innermost
from sitebuild.pages.claim_data import VERDICTS, Claim, ClaimData
from sitebuild.pages.claim_figures import contains_figure

CLAIMS_PAGE = "claims/"
EXAMPLE = 'write `!!! holds "The statement"` above it and indent the block by four spaces'


@dataclass(frozen=True)
class Settled:
    """A block that settles a claim.

    Attributes:
        claim: identifier of the claim.
        page_url: address of the page within the site, such as `chapters/adam/`.
        anchor: name of the block.
        box: type of the box around it, which is the verdict.
        title: title of the box.
        source: the code.
        file: the page's source, relative to the project.
        line: first line of the code in it.
    """

    claim: str
    page_url: str
    anchor: str
    box: str
    title: str
    source: str
    file: str
    line: int


class SettlingError(ValueError):
    """Claims aren't settled the way they must be: one line for each mistake, with file, line and remedy."""

    def __init__(self, problems: list[Problem]) -> None:
        """List the problems."""
        super().__init__("\n".join(map(str, sorted(problems))))


def settled_claims(root: Path) -> list[Settled]:
    """Find the blocks that settle claims, and the boxes they stand in.

    Raises:
        SettlingError: where such a block stands in no box of a claim, or such a box has not exactly one of them.
    """
    settings = Settings.read(root.resolve())
    blocks = [snippet for snippet in extract(settings).snippets if snippet.options.claim]
    problems, settled = [], []
    sources = {path.relative_to(settings.root).as_posix(): path for path, _ in markdown_pages(settings)}
    problems += [
        Problem(block.file, block.line, "a claim is settled outside a page", f"move it to {settings.docs}")
        for block in blocks
        if block.file not in sources
    ]
    for file, path in sources.items():
        found = boxes(path.read_text("utf-8"))
        here = [block for block in blocks if block.file == file]
        problems += [problem for block in here for problem in _misplaced(block, innermost(found, block.line))]
        problems += _boxes_without_block(file, found, here)
        settled += [_settled(block, box) for block in here if (box := innermost(found, block.line))]
    if problems:
        raise SettlingError(problems)
    return settled


def mistakes(data: ClaimData, settled: list[Settled], root: Path) -> list[Problem]:
    """What the settled claims get wrong: claim, number of blocks, page, verdict or figure."""
    problems = []
    for block in settled:
        claim = data.claims.get(block.claim)
        if claim is None:
            problems.append(
                _problem(block, "is no claim", "use an identifier from docs/en/claims/data/claims")
            )
            continue
        problems += _mistakes_of(block, claim, data, root)
        first = next(other for other in settled if other.claim == block.claim)
        if first is not block:
            place = f"{first.file}:{first.line}"
            problems.append(_problem(block, f"is settled by the block at {place} too", "keep one of them"))
    return problems


def unsettled(data: ClaimData, settled: list[Settled]) -> list[Claim]:
    """The claims that no block settles."""
    done = {block.claim for block in settled}
    return [claim for claim in data.claims.values() if claim.id not in done]


def is_written(root: Path, chapter: str) -> bool:
    """Whether the page of a chapter exists."""
    return (root / f"docs/en/chapters/{chapter}.md").is_file()


def _misplaced(block: Snippet, box: Box | None) -> Iterator[Problem]:
    what = f"the block of claim {block.options.claim}"
    if box is None:
        yield Problem(block.file, block.line, f"{what} stands in no box", EXAMPLE)
    elif box.kind not in VERDICTS:
        known = ", ".join(f"`{kind}`" for kind in VERDICTS)
        yield Problem(
            block.file,
            block.line,
            f"{what} stands in a box of type `{box.kind}`",
            f"the type of its box is the verdict, one of {known}",
        )


def _boxes_without_block(file: str, found: list[Box], blocks: list[Snippet]) -> Iterator[Problem]:
    for box in found:
        if box.kind not in VERDICTS:
            continue
        inside = [block for block in blocks if innermost(found, block.line) is box]
        name = f"the box `{box.kind}`"
        if len(inside) != 1:
            remedy = 'give exactly one block data-claim="C…"'
            yield Problem(file, box.line, f"{name} settles {len(inside)} claims", remedy)
        if not box.title:
            yield Problem(
                file, box.line, f"{name} has no title", "write the statement in quotes after its type"
            )
        if box.folded:
            yield Problem(file, box.line, f"{name} is folded", "write `!!!` so that readers see the verdict")


def _settled(block: Snippet, box: Box) -> Settled:
    return Settled(
        claim=block.options.claim,
        page_url=block.page,
        anchor=block.name,
        box=box.kind,
        title=box.title,
        source=block.text,
        file=block.file,
        line=block.line,
    )


def _mistakes_of(block: Settled, claim: Claim, data: ClaimData, root: Path) -> Iterator[Problem]:
    corrected = {name for parts in data.corrections for part in parts for name in part.claims}
    pages = [f"chapters/{claim.chapter}/"]
    if claim.id in corrected and not is_written(root, claim.chapter):
        pages.append(CLAIMS_PAGE)
    if block.page_url not in pages:
        yield _problem(block, f"is settled on {block.page_url}", f"it belongs to {' or '.join(pages)}")
    if block.box != claim.verdict:
        yield _problem(
            block, f"stands in a box `{block.box}`", f"its verdict in the data is `{claim.verdict}`"
        )
    if not claim.figures:
        yield _problem(block, "has no figure in the data", "add the figure that this block asserts")
    elif not any(contains_figure(block.source, figure) for figure in claim.figures):
        figures = ", ".join(f"`{figure}`" for figure in claim.figures)
        yield _problem(block, "is settled without a figure of its check", f"assert one of {figures}")


def _problem(block: Settled, what: str, remedy: str) -> Problem:
    return Problem(block.file, block.line, f"claim {block.claim} {what}", remedy)
