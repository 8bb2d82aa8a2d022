"""Run a piece of Python as a script, as a session with prompts, or as the cell of a notebook."""

from __future__ import annotations

import ast
import doctest
import io
import linecache
import sys
import traceback
from contextlib import redirect_stdout
from typing import Any

from doccheck.run.compare import Checker

Namespace = dict[str, Any]


class SnippetFailure(Exception):
    """A snippet didn't do what the page says; the text says how."""


def run_script(text: str, namespace: Namespace, file: str, line: int) -> None:
    """Execute plain code; what it prints isn't compared."""
    with redirect_stdout(io.StringIO()):
        _execute(_placed(text, file, line), "exec", namespace, file)


def run_session(text: str, namespace: Namespace, file: str, line: int) -> None:
    """Execute a session with prompts and compare what it prints."""
    test = doctest.DocTestParser().get_doctest(text + "\n", namespace, file, file, line - 1)
    test.globs = namespace
    report: list[str] = []
    runner = doctest.DocTestRunner(Checker(), verbose=False)
    runner.run(test, out=report.append, clear_globs=False)
    if runner.failures:
        raise SnippetFailure("".join(report).strip())


def run_cell(text: str, namespace: Namespace, file: str, line: int) -> list[dict[str, str]]:
    """Execute the cell of a notebook; what it shows comes back: printed text, the last value, figures."""
    tree = ast.parse(_placed(text, file, line), file)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed, value = io.StringIO(), None
    with redirect_stdout(printed):
        _execute(tree, "exec", namespace, file)
        if isinstance(last, ast.Expr):
            value = _execute(ast.Expression(last.value), "eval", namespace, file)
    outputs = [{"kind": "printed", "text": printed.getvalue()}] if printed.getvalue() else []
    if value is not None:
        outputs.append({"kind": "value", "text": repr(value)})
    return outputs + [{"kind": "figure", "text": figure} for figure in _open_figures()]


def _placed(text: str, file: str, line: int) -> str:
    """The text moved down to its line in the file, so that errors name that line and show it."""
    placed = "\n" * (line - 1) + text + "\n"
    linecache.cache[file] = (len(placed), None, placed.splitlines(keepends=True), file)
    return placed


def _execute(code: str | ast.Module | ast.Expression, mode: str, namespace: Namespace, file: str) -> Any:
    """Execute code as Python would in a file of its own, untouched by the `__future__` imports of this one."""
    try:
        return eval(compile(code, file, mode, dont_inherit=True), namespace)
    except (Exception, SystemExit) as error:
        raise SnippetFailure(_report(error, file)) from None


def _report(error: BaseException, file: str) -> str:
    """The traceback from the snippet's own first line on."""
    trace = error.__traceback__
    while trace and trace.tb_frame.f_code.co_filename != file:
        trace = trace.tb_next
    return "".join(traceback.format_exception(type(error), error, trace)).strip()


def _open_figures() -> list[str]:
    """The figures that a cell left open in matplotlib, as SVG; they are closed."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    figures = []
    for number in pyplot.get_fignums():
        buffer = io.StringIO()
        pyplot.figure(number).savefig(buffer, format="svg")
        figures.append(buffer.getvalue())
    pyplot.close("all")
    return figures
