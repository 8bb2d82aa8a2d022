"""The rules of the gate."""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doccheck.canonical import canonical, identity
from doccheck.gate.evidence import Evidence, NoEvidence, key, read_evidence
from doccheck.gate.pages import Block, Page, read_page

_RUNS = frozenset({"python", "pycon", "console"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})


@dataclass
class Verdict:
    """What the gate found.

    Attributes:
        pages: number of pages read.
        blocks: number of code blocks that had to be executed.
        problems: one line for each mistake; empty if the site may be published.
        excused: blocks that weren't run on a required device, with the reason that the page shows.
    """

    pages: int = 0
    blocks: int = 0
    problems: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)


def check_site(site: Path, required: list[str]) -> Verdict:
    """Check every page of a built site.

    Args:
        site: its folder.
        required: the devices on which every block must have passed.
    """
    verdict = Verdict()
    try:
        evidence = read_evidence(site)
    except NoEvidence as missing:
        verdict.problems.append(str(missing))
        return verdict
    shown: dict[str, Counter[str]] = {}
    for path in sorted(path for path in site.rglob("*") if path.suffix.lower() in _PAGES and path.is_file()):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        html = path.read_bytes()
        page = read_page(html.decode(errors="replace"))
        if evidence.seals.get(path.relative_to(site).as_posix()) != hashlib.sha256(html).hexdigest():
            verdict.problems.append(f"{path}: was changed after it was stamped; stamp the site again")
        shown[address] = Counter(identity(block.text) for block in page.blocks)
        checker = _PageCheck(address, page, evidence, required, verdict)
        verdict.pages += 1
        verdict.problems += [f"{path}:{line}: {what}" for line, what in checker.problems()]
    verdict.problems += _missing_blocks(evidence, shown)
    for file in evidence.altered:
        verdict.problems.append(f"{file}: the wheel on the site doesn't hold the file that was tested")
    return verdict


class _PageCheck:
    """The check of one page."""

    def __init__(
        self, address: str, page: Page, evidence: Evidence, required: list[str], verdict: Verdict
    ) -> None:
        self.page, self.evidence, self.required, self.verdict = page, evidence, required, verdict
        here = [
            s for s in evidence.snippets if s["page"] == address and s["kind"] in ("markdown", "notebook")
        ]
        anywhere = [s for s in evidence.snippets if s["kind"] == "docstring"]
        self.snippets = {snippet["identity"]: snippet for snippet in [*anywhere, *here]}

    def problems(self) -> Iterator[tuple[int, str]]:
        for line in self.page.stray_prompts:
            yield line, "`>>>` stands outside a code block"
        for block in self.page.blocks:
            if block.role == "source":
                yield from self._source(block)
            elif block.role == "output" and identity(block.text) not in self.evidence.outputs:
                yield block.line, f"an output that no run gave: {_first_line(block.text)}"
            elif block.role == "signature" and not _is_signature(block.text):
                yield block.line, f"a signature that isn't one: {_first_line(block.text)}"
            elif block.role == "snippet":
                yield from self._snippet(block)

    def _snippet(self, block: Block) -> Iterator[tuple[int, str]]:
        hashed = identity(block.text)
        snippet = self.snippets.get(hashed)
        if snippet is None and hashed in self.evidence.inert and block.language not in _RUNS:
            yield from _disguised(block)
            return
        self.verdict.blocks += 1
        if snippet is None:
            yield block.line, f"a code block that was never executed as shown: {_first_line(block.text)}"
            return
        if block.stamp != hashed:
            yield block.line, f"a code block without its stamp: {_first_line(block.text)}"
        if (count := self.page.names[snippet["name"]]) != 1:
            found = f"stands {count} times" if count else "is missing"
            yield block.line, f"the anchor `{snippet['name']}` {found}"
        yield from self._devices(block, snippet)
        yield from _copied(block, snippet)

    def _devices(self, block: Block, snippet: dict[str, Any]) -> Iterator[tuple[int, str]]:
        known = key(snippet)
        for device in self.required:
            if known in self.evidence.passed.get(device, ()):
                continue
            reason = self.evidence.why.get((device, known), "never executed")
            if reason != f"excused: {_excuse(snippet, device)}":
                yield block.line, f"not passed on {device} ({reason}): {_first_line(block.text)}"
                continue
            self.verdict.excused.append(f"{snippet['file']}:{snippet['line']}: {device}: {reason}")
            if device not in block.excused:
                yield (
                    block.line,
                    f"excused on {device}, which its stamp doesn't say: {_first_line(block.text)}",
                )
            if not snippet["options"]["checked_by"] and not self._passed_anywhere(known):
                yield block.line, f"excused on {device} and passed on no device: {_first_line(block.text)}"
        for device in block.ticks:
            if device != "cpu" and known not in self.evidence.on_device.get(device, ()):
                yield block.line, f"a tick for {device} that wasn't earned: {_first_line(block.text)}"
            elif known not in self.evidence.passed.get(device, ()):
                yield block.line, f"a tick for {device} without a receipt: {_first_line(block.text)}"

    def _passed_anywhere(self, known: str) -> bool:
        return any(known in passed for passed in self.evidence.passed.values())

    def _source(self, block: Block) -> Iterator[tuple[int, str]]:
        if not _is_part(canonical(block.text), canonical(self.evidence.files.get(block.file, ""))):
            yield block.line, f"a source listing that differs from its file {block.file or '(unnamed)'}"


