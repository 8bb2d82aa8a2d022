"""The mutants of a snippet: units that must fail."""

from __future__ import annotations

import ast
import doctest
from collections.abc import Iterator
from dataclasses import dataclass, replace

from doccheck.bundle import Bundle
from doccheck.languages import CONSOLE, PROMPTS
from doccheck.mutate.variants import Variant, spread, variants
from doccheck.run.bundle import unit_of
from doccheck.run.execute import Unit
from doccheck.snippet import Snippet

TIMEOUT = 20.0


@dataclass(frozen=True)
class Mutant:
    """A changed snippet, or a snippet on a changed package.

    Attributes:
        snippet: what was changed, or what shows the change.
        change: place and change, for people.
        unit: what is run; it must fail.
    """

    snippet: Snippet
    change: str
    unit: Unit


def mutants(snippet: Snippet, bundle: Bundle, sources: dict[str, str], most: int) -> Iterator[Mutant]:
    """Up to `most` mutants of a block and as many of the function that it documents.

    Args:
        snippet: the block.
        bundle: what it stands in.
        sources: the text of each module of the documented packages.
        most: how many of each kind.
    """
    if snippet.language == CONSOLE:
        return
    for variant, text in _of_block(snippet, most):
        place = f"{snippet.file}:{snippet.line + variant.line - 1}"
        yield Mutant(
            snippet, f"{place}: {variant.change}", _unit(replace(snippet, text=text), snippet, bundle)
        )
    if snippet.shows:
        yield from _of_shown(snippet, bundle, sources, most)


def unchanged(snippet: Snippet, bundle: Bundle, sources: dict[str, str]) -> Unit:
    """The block, written again by the program that writes its mutants: it must pass, or they prove nothing."""
    if snippet.language == PROMPTS:
        examples = doctest.DocTestParser().get_examples(snippet.text + "\n")
        text = "\n".join(_session(_rewritten(example.source), example.want) for example in examples)
    else:
        text = _rewritten(snippet.text)
    unit = _unit(replace(snippet, text=text), snippet, bundle)
    if not snippet.shows:
        return unit
    module = _module_of(snippet, bundle)
    return replace(unit, replaced={module: _rewritten(sources[module])})


def _rewritten(source: str) -> str:
    return ast.unparse(ast.parse(source))


def _module_of(snippet: Snippet, bundle: Bundle) -> str:
    """The module whose docstring holds the block."""
    return next(name for name, about in bundle.modules.items() if about["file"] == snippet.file)


def _of_block(snippet: Snippet, most: int) -> Iterator[tuple[Variant, str]]:
    if snippet.language != PROMPTS:
        for variant in variants(snippet.text, most):
            yield variant, variant.source
        return
    examples = doctest.DocTestParser().get_examples(snippet.text + "\n")
    found = [
        (number, replace(variant, line=variant.line + example.lineno))
        for number, example in enumerate(examples)
        for variant in variants(example.source, most)
    ]
    for number, variant in spread(found, most):
        texts = [
            _session(variant.source if at == number else example.source, example.want)
            for at, example in enumerate(examples)
        ]
        yield variant, "\n".join(texts)


def _session(source: str, want: str) -> str:
    lines = source.rstrip("\n").split("\n")
    prompted = [f">>> {lines[0]}", *(f"... {line}".rstrip() for line in lines[1:])]
    return "\n".join([*prompted, *want.rstrip("\n").split("\n")] if want else prompted)


def _of_shown(snippet: Snippet, bundle: Bundle, sources: dict[str, str], most: int) -> Iterator[Mutant]:
    """Changes in the function or class whose docstring the block stands in."""
    module = _module_of(snippet, bundle)
    parts = snippet.shows.split(".")
    paths = (".".join(parts[start:]) for start in range(len(parts)))
    span = next(filter(None, (_span(sources[module], path) for path in paths)), None)
    if span is None:
        return
    for variant in variants(sources[module], most, within=span):
        unit = replace(_unit(snippet, snippet, bundle), replaced={module: variant.source})
        yield Mutant(snippet, f"{bundle.modules[module]['file']}:{variant.line}: {variant.change}", unit)


def _span(source: str, path: str) -> tuple[int, int] | None:
    """First and last line of a function or class in a module."""
    node: ast.AST = ast.parse(source)
    for name in path.split("."):
        bodies = getattr(node, "body", [])
        node = next((item for item in bodies if getattr(item, "name", "") == name), None)  # type: ignore[assignment]
        if node is None:
            return None
    return node.lineno, node.end_lineno  # type: ignore[attr-defined]


def _unit(changed: Snippet, original: Snippet, bundle: Bundle) -> Unit:
    """The unit that runs a changed block; a cell runs behind the cells before it."""
    hurried = replace(changed, options=replace(changed.options, timeout=TIMEOUT))
    cells = [s for s in bundle.snippets if s.file == original.file and s.kind == "notebook" == original.kind]
    before = cells[: cells.index(original)] if original in cells else []
    return unit_of([*before, hurried], bundle)
