"""Small changes of the built pages that no template can make: verdicts as words, agreement beside definitions, 5 %."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from sitebuild.pages.claim_data import VERDICTS

_BOX = re.compile(rf'(<div class="admonition ({"|".join(VERDICTS)})">\s*<p class="admonition-title">)')
_KINDS = {
    "forward": "of results",
    "step": "of a step",
    "50 steps": "after 50 steps of a network",
    "paper": "of the paper's variant from its formula",
    "gradient": "of gradients",
}
_TAG = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*>)""")
_NAME = re.compile(r"<(\w+)")
_LITERAL = frozenset({"code", "pre", "script", "style", "textarea"})
_PERCENT = re.compile(r"(?<=\d) %")
_HEADING = re.compile(r'<h[2-6] id="(reference_impl\.[\w.]+)" class="doc doc-heading">.*?</h[2-6]>', re.S)


def name_verdicts(html: str) -> str:
    """Write the verdict of a claim into its box, as a word that everybody can read or hear."""
    return _BOX.sub(lambda match: f'{match[1]}<span class="claim-verdict">{VERDICTS[match[2]]}</span> ', html)


def show_agreement(html: str, measured: dict[str, Any]) -> str:
    """Put the largest measured difference behind the heading of each definition that has an oracle."""

    def with_line(match: re.Match[str]) -> str:
        about = measured.get(match[1])
        return match[0] + (_agreement(about) if about else "")

    return _HEADING.sub(with_line, html)


def bind_percent(html: str) -> str:
    """Keep a number and its percent sign on one line, but leave code and tags as they are."""
    parts = _TAG.split(html)
    closed_by = ""
    for number, part in enumerate(parts):
        if number % 2:
            name = _NAME.match(part)
            if not closed_by and name and name[1] in _LITERAL:
                closed_by = f"</{name[1]}>"
            elif part == closed_by:
                closed_by = ""
        elif not closed_by:
            parts[number] = _PERCENT.sub("\u00a0%", part)
    return "".join(parts)


def finish(site: Path, measured: dict[str, Any]) -> None:
    """Finish every page of a built site."""
    for path in sorted(site.rglob("*.html")):
        html = path.read_text("utf-8")
        finished = bind_percent(show_agreement(name_verdicts(html), measured))
        if finished != html:
            path.write_text(finished, "utf-8")


def _agreement(about: dict[str, Any]) -> str:
    made = about["made"]
    parts = [_precision(name, about[name]) for name in ("float64", "float32") if name in about]
    drawn = max(about[name]["configurations"] for name in ("float64", "float32") if name in about)
    return (
        f'<p class="dc-agreement" data-search-exclude>Largest relative difference from '
        f"<code>{escape(about['oracle'])}</code>: {'; '.join(parts)}; over {drawn} drawn configurations "
        f"(torch {escape(made['torch'].split('+')[0])}, {escape(made['date'][:10])}).</p>"
    )


def _precision(name: str, found: dict[str, Any]) -> str:
    kinds = [f"{_KINDS[kind]} {_figure(found[kind])}" for kind in _KINDS if found.get(kind) is not None]
    return f"in {name}, {' and '.join(kinds)}"


def _figure(difference: float) -> str:
    return f"{difference:.1e}" if difference else "0"