def _excuse(snippet: dict[str, Any], device: str) -> str:
    """What the author declared for a device; a receipt alone excuses nothing."""
    options = snippet["options"]
    return options["not_on"].get(device) or (
        f"checked by {options['checked_by']}" if options["checked_by"] else "(nothing is declared)"
    )


def _is_signature(text: str) -> bool:
    """Whether a text declares a function, a class or an attribute, and calls nothing."""
    for code in (f"def {text.strip()}: ...", text.strip()):
        try:
            body = ast.parse(code).body
        except SyntaxError:
            continue
        declares = isinstance(body[0], ast.FunctionDef | ast.AnnAssign | ast.Assign) if body else False
        return len(body) == 1 and declares and not any(isinstance(n, ast.Call) for n in ast.walk(body[0]))
    return False


def _is_part(listing: str, file: str) -> bool:
    """Whether a listing is a run of lines of a file, less their common indentation."""
    wanted, lines = listing.split("\n"), file.split("\n")
    for start, line in enumerate(lines):
        if line.strip() == wanted[0].strip() != "":
            indent = len(line) - len(wanted[0])
            taken = lines[start : start + len(wanted)]
            if [text[indent:] for text in taken] == wanted and not "".join(t[:indent] for t in taken).strip():
                return True
    return False


def _disguised(block: Block) -> Iterator[tuple[int, str]]:
    if block.language == "text" and re.search(r"^\s*(>>>|\$ )", block.text, re.M):
        yield block.line, f"a block labelled text that is code: {_first_line(block.text)}"


def _copied(block: Block, snippet: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """A block with prompts must be copied without them and without outputs."""
    if snippet["language"] == "python":
        if block.copied is not None:
            yield block.line, "the copy button carries another text than the block"
        return
    session = snippet["language"] == "pycon"
    code: list[str] = []
    goes_on = False
    for line in canonical(block.text).split("\n"):
        if session and (line.startswith(">>>") or (goes_on and line.startswith("..."))):
            code.append(line[4:])
            goes_on = True
        elif not session and (goes_on or line.startswith("$ ")):
            code.append(line.removeprefix("> " if goes_on else "$ "))
            goes_on = line.endswith("\\")
        else:
            goes_on = False
    if block.copied is None or canonical(block.copied) != canonical("\n".join(code)):
        yield block.line, "the copy button doesn't carry the executed code"


def _missing_blocks(evidence: Evidence, shown: dict[str, Counter[str]]) -> Iterator[str]:
    """Every extracted block must stand on its page; that of a docstring somewhere."""
    everywhere: Counter[str] = Counter()
    for counter in shown.values():
        everywhere.update(counter)
    expected = Counter(
        (s["page"], s["identity"]) for s in evidence.snippets if s["public"] and s["kind"] != "readme"
    )
    first = {(s["page"], s["identity"]): s for s in reversed(evidence.snippets)}
    for (page, hashed), count in expected.items():
        found = (
            shown.get(page, Counter())[hashed]
            if page or _is_home(first[page, hashed])
            else everywhere[hashed]
        )
        if found < count:
            snippet = first[page, hashed]
            yield f"{snippet['file']}:{snippet['line']}: this block is missing on its page `{page or 'anywhere'}`"


def _is_home(snippet: dict[str, Any]) -> bool:
    return snippet["kind"] == "markdown"


def _first_line(text: str) -> str:
    return next((line.strip()[:70] for line in text.split("\n") if line.strip()), "(empty)")
