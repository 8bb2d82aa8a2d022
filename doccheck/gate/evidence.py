"""What the site brings to support its stamps: the bundle, the receipts, the wheel."""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doccheck.canonical import identity


class NoEvidence(Exception):
    """The site lacks something that its stamps rest on."""


@dataclass
class Evidence:
    """What may be shown, what was run, and the published files.

    Attributes:
        snippets: the extracted snippets, as data.
        inert: identities of the blocks that are shown and not run.
        passed: for each device, the keys of the snippets that passed there, with all they depend on unchanged.
        why: for each device and key that didn't, the reason.
        on_device: for each device, the keys of those that made a tensor there.
        outputs: identities of the texts that notebook cells showed.
        files: the text of each module in the wheel that the site hosts.
        altered: modules whose text in that wheel isn't the text that the results were obtained with.
        seals: the sha256 of each page when it was stamped.
    """

    snippets: list[dict[str, Any]]
    inert: set[str]
    passed: dict[str, set[str]] = field(default_factory=dict)
    why: dict[tuple[str, str], str] = field(default_factory=dict)
    on_device: dict[str, set[str]] = field(default_factory=dict)
    outputs: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    altered: list[str] = field(default_factory=list)
    seals: dict[str, str] = field(default_factory=dict)


def read_evidence(site: Path) -> Evidence:
    """Read the evidence of a built site.

    Raises:
        NoEvidence: the bundle or the receipts are missing or unreadable.
    """
    path = site / "verification" / "bundle.json"
    bundle = _read(path, ("snippets", "inert", "modules", "data", "runner"))
    files = _wheel(site)
    with _undamaged(path):
        if any(identity(snippet["text"]) != snippet["identity"] for snippet in bundle["snippets"]):
            raise NoEvidence(f"{path}: a snippet was changed; stamp the site again")
        altered = list(_altered_modules(bundle["modules"], files))
    seals = _read(site / "verification" / "pages.json", ())
    evidence = Evidence(bundle["snippets"], set(bundle["inert"]), files=files, altered=altered, seals=seals)
    for path in sorted((site / "verification" / "receipts").glob("*.json")):
        with _undamaged(path):
            _take_receipt(_read(path, ("device", "runner", "rows")), bundle, evidence, path)
    return evidence


@contextlib.contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    try:
        yield
    except (AttributeError, KeyError, TypeError) as error:
        raise NoEvidence(f"{path}: is damaged ({error!r}); stamp the site again") from None


def key(snippet: dict[str, Any]) -> str:
    """The key by which receipts know a snippet."""
    before = "\n\n".join(snippet.get("before", ()))
    return f"{snippet['identity']}+{identity(before)}" if before else snippet["identity"]


def _altered_modules(bundle_modules: dict[str, dict[str, str]], files: dict[str, str]) -> Iterator[str]:
    for about in bundle_modules.values():
        text = files.get(about["file"])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != about["contents"]:
            yield about["file"]


def _take_receipt(receipt: dict[str, Any], bundle: dict[str, Any], evidence: Evidence, path: Path) -> None:
    if len({row["snippet"] for row in receipt["rows"]}) < len(receipt["rows"]):
        raise NoEvidence(f"{path}: holds two results of one snippet; run the bundle again")
    device = receipt["device"]
    passed = evidence.passed.setdefault(device, set())
    on_device = evidence.on_device.setdefault(device, set())
    for row in receipt["rows"]:
        reason = _reason(row, receipt, bundle)
        if reason:
            evidence.why[device, row["snippet"]] = reason
            continue
        passed.add(row["snippet"])
        evidence.outputs.update(row["outputs"])
        if row["tensors"]:
            on_device.add(row["snippet"])


def _reason(row: dict[str, Any], receipt: dict[str, Any], bundle: dict[str, Any]) -> str:
    """Why a row doesn't count; empty if it does."""
    if row["outcome"] != "passed":
        return f"{row['outcome']}: {row['detail'].splitlines()[0] if row['detail'] else 'no detail'}"
    if receipt["runner"] != bundle["runner"]:
        return "stale: the runner has changed since"
    for name, hashed in row["modules"].items():
        if bundle["modules"].get(name, {}).get("meaning") != hashed:
            return f"stale: {name} has changed since"
    for file, hashed in row["data"].items():
        if bundle["data"].get(file, {}).get("contents") != hashed:
            return f"stale: {file} has changed since"
    return ""


def _read(path: Path, keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise NoEvidence(f"{path}: can't be read ({error}); stamp the site again") from None
    if not isinstance(values, dict):
        raise NoEvidence(f"{path}: holds no table; stamp the site again")
    missing = [name for name in keys if name not in values]
    if missing:
        raise NoEvidence(f"{path}: lacks {', '.join(missing)}; stamp the site again")
    return values


def _wheel(site: Path) -> dict[str, str]:
    files: dict[str, str] = {}
    for path in sorted((site / "wheels").glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            names = [name for name in wheel.namelist() if name.endswith(".py")]
            files.update({name: wheel.read(name).decode() for name in names})
    return files
