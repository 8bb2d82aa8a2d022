"""Which blocks may stand on a page: each rule gives a problem with its place and its remedy."""

from __future__ import annotations

import ast
import doctest
import re
import textwrap
import warnings
from collections.abc import Iterator

from doccheck.errors import Problem
from doccheck.extract.asserting import asserts
from doccheck.languages import CONSOLE, INERT, PROMPTS, PYTHON, RUNS
from doccheck.pasting import commands
from doccheck.snippet import Snippet

_DIRECTIVE = re.compile(r"#\s*doctest:")
_SESSION = re.compile(r"^[ ]*>>>", re.M)
_SHELL = re.compile(r"^[ ]*\$ ", re.M)


def language_problems(language: str, text: str, file: str, line: int) -> Iterator[Problem]:
    """Problems of a block's label: missing, unknown, or `text` that is really code."""
    if not language:
        yield Problem(
            file,
            line,
            "this block has no language",
            "label it python, pycon or console, or text if it isn't meant to run",
        )
    elif language not in RUNS | INERT:
        yield Problem(
            file,
            line,
            f"unknown language `{language}`",
            f"use {', '.join(sorted(RUNS))} for code that runs, or one of {', '.join(sorted(INERT))}",
        )
    elif language == "text" and (what := _disguised(text)):
        yield Problem(
            file, line, f"this block is labelled text, but {what}", "give it the label of its language"
        )


def snippet_problems(snippet: Snippet) -> Iterator[Problem]:
    """Problems of a block that runs."""
    for what, remedy in _snippet_problems(snippet):
        yield Problem(snippet.file, snippet.line, what, remedy)


def _snippet_problems(snippet: Snippet) -> Iterator[tuple[str, str]]:
    text, language = snippet.text, snippet.language
    if _DIRECTIVE.search(text):
        skipped = (
            "`+SKIP` would publish an unexecuted line"
            if "+SKIP" in text
            else "doctest directives aren't shown"
        )
        yield skipped, "remove the directive and write a block that runs as the reader sees it"
    if snippet.page and snippet.kind != "notebook" and not snippet.name:
        yield "this block has no name", "name it in the braces of its fence, for example { #what-it-shows }"
    if snippet.options.checked_by and language != CONSOLE:
        yield "`data-checked-by` stands on code that can run here", "remove it; only commands may need it"
    if language in (PYTHON, PROMPTS) and re.search(
        r"^(?:>>> |\.\.\. )?\s*(?:import|from)\s+doccheck\b", text, re.M
    ):
        yield "this block imports doccheck, which judges it", "show it as a command, in a console block"
    if language == PYTHON:
        yield from _python_problems(snippet)
    elif language == PROMPTS:
        yield from _prompt_problems(text)
    elif language == CONSOLE:
        yield from _console_problems(snippet)


def _python_problems(snippet: Snippet) -> Iterator[tuple[str, str]]:
    if snippet.text.lstrip().startswith(">>>"):
        yield "this block is labelled python, but has prompts", "label it pycon"
        return
    try:
        tree = _parsed(snippet.text)
    except SyntaxError as error:
        yield f"this block isn't Python ({error.msg}, its line {error.lineno})", "mend it or relabel it"
        return
    silent = snippet.kind == "notebook" and not _displays(tree)
    if not asserts(tree) and not silent and not snippet.options.figures:
        yield "this block neither compares nor asserts", "end it in an assert on what it computes"


def _prompt_problems(text: str) -> Iterator[tuple[str, str]]:
    try:
        parts = doctest.DocTestParser().parse(text + "\n")
        examples = [part for part in parts if isinstance(part, doctest.Example)]
        tree = _parsed("".join(example.source for example in examples))
    except (ValueError, SyntaxError) as error:
        yield f"this block isn't a Python session ({error})", "mend it or relabel it"
        return
    for part in parts:
        if isinstance(part, str) and part.strip():
            line = part.strip().split("\n")[0]
            yield (
                f"`{line}` is no output of a prompt, so nothing compares it",
                "put it directly below its prompt",
            )
    if any(line.startswith(" ") and line.lstrip().startswith(">>>") for line in text.split("\n")):
        yield "a prompt is indented, so it would be run, but not copied", "begin its line with `>>>`"
    if any("<BLANKLINE>" in example.want for example in examples):
        yield "`<BLANKLINE>` isn't what Python prints", "print something without blank lines"
    if any(example.exc_msg for example in examples):
        yield "this block expects a traceback", "catch the error and print or assert its words"
    if not any(example.want for example in examples) and not asserts(tree):
        yield "this block neither compares nor asserts", "let its last line print what it computed"


def _console_problems(snippet: Snippet) -> Iterator[tuple[str, str]]:
    found = commands(snippet.text)
    if not found:
        yield "this console block has no command", "begin the line of each command with `$ `"
    elif not any(output.strip() for _, output in found) and not snippet.options.checked_by:
        yield (
            "this block neither compares nor asserts",
            'show the output of its last command, or name the test that runs it: data-checked-by="…"',
        )


def _disguised(text: str) -> str:
    """Say what a `text` block really is; empty for text."""
    if _SESSION.search(text):
        return "it is a Python session"
    if _SHELL.search(text):
        return "it is a console session"
    try:
        tree = ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError):
        return ""
    code = (ast.Import, ast.ImportFrom, ast.Call, ast.Assign, ast.AugAssign)
    found = any(
        isinstance(node, code) or (isinstance(node, ast.AnnAssign) and node.value) for node in ast.walk(tree)
    )
    return "it parses as Python code" if found else ""


def _parsed(source: str) -> ast.Module:
    """The syntax tree of code that compiles without a warning: `assert (x == 1, "x")` is always true."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(source)
        compile(tree, "block", "exec", dont_inherit=True)
    return tree


def _displays(tree: ast.Module) -> bool:
    """Whether a notebook cell shows something: it prints, or ends in an expression."""
    prints = any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print" for node in ast.walk(tree)
    )
    return prints or bool(tree.body and isinstance(tree.body[-1], ast.Expr))
