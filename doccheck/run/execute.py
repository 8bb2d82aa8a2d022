"""Execute a unit (one snippet, or the cells of a notebook) in this process, on one device."""

from __future__ import annotations

import importlib.metadata
import sys
import time
import warnings
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from doccheck.languages import CONSOLE, PROMPTS
from doccheck.meaning import contents
from doccheck.run import outcome
from doccheck.run.cells import SnippetFailure, run_cell, run_script, run_session
from doccheck.run.console import run_console
from doccheck.run.devices import Device
from doccheck.run.outcome import Outcome
from doccheck.run.replaced import replaced_modules
from doccheck.run.surroundings import fresh_folder, fresh_main, nothing_unheard
from doccheck.snippet import Snippet


@dataclass(frozen=True)
class Unit:
    """What runs in one fresh namespace: a snippet, or the cells of a notebook from top to bottom.

    Attributes:
        snippets: one, or the cells in order.
        modules: the sha256 of each file of the documented packages, by module.
        data: the text of each data file that the snippets read.
        replaced: modules that are imported from another text, by name: how mutants are run.
    """

    snippets: list[Snippet]
    modules: dict[str, str]
    data: dict[str, str]
    replaced: dict[str, str] = field(default_factory=dict)

    @property
    def timeout(self) -> float:
        """Seconds for the whole unit."""
        return sum(snippet.options.timeout for snippet in self.snippets)

    def to_json(self) -> dict[str, Any]:
        """The unit as plain data, to be sent to another process."""
        snippets = [snippet.to_json() for snippet in self.snippets]
        return {"snippets": snippets, "modules": self.modules, "data": self.data, "replaced": self.replaced}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Unit:
        """The inverse of `to_json`."""
        return cls(**{**values, "snippets": [Snippet.from_json(s) for s in values["snippets"]]})


def execute(unit: Unit, device: Device) -> list[Outcome]:
    """Run a unit; one outcome for each of its snippets. After a failed cell the others fail, too."""
    declared = _declared(unit, device)
    if declared:
        return [declared] * len(unit.snippets)
    outcomes: list[Outcome] = []
    modules = {name: hashed for name, hashed in unit.modules.items() if name not in unit.replaced}
    with (
        fresh_folder(unit.data),
        replaced_modules(unit.replaced),
        fresh_main() as namespace,
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings("error", module="__main__")
        warnings.filterwarnings("ignore", category=ResourceWarning)
        _forget(unit.modules)
        device.require()
        device.switch_on()
        for snippet in unit.snippets:
            if outcomes and outcomes[-1].outcome == outcome.FAILED:
                outcomes.append(Outcome(outcome.FAILED, "a cell before this one failed"))
            else:
                outcomes.append(_run(snippet, namespace, device, modules))
    return outcomes


def _declared(unit: Unit, device: Device) -> Outcome | None:
    """The outcome that was declared: an excuse, or a need that isn't met here."""
    for snippet in unit.snippets:
        if excuse := snippet.options.excuse(device.name):
            return Outcome(outcome.EXCUSED, excuse)
        missing = [need for need in snippet.options.needs if not _installed(need)]
        if missing:
            return Outcome(outcome.UNMET, f"needs {' and '.join(missing)}, not installed there")
    return None


def _installed(distribution: str) -> bool:
    try:
        importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def _run(snippet: Snippet, namespace: dict[str, Any], device: Device, modules: dict[str, str]) -> Outcome:
    start, before = time.perf_counter(), device.tensors_made() or 0
    result = Outcome(outcome.PASSED)
    try:
        with nothing_unheard():
            outputs = _dispatch(snippet, namespace)
        result = replace(result, outputs=outputs, figures=_figures(snippet))
        _check_modules(modules)
    except SnippetFailure as failure:
        result = Outcome(outcome.FAILED, str(failure))
    after = device.tensors_made()
    return replace(
        result,
        tensors=None if after is None else after - before,
        seconds=round(time.perf_counter() - start, 3),
        modules=None if snippet.language == CONSOLE else sorted(set(modules) & set(sys.modules)),
    )


def _dispatch(snippet: Snippet, namespace: dict[str, Any]) -> list[dict[str, str]]:
    if snippet.language == CONSOLE:
        run_console(snippet.text)
    elif snippet.language == PROMPTS:
        run_session(snippet.text, namespace, snippet.file, snippet.line)
    elif snippet.kind == "notebook":
        return run_cell(snippet.text, namespace, snippet.file, snippet.line)
    else:
        run_script(snippet.text, namespace, snippet.file, snippet.line)
    return []


def _figures(snippet: Snippet) -> dict[str, str]:
    missing = [name for name in snippet.options.figures if not Path(name).is_file()]
    if missing:
        raise SnippetFailure(f"the block declares the figure {missing[0]}, but didn't write it")
    try:
        return {name: Path(name).read_text("utf-8") for name in snippet.options.figures}
    except UnicodeDecodeError:
        names = " ".join(snippet.options.figures)
        raise SnippetFailure(f"the figure {names} isn't text; write it as SVG") from None


def _check_modules(modules: dict[str, str]) -> None:
    """The packages that ran must be those that the bundle was made from."""
    for name in set(modules) & set(sys.modules):
        file = getattr(sys.modules[name], "__file__", None)
        if file and Path(file).exists() and contents(Path(file)) != modules[name]:
            raise SnippetFailure(
                f"{name} is another version here ({file}) than in the bundle; check out the bundle's commit"
            )


def _forget(modules: dict[str, str]) -> None:
    """Import the documented packages anew, so that what a snippet imports can be seen."""
    for name in set(modules) & set(sys.modules):
        del sys.modules[name]
