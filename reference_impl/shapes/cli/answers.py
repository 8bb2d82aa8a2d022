"""An answer as data, as text, and whether there was one."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.cli.words import written

Answer = tuple[Any, str, bool]


def named(options: Any, results: dict[str, Any], found: list[Any]) -> Answer:
    """Write results by name, and with --explain the arithmetic."""
    width = max(map(len, results))
    lines = [
        f"{name:<{width}}  {written(value) if isinstance(value, tuple) else f'{value:,}'}"
        for name, value in results.items()
    ]
    return explained(options, dict(results), lines, found)


def explained(options: Any, data: dict[str, Any], lines: list[str], found: list[Any]) -> Answer:
    """Add the arithmetic to an answer if --explain asks for it."""
    if options.explain:
        data["derivation"] = [step for derivation in found for step in derivation.data]
        lines += ["", *(derivation.text for derivation in found)]
    return data, "\n".join(lines), True
