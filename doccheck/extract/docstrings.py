"""Snippets of docstrings, cut as mkdocstrings cuts them: by its own parser, without importing the code."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import griffe

from doccheck.errors import DoccheckError
from doccheck.extract.found import Found, Origin
from doccheck.extract.markdown import from_markdown
from doccheck.extract.rules import snippet_problems
from doccheck.languages import PROMPTS
from doccheck.snippet import Snippet

logging.getLogger("griffe").setLevel(logging.ERROR)


def from_package(package: str, root: Path) -> Found:
    """Find the snippets in the docstrings of a package.

    Args:
        package: name of the package, which lies in `root`.
        root: the project's folder.
    """
    found = Found()
    if not (root / package).is_dir():
        raise DoccheckError(f"`packages` names {package}, which is no folder of {root}; mend [tool.doccheck]")
    module = griffe.load(package, search_paths=[root], docstring_parser="google", try_relative_path=False)
    assert isinstance(module, griffe.Module)
    published = dict(_published(module))
    for documented in _documented(module):
        found += _from_object(documented, _public_path(documented.path, published), root)
    return found


def _published(parent: griffe.Object) -> Iterator[tuple[str, str]]:
    """What public modules hand on from elsewhere: the path at which it is defined, and the public one."""
    exported = {str(name) for name in parent.exports or ()}
    for name, member in parent.members.items():
        if isinstance(member, griffe.Alias) and name in exported:
            yield member.target_path, f"{parent.path}.{name}"
        elif isinstance(member, griffe.Module) and not name.startswith("_"):
            yield from _published(member)


def _public_path(path: str, published: dict[str, str]) -> str:
    """The path at which the reference shows an object that is defined at `path`."""
    for end in range(len(parts := path.split(".")), 0, -1):
        if (defined := ".".join(parts[:end])) in published:
            return ".".join([published[defined], *parts[end:]])
    return path


def _documented(parent: griffe.Object) -> Iterator[griffe.Object]:
    """The object and everything defined in it that has a docstring; an alias counts where it is defined."""
    if parent.docstring:
        yield parent
    for member in parent.members.values():
        if isinstance(member, griffe.Object):
            yield from _documented(member)


def _from_object(documented: griffe.Object, shows: str, root: Path) -> Found:
    docstring = documented.docstring
    assert docstring is not None and docstring.lineno is not None
    path = documented.filepath
    assert isinstance(path, Path)
    file = path.relative_to(root).as_posix()
    lines = path.read_text("utf-8").split("\n")
    public = not any(part.startswith("_") for part in shows.split("."))
    found, at, number = Found(), docstring.lineno - 1, 0
    for kind, text in _pieces(docstring):
        at = _find(lines, text, at)
        if kind == "text":
            origin = Origin(file, "docstring", shows=shows, public=public, offset=at)
            found += from_markdown(text, origin)
            continue
        number += 1
        name = f"{shows}--example-{number}"
        snippet = Snippet(text, PROMPTS, file, at + 1, "docstring", name, shows=shows, public=public)
        found.snippets.append(snippet)
        found.problems += snippet_problems(snippet)
    return found


def _pieces(docstring: griffe.Docstring) -> Iterator[tuple[str, str]]:
    """The text and the examples of a docstring, in order."""
    for section in docstring.parse("google"):
        if section.kind is griffe.DocstringSectionKind.text:
            yield "text", section.value
        elif section.kind is griffe.DocstringSectionKind.admonition:
            yield "text", section.value.contents
        elif section.kind is griffe.DocstringSectionKind.examples:
            for kind, text in section.value:
                yield ("example" if kind is griffe.DocstringSectionKind.examples else "text"), text


def _find(lines: list[str], text: str, start: int) -> int:
    """Index of the line at which `text` begins, at or after `start`."""
    first = next((line.strip() for line in text.split("\n") if line.strip()), "")
    for index in range(start, len(lines)):
        line = lines[index].strip()
        if line == first or (index == start and line.lstrip('rR"').strip('"') == first.strip('"')):
            return index
    return start
