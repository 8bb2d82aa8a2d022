"""The bundle: every snippet of a project and what its results depend on, as one JSON file to carry anywhere."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doccheck.errors import DoccheckError
from doccheck.meaning import contents, meaning, runner
from doccheck.settings import Settings
from doccheck.snippet import Snippet

FORMAT = "doccheck-bundle/1"


@dataclass(frozen=True)
class Bundle:
    """Snippets, and the state of the project that they were extracted from.

    Attributes:
        snippets: what is to be run.
        inert: identities of the blocks that are shown and not run.
        modules: for each module of the documented packages, its `file`, the sha256 of the file's `contents` and
            of its `meaning` (the syntax tree without docstrings).
        data: for each data file that snippets read, the sha256 of its contents and its text.
        runner: hash of the program that runs and compares.
        date: when it was extracted (ISO 8601).
        commit: the commit it was extracted from; `+changes` behind it where the working tree differed.
    """

    snippets: list[Snippet]
    inert: list[str] = field(default_factory=list)
    modules: dict[str, dict[str, str]] = field(default_factory=dict)
    data: dict[str, dict[str, str]] = field(default_factory=dict)
    runner: str = ""
    date: str = ""
    commit: str = ""

    def write(self, path: Path) -> None:
        """Write the bundle as JSON."""
        values = {
            "format": FORMAT,
            "date": self.date,
            "commit": self.commit,
            "runner": self.runner,
            "modules": self.modules,
            "data": self.data,
            "inert": self.inert,
            "snippets": [snippet.to_json() for snippet in self.snippets],
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Bundle:
        """Read a bundle; anything else is an error."""
        values = _load(path)
        try:
            snippets = [Snippet.from_json(data) for data in values["snippets"]]
            identities = [data["identity"] for data in values["snippets"]]
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise DoccheckError(
                f"{path}: holds a damaged snippet ({error!r}); extract the bundle again"
            ) from None
        for snippet, known in zip(snippets, identities, strict=True):
            if snippet.identity != known:
                raise DoccheckError(
                    f"{path}: the snippet {snippet.where} was changed; extract the bundle again"
                )
        names = ("inert", "modules", "data", "runner", "date", "commit")
        return cls(snippets, **{name: values[name] for name in names})


def make_bundle(snippets: list[Snippet], inert: list[str], settings: Settings) -> Bundle:
    """Join the snippets with the state of the project that they depend on."""
    return Bundle(
        snippets=snippets,
        inert=sorted(set(inert)),
        modules=_modules(settings),
        data=_data(snippets, settings.root),
        runner=runner(),
        date=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        commit=commit(settings.root),
    )


def commit(root: Path) -> str:
    """The commit of a working tree; `+changes` behind it where files differ; empty outside git."""
    try:
        run = [
            subprocess.run(
                ["git", "-C", str(root), *words], capture_output=True, text=True, check=True
            ).stdout
            for words in (["rev-parse", "HEAD"], ["status", "--porcelain"])
        ]
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run[0].strip() + ("+changes" if run[1].strip() else "")


def _modules(settings: Settings) -> dict[str, dict[str, str]]:
    modules = {}
    for package in settings.packages:
        for path in sorted((settings.root / package).rglob("*.py")):
            relative = path.relative_to(settings.root)
            name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
            modules[name] = {
                "file": relative.as_posix(),
                "contents": contents(path),
                "meaning": meaning(path.read_text("utf-8")),
            }
    return modules


def _data(snippets: list[Snippet], root: Path) -> dict[str, dict[str, str]]:
    files = {file: snippet.where for snippet in snippets for file in snippet.options.reads}
    missing = [
        f"{where}: `data-reads` names {file}" for file, where in files.items() if not (root / file).is_file()
    ]
    if missing:
        raise DoccheckError(f"{missing[0]}, which isn't a file of the project")
    return {file: {"contents": contents(root / file), "text": _text(root / file)} for file in sorted(files)}


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        raise DoccheckError(f"{path}: `data-reads` takes text files only; write the data as text") from None


def _load(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DoccheckError(
            f"{path}: can't be read ({error.strerror}); make it with `doccheck extract -o {path}`"
        ) from None
    except ValueError as error:
        raise DoccheckError(f"{path}: isn't JSON ({error}); extract the bundle again") from None
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise DoccheckError(f"{path}: isn't a bundle of this version ({FORMAT}); extract it again")
    missing = [
        key
        for key in ("snippets", "inert", "modules", "data", "runner", "date", "commit")
        if key not in values
    ]
    if missing:
        raise DoccheckError(f"{path}: the bundle lacks {', '.join(missing)}; extract it again")
    return values
