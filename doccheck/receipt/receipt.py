"""The receipt: the outcomes of the snippets of a bundle on one device."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from doccheck.bundle import Bundle
from doccheck.canonical import identity
from doccheck.errors import DoccheckError
from doccheck.run.bundle import Result
from doccheck.run.devices import TITLES
from doccheck.run.outcome import FAILED

FORMAT = "doccheck-receipt/1"
SCHEMA = Path(__file__).with_name("schema.json")


@dataclass(frozen=True)
class Row:
    """The outcome of one snippet.

    Attributes:
        snippet: the key of the snippet: its identity and, for a cell, that of the cells before it.
        where: file and line at the time.
        outcome: `passed`, `failed`, `excused` or `unmet`.
        detail: error, reason, or what was missing.
        tensors: how many tensors were made on the device; None on the CPU.
        seconds: how long it took.
        modules: meaning of each module of the documented packages that it imported.
        data: sha256 of each data file that it read.
        outputs: identity of each text that a notebook cell showed.
    """

    snippet: str
    where: str
    outcome: str
    detail: str = ""
    tensors: int | None = None
    seconds: float = 0.0
    modules: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    outputs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Receipt:
    """What was run on one device: where, when, and with what.

    Attributes:
        device: `cpu`, `sim` or `cuda`.
        hardware: its name.
        environment: versions of Python, torch, NumPy and CUDA, the system, and whether TF32 was allowed.
        date: ISO 8601.
        commit: the commit that the bundle was extracted from.
        runner: hash of the program that ran and compared.
        rows: one for each snippet.
    """

    device: str
    hardware: str
    environment: dict[str, Any]
    date: str
    commit: str
    runner: str
    rows: list[Row]

    @cached_property
    def by_snippet(self) -> dict[str, Row]:
        """The rows by the key of their snippet."""
        return {row.snippet: row for row in self.rows}

    @property
    def label(self) -> str:
        """The device's name for people: that of the hardware for a GPU, short enough for a narrow place."""
        if self.device != "cuda":
            return TITLES[self.device]
        return self.hardware.removeprefix("NVIDIA ").removeprefix("AMD ").removeprefix("GeForce ")

    @property
    def day(self) -> str:
        """The date without the time."""
        return self.date[:10]

    def write(self, path: Path) -> None:
        """Write the receipt as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
        path.write_text(text + "\n", "utf-8", "backslashreplace")

    @classmethod
    def read(cls, path: Path) -> Receipt:
        """Read a receipt; one that doesn't match the schema is refused as a whole.

        Raises:
            DoccheckError: the file is damaged, or not a receipt.
        """
        values = _validated(path)
        del values["format"]
        return cls(**{**values, "rows": [Row(**row) for row in values["rows"]]})


def make_receipt(
    results: list[Result], bundle: Bundle, device: str, hardware: str, environment: dict[str, Any]
) -> Receipt:
    """Join results with the hashes of what they depend on; of a block that ran twice, the worse result counts."""
    rows: dict[str, Row] = {}
    for row in (_row(result, bundle) for result in results):
        if row.snippet not in rows or row.outcome == FAILED:
            rows[row.snippet] = row
    return Receipt(
        device=device,
        hardware=hardware,
        environment=environment,
        date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        commit=bundle.commit,
        runner=bundle.runner,
        rows=list(rows.values()),
    )


def _row(result: Result, bundle: Bundle) -> Row:
    snippet, found = result
    imported = bundle.modules if found.modules is None else found.modules
    return Row(
        snippet=snippet.key,
        where=snippet.where,
        outcome=found.outcome,
        detail=found.detail,
        tensors=found.tensors,
        seconds=found.seconds,
        modules={name: bundle.modules[name]["meaning"] for name in imported},
        data={file: bundle.data[file]["contents"] for file in snippet.options.reads},
        outputs=[identity(output["text"]) for output in found.outputs if output["kind"] != "figure"],
    )


def _validated(path: Path) -> dict[str, Any]:
    import jsonschema

    try:
        values = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DoccheckError(f"{path}: can't be read ({error.strerror})") from None
    except ValueError as error:
        raise DoccheckError(f"{path}: isn't JSON ({error}); run the bundle again") from None
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    mistake = jsonschema.exceptions.best_match(validator.iter_errors(values))
    if mistake:
        place = "/".join(map(str, mistake.absolute_path)) or "its top"
        raise DoccheckError(f"{path}: isn't a receipt ({place}: {mistake.message}); run the bundle again")
    if len({row["snippet"] for row in values["rows"]}) < len(values["rows"]):
        raise DoccheckError(f"{path}: holds two results of one snippet; run the bundle again")
    return values


def read_receipts(places: list[Path]) -> dict[str, Receipt]:
    """Read receipts from files and folders, by file name.

    Raises:
        DoccheckError: a place doesn't exist, a file isn't a receipt, or two have one name.
    """
    receipts: dict[str, Receipt] = {}
    for place in places:
        if not place.exists():
            raise DoccheckError(f"`--receipt` (={place}) doesn't exist; run the bundle first")
        for path in sorted(place.glob("*.json")) if place.is_dir() else [place]:
            if path.name in receipts:
                raise DoccheckError(f"two receipts are named {path.name}; rename one")
            receipts[path.name] = Receipt.read(path)
    return receipts
