"""A calculator on its page: the form, and the answer to its first values, which needs no script."""

from __future__ import annotations

import re
from html import escape

from reference_impl.shapes.network.ready import READY
from sitebuild.calculators.fields import FIELDS, Field, first_values
from sitebuild.calculators.in_page.answer import answered

PLACEHOLDER = re.compile(r"<!-- calculator: ([a-z-]+) -->")
NO_SCRIPT = (
    "Without JavaScript the form is missing; this is the answer to its first values, made when the site was built. "
    "<code>shapecalc</code> answers the same on the command line."
)

WITH_CODE = {"convolution", "transposed-convolution", "pooling", "inverse", "network"}


def with_calculators(html: str) -> str:
    """Replace the placeholders of a page."""
    return PLACEHOLDER.sub(lambda found: calculator(found[1]), html)


def calculator(name: str) -> str:
    """Return form and first answer of a calculator."""
    first = first_values(name)
    answer = answered(name, first)
    fields = "".join(_field(field, first) for field in FIELDS[name])
    return (
        f'<form class="calculator" data-calculator="{name}" autocomplete="off" hidden>'
        f'<div class="calculator-fields">{fields}</div>'
        f'<p class="calculator-actions">{_actions(name)}<button type="reset">First values</button></p></form>'
        f'<noscript><p class="calculator-absent">{NO_SCRIPT}</p></noscript>'
        f'<p class="calculator-status" role="status" aria-live="polite"></p>'
        f'<div class="calculator-answer">{answer["html"]}</div>'
    )


def _actions(name: str) -> str:
    """Return the buttons of a calculator."""
    buttons = []
    for drawn in (field.label.split()[0].lower() for field in FIELDS[name] if field.name == "window"):
        buttons += [('data-step="-1"', f"Previous {drawn}"), ('data-step="1"', f"Next {drawn}")]
    if name == "network":
        ready = " ".join(sorted(READY))
        buttons.append((f'data-edits="text" data-only-for="network={ready}" hidden', "Edit as text"))
    if name in WITH_CODE:
        buttons.append(('data-copies="code"', "Copy as PyTorch"))
    buttons.append(('data-copies="link"', "Copy link"))
    return "".join(f'<button type="button" {attributes}>{words}</button>' for attributes, words in buttons)


def _field(field: Field, first: dict[str, str]) -> str:
    address = f"calculator-{field.name}"
    notes = f'aria-describedby="{address}-hint {address}-error"'
    only = f' data-only-for="{field.only_for}"' if field.only_for else ""
    if field.only_for and not _matters(field, first):
        only += " hidden"
    shared = f'id="{address}" name="{field.name}" {notes}'
    if field.kind == "box":
        ticked = " checked" if field.first else ""
        control = f'<input type="checkbox" value="yes" {shared}{ticked}>'
    elif field.kind == "list":
        control = f"<select {shared}>{_options(field)}</select>"
    elif field.kind == "lines":
        rows = len(field.first.splitlines()) + 2
        control = f'<textarea rows="{rows}" spellcheck="false" {shared}>{escape(field.first)}</textarea>'
    else:
        control = (
            f'<input type="text" spellcheck="false" autocapitalize="off" maxlength="60" {shared}'
            f' value="{escape(field.first)}">'
        )
    return (
        f'<div class="calculator-field calculator-{field.kind}"{only}><label for="{address}">{field.label}</label>'
        f'{control}<small id="{address}-hint">{field.hint}</small>'
        f'<p class="calculator-error" id="{address}-error"></p></div>'
    )


def _matters(field: Field, first: dict[str, str]) -> bool:
    """Whether a field matters for the first values of the others."""
    other, _, choices = field.only_for.partition("=")
    return first[other] in choices.split(" ")


def _options(field: Field) -> str:
    return "".join(
        f'<option value="{value}"{" selected" if value == field.first else ""}>{words}</option>'
        for value, words in field.choices
    )
