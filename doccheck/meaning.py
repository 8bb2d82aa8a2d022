"""Hashes of what a result depends on, made so that prose doesn't age results.

The meaning of a module is its syntax tree without docstrings, comments and layout, written in a form of our own:
`ast.dump` differs between versions of Python, and a receipt travels between them.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

_UNSEEN = frozenset({"type_ignores", "type_comment", "type_params", "kind", "ctx"})


def meaning(source: str) -> str:
    """The sha256 of a module's syntax tree without its docstrings."""
    return hashlib.sha256(_written(_without_docstrings(ast.parse(source))).encode()).hexdigest()


def contents(path: Path) -> str:
    """The sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def meanings(paths: Iterable[Path]) -> str:
    """One hash for several modules."""
    parts = [f"{path.name} {meaning(path.read_text('utf-8'))}" for path in sorted(paths)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def runner() -> str:
    """The hash of all that decides whether a snippet passes: the runner, the comparer, the simulated device."""
    here = Path(__file__).parent
    files = [
        here / "canonical.py",
        here / "pasting.py",
        *(here / "run").rglob("*.py"),
        *(here / "sim").rglob("*.py"),
    ]
    return meanings(files)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [item for item in node.body if not _is_text(item)]
    return tree


def _is_text(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _written(node: object) -> str:
    """A syntax tree as text: nodes with the fields that are set, in the order of the grammar."""
    if isinstance(node, ast.AST):
        fields = (
            f"{name}={_written(value)}"
            for name, value in ast.iter_fields(node)
            if name not in _UNSEEN and value is not None and value != []
        )
        return f"{type(node).__name__}({', '.join(fields)})"
    if isinstance(node, list):
        return f"[{', '.join(map(_written, node))}]"
    return repr(node)
