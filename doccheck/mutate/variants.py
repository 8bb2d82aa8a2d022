"""Variants of a piece of Python that differ in one number, one operator or one argument.

Left out are changes that can't show: seeds, tolerances, the number of digits that is printed, the look of a figure,
the words of errors, and `==` against `!=` in an assert, which proves nothing.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

T = TypeVar("T")
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Mod: ast.Add,
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
_TOLERANCES = frozenset({"atol", "rtol", "abs_tol", "rel_tol", "tolerance", "decimal", "abs", "rel"})
_IN_ERRORS = frozenset({"example"})
_SEEDED = frozenset({"default_rng", "manual_seed", "seed", "Generator"})
_SMALL = 1e-3


@dataclass(frozen=True)
class Variant:
    """A changed piece of Python.

    Attributes:
        source: the changed text.
        change: what was changed, for people.
        line: where, in the piece.
    """

    source: str
    change: str
    line: int


@dataclass(frozen=True)
class _Change:
    node: ast.AST
    apply: Callable[[ast.AST], None]
    words: str


def variants(source: str, most: int, within: tuple[int, int] | None = None) -> list[Variant]:
    """Up to `most` variants of a piece of Python, spread over it.

    Args:
        source: the text.
        most: how many.
        within: first and last line of the part that is changed; the whole text by default.
    """
    tree = ast.parse(source)
    changes = [c for c in _changes(tree) if within is None or within[0] <= c.node.lineno <= within[1]]  # type: ignore[attr-defined]
    return [_applied(tree, change) for change in spread(changes, most)]


def spread(items: list[T], most: int) -> list[T]:
    """At most so many of the items, evenly spread over them."""
    return items if len(items) <= most else [items[i * len(items) // most] for i in range(most)]


def _applied(tree: ast.Module, change: _Change) -> Variant:
    """The text after one change; the tree itself stays as it is."""
    memory: dict[int, object] = {}
    changed = copy.deepcopy(tree, memory)
    change.apply(memory[id(change.node)])  # type: ignore[arg-type]
    line = getattr(change.node, "lineno", 0)
    return Variant(ast.unparse(ast.fix_missing_locations(changed)), change.words, line)


def _changes(tree: ast.Module) -> list[_Change]:
    drawing = _drawing(tree)
    found = [change for statement in tree.body for change in _walk(statement, drawing, in_assert=False)]
    return sorted(found, key=lambda c: (c.node.lineno, c.node.col_offset))  # type: ignore[attr-defined]


def _walk(node: ast.AST, drawing: set[str], in_assert: bool) -> Iterator[_Change]:
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.Expr | ast.Assign) and _names(node) & drawing:
        return
    in_assert = in_assert or isinstance(node, ast.Assert)
    yield from _here(node, in_assert)
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _cannot_show(node, name, child):
                yield from _walk(child, drawing, in_assert)


def _here(node: ast.AST, in_assert: bool) -> Iterator[_Change]:
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            new = _other_number(value)  # type: ignore[arg-type]
            yield _Change(node, partial(_set, name="value", value=new), f"{value!r} → {new!r}")
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) if type(operator) in _OPERATORS:
            other = _OPERATORS[type(operator)]
            words = f"{type(operator).__name__} → {other.__name__}"
            yield _Change(node, partial(_set, name="op", value=other()), words)
        case ast.Compare(ops=[operator, *rest]) if not in_assert and type(operator) in _COMPARISONS:
            opposite = _COMPARISONS[type(operator)]
            words = f"{type(operator).__name__} → {opposite.__name__}"
            yield _Change(node, partial(_set, name="ops", value=[opposite(), *rest]), words)
        case ast.Call(args=[first, second]) if not (in_assert or _compares(node)) and _differ(first, second):
            yield _Change(node, partial(_set, name="args", value=[second, first]), "arguments swapped")


def _compares(call: ast.Call) -> bool:
    """Whether a call asserts or checks that its two arguments agree, in whichever order they come."""
    return _called(call).startswith(("assert_", "check_same_"))


def _called(call: ast.Call) -> str:
    """The last name of what is called: `zeros` in `torch.zeros(3)`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _set(node: ast.AST, *, name: str, value: object) -> None:
    setattr(node, name, value)


def _other_number(value: int | float) -> int | float:
    return value + 1 if isinstance(value, int) else value * 1.5 + (0.5 if value == 0 else 0.0)


def _differ(first: ast.expr, second: ast.expr) -> bool:
    starred = isinstance(first, ast.Starred) or isinstance(second, ast.Starred)
    return not starred and ast.dump(first) != ast.dump(second)


def _cannot_show(parent: ast.AST, name: str, child: ast.AST) -> bool:
    """Whether a change of `child` can't be seen: seeds, tolerances, words of errors, digits that are printed."""
    if isinstance(parent, ast.keyword):
        return (parent.arg or "") in _TOLERANCES | _IN_ERRORS
    if isinstance(parent, ast.Call):
        if _called(parent) in _SEEDED and name == "args":
            return True
        return _called(parent) == "round" and len(parent.args) > 1 and child is parent.args[1]
    ordered = isinstance(parent, ast.Compare) and not isinstance(parent.ops[0], ast.Eq | ast.NotEq)
    if ordered and name == "comparators" and isinstance(child, ast.Constant):
        return isinstance(child.value, float) and abs(child.value) < _SMALL
    return False


def _drawing(tree: ast.Module) -> set[str]:
    """The names that only draw: `plt`, and what is made with it, such as `axes` in `figure, axes = plt.subplots()`."""
    drawing, before = {"plt"}, 0
    while len(drawing) > before:
        before = len(drawing)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _names(node.value) & drawing:
                drawing |= {name for target in node.targets for name in _names(target)}
            elif isinstance(node, ast.For) and isinstance(node.iter, ast.Name) and node.iter.id in drawing:
                drawing |= _names(node.target)
    return drawing


def _names(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
