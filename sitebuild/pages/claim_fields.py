"""Reading rows of JSON with errors that name file, row, field and rule."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

IDENTIFIER = re.compile(r"C\d{3}")
WORD = re.compile(r"[a-z][a-z0-9]*")


class ClaimError(ValueError):
    """A mistake in the data of the claims, or in a block that settles one."""

    def __init__(self, path: Path, row: str, field: str, rule: str) -> None:
        """Name the place and the rule."""
        super().__init__(": ".join(filter(None, [str(path), row, f"`{field}` {rule}" if field else rule])))


class Row:
    """One JSON object of a file.

    Attributes:
        name: what the row is called in errors.
    """

    def __init__(self, path: Path, name: str, fields: Any) -> None:
        """Wrap the JSON value `fields`, which must be an object."""
        if not isinstance(fields, dict):
            raise ClaimError(path, name, "", "must be an object { … }")
        self.path, self.name, self.fields = path, name, fields

    def only(self, *known: str) -> None:
        """Refuse fields that don't exist."""
        for field in self.fields:
            if field not in known:
                raise self.error(field, f"is no field; known are {', '.join(known)}")

    def error(self, field: str, rule: str) -> ClaimError:
        """The error that says what is wrong with `field`."""
        return ClaimError(self.path, self.name, field, rule)

    def text(self, field: str) -> str:
        """A text that isn't empty."""
        value = self.fields.get(field)
        if not isinstance(value, str) or not value.strip() or value != value.strip():
            raise self.error(field, f"(={value!r}) must be a text without spaces at its ends")
        return value

    def word(self, field: str) -> str:
        """A key: lower-case letters and digits."""
        return self._matching(field, WORD, "lower-case letters and digits")

    def identifier(self, field: str) -> str:
        """The identifier of a claim."""
        return self._matching(field, IDENTIFIER, "C and three digits")

    def number(self, field: str, expected: int) -> int:
        """A number that must be the expected one."""
        if self.fields.get(field) != expected:
            raise self.error(
                field, f"(={self.fields.get(field)!r}) must be {expected}: rows are numbered from 1"
            )
        return expected

    def one_of(self, field: str, known: Collection[str]) -> str:
        """One of the known values."""
        value = self.text(field)
        if value not in known:
            raise self.error(field, f"(={value!r}) must be one of {', '.join(sorted(known))}")
        return value

    def sentence(self, field: str, words: int, optional: bool = False) -> str:
        """One or more full sentences of at most `words` words together, with `code` in pairs of backticks."""
        if optional and field not in self.fields:
            return ""
        value = self.text(field)
        if len(value.split()) > words:
            raise self.error(field, f"has {len(value.split())} words; say it in {words}")
        if value[-1] not in '.?"' or value.count("`") % 2:
            raise self.error(field, f"(={value!r}) must end like a sentence and close its backticks")
        return value

    def words(self, field: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self.fields.get(field)
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            raise self.error(field, f"(={value!r}) must be a list of texts")
        return tuple(value)

    def _matching(self, field: str, pattern: re.Pattern[str], rule: str) -> str:
        value = self.text(field)
        if not pattern.fullmatch(value):
            raise self.error(field, f"(={value!r}) must be {rule}")
        return value


class Table:
    """The content of a JSON file.

    Attributes:
        path: the file.
        content: what it holds.
    """

    def __init__(self, path: Path, content: Any) -> None:
        """Wrap the content of `path`."""
        self.path, self.content = path, content

    def rows(self, field: str) -> Iterator[Row]:
        """The rows of the list called `field`."""
        found = self.content.get(field) if isinstance(self.content, dict) else None
        if not isinstance(found, list):
            raise ClaimError(self.path, "", field, "must be a list of objects")
        return (Row(self.path, f"{field}[{place}]", row) for place, row in enumerate(found, start=1))

    def groups(self) -> Iterator[list[Row]]:
        """The rows of a list of lists."""
        if not isinstance(self.content, list) or not all(isinstance(group, list) for group in self.content):
            raise ClaimError(self.path, "", "", "must be a list of lists of objects")
        for number, group in enumerate(self.content, start=1):
            yield [Row(self.path, f"correction {number}", row) for row in group]


def read_table(path: Path) -> Table:
    """Read a JSON file."""
    try:
        return Table(path, json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise ClaimError(path, "", "", "there is no such file") from None
    except json.JSONDecodeError as error:
        raise ClaimError(path, f"line {error.lineno}", "", f"is no JSON: {error.msg}") from None


def read_rows(path: Path, named_by: str) -> Iterator[Row]:
    """Read a JSON file that is a list of objects, each named by one of its fields."""
    content = read_table(path).content
    if not isinstance(content, list):
        raise ClaimError(path, "", "", "must be a list of objects")
    for place, fields in enumerate(content, start=1):
        name = str(fields.get(named_by, f"row {place}")) if isinstance(fields, dict) else f"row {place}"
        yield Row(path, name, fields)
