"""Whether a piece of Python can fail on a wrong value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def asserts(tree: ast.Module) -> bool:
    """Whether an assert, or a call of `…assert_…`, is reached and depends on something that was computed.

    An assert in a function that nothing names, or behind `if False`, never runs; one without a name in it
    (`assert True`) can't fail.
    """
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    return any(_compares(node) for node in _reached(tree, used))


def _reached(node: ast.AST, used: set[str]) -> Iterator[ast.AST]:
    """The nodes that may run."""
    yield node
    for name, value in ast.iter_fields(node):
        if isinstance(node, ast.If | ast.While) and name == "body" and _never(node.test):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not (isinstance(child, _SCOPES) and not _called(child, used)):
                yield from _reached(child, used)


def _called(scope: ast.AST, used: set[str]) -> bool:
    """Whether a function or class may be called: something names it, or Python calls it by itself."""
    name = str(getattr(scope, "name", ""))
    decorated = bool(getattr(scope, "decorator_list", ()))
    return decorated or name in used or name.startswith("__") or (name == "forward")


def _never(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and not test.value


def _compares(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return any(isinstance(inner, ast.Name) for inner in ast.walk(node.test))
    if isinstance(node, ast.Call):
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        return name.startswith("assert_")
    return False
