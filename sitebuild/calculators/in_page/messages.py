"""Answers about messages of torch."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.clinic.explanation import explain_error
from sitebuild.calculators.in_page.markup import escaped, table

UNKNOWN = "No known message of torch about shapes was found"


def error_clinic(values: dict[str, str]) -> dict[str, Any]:
    """Explain a message."""
    found = explain_error(values["message"])
    if found is None:
        return {
            "status": UNKNOWN,
            "html": f"<p><strong>{UNKNOWN}.</strong> Paste the last line of the traceback.</p>",
        }
    rows = [[escaped(shown), escaped(meaning)] for shown, meaning in found.numbers]
    name = found.name[0].upper() + found.name[1:]
    return {
        "status": f"{name}. {found.fix}",
        "html": f'<h2 class="calculator-heading">{escaped(name)}</h2>'
        + (table(["in the message", "what it is"], rows, "Numbers") if rows else "")
        + f"<p>{escaped(found.cause)}</p><p><strong>{escaped(found.fix)}</strong></p>",
    }
