"""Formulas in finished HTML: from TeX to KaTeX's markup, rendered by one Node process.

KaTeX rather than MathML alone, which is lighter: browsers draw roots too low and stretch the lines of a paragraph
around inline fractions. KaTeX looks the same everywhere, and brings MathML along for screen readers.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

RENDERER = Path(__file__).with_name("formulas.mjs")
FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\(?P<open>[(\[])(?P<tex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL
)
# A long formula scrolls sideways on a narrow screen, so the keyboard has to reach it.
DISPLAYED = 'class="arithmatex" tabindex="0" role="group" aria-label="Formula"'
CONTENTS_ENTRY = re.compile(r'<span class="md-ellipsis">[^<]*</span>')
BARE_FORMULA = re.compile(r"\\\((?P<tex>.*?)\\\)")


class FormulaError(Exception):
    """A formula can't be rendered."""


class Renderer:
    """Renders formulas with KaTeX in a Node process, which starts with the first formula.

    Attributes:
        cache: markup of the formulas met so far, by TeX source and whether it is displayed.
    """

    def __init__(self) -> None:
        """Start nothing yet."""
        self.cache: dict[tuple[str, bool], str] = {}
        self._process: subprocess.Popen[str] | None = None

    def page(self, content: str, name: str) -> str:
        """Return the HTML `content` of the page `name` with each formula rendered."""

        def markup(match: re.Match[str]) -> str:
            if match["open"] == "[":
                return f"<div {DISPLAYED}>{rendered(match['tex'], True)}</div>"
            return f'<span class="arithmatex">{rendered(match["tex"], False)}</span>'

        def entry(match: re.Match[str]) -> str:
            return BARE_FORMULA.sub(lambda formula: rendered(formula["tex"], False), match[0])

        def rendered(tex: str, display: bool) -> str:
            try:
                return self.formula(html.unescape(tex).strip(), display)
            except FormulaError as error:
                raise FormulaError(f"{name}: {error}") from None

        return CONTENTS_ENTRY.sub(entry, FORMULA.sub(markup, content))

    def formula(self, tex: str, display: bool) -> str:
        """Return the markup of one formula."""
        if (tex, display) not in self.cache:
            answer = self._ask({"tex": tex, "display": display})
            if "error" in answer:
                raise FormulaError(f"the formula `{tex}` can't be rendered: {answer['error']}")
            self.cache[tex, display] = answer["html"]
        return self.cache[tex, display]

    def close(self) -> None:
        """Stop the Node process."""
        if self._process is not None:
            self._process.communicate()
            self._process = None

    def _ask(self, question: dict[str, object]) -> dict[str, str]:
        process = self._process = self._process or _start()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        if not line:
            raise FormulaError(
                "the Node process that renders formulas has ended; are the npm parts installed?"
            )
        answer: dict[str, str] = json.loads(line)
        return answer


def _start() -> subprocess.Popen[str]:
    node = os.environ.get("NODE") or shutil.which("node")
    if node is None:
        raise FormulaError(
            "Node is needed to render formulas: put it on PATH or name it in the variable NODE"
        )
    return subprocess.Popen(
        [node, str(RENDERER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
