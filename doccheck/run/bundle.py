"""Run a whole bundle on one device, on several processes, and make the receipt."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from doccheck.bundle import Bundle
from doccheck.run.execute import Unit
from doccheck.run.isolation import Runner
from doccheck.run.outcome import Outcome
from doccheck.snippet import Snippet

Result = tuple[Snippet, Outcome]
Progress = Callable[[int, int, Result], None]


@dataclass(frozen=True)
class Plan:
    """How to run.

    Attributes:
        device: `cpu`, `sim` or `cuda`.
        isolation: `fork`, `fresh` or `inproc`.
        jobs: number of processes at a time.
    """

    device: str
    isolation: str
    jobs: int = 1


def units(bundle: Bundle) -> Iterator[Unit]:
    """The units of a bundle: each block that stands alone once, each notebook as a whole."""
    notebooks: dict[str, list[Snippet]] = {}
    seen: set[str] = set()
    for snippet in bundle.snippets:
        if snippet.kind == "notebook":
            notebooks.setdefault(snippet.file, []).append(snippet)
        elif snippet.identity not in seen:
            seen.add(snippet.identity)
            yield unit_of([snippet], bundle)
    for cells in notebooks.values():
        yield unit_of(cells, bundle)


def unit_of(snippets: list[Snippet], bundle: Bundle) -> Unit:
    """The unit that runs these snippets in one namespace, with what they depend on."""
    modules = {name: module["contents"] for name, module in bundle.modules.items()}
    files = {file for snippet in snippets for file in snippet.options.reads}
    return Unit(snippets, modules, {file: bundle.data[file]["text"] for file in sorted(files)})


def run_units(work: list[Unit], plan: Plan, progress: Progress) -> list[Result]:
    """Run units; the results come in the order of the snippets.

    Args:
        work: the units.
        plan: device, isolation and number of processes.
        progress: is called after each unit with the number that are done, their total and its first result.
    """
    jobs = 1 if plan.isolation == "inproc" else max(1, min(plan.jobs, len(work)))
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(len(work)):
        waiting.put(index)
    outcomes: dict[int, list[Outcome]] = {}
    errors: list[BaseException] = []
    runners: list[Runner] = []
    lock = threading.Lock()

    def serve() -> None:
        try:
            with Runner(plan.device, plan.isolation) as runner:
                runners.append(runner)
                while not errors:
                    try:
                        index = waiting.get_nowait()
                    except queue.Empty:
                        return
                    found = runner.run(work[index])
                    with lock:
                        outcomes[index] = found
                        progress(len(outcomes), len(work), (work[index].snippets[0], _worst(found)))
        except BaseException as error:
            errors.append(error)

    if plan.isolation == "inproc":
        serve()
    else:
        _in_threads(serve, jobs, errors, runners)
    if errors:
        raise errors[0]
    return [
        pair for index, unit in enumerate(work) for pair in zip(unit.snippets, outcomes[index], strict=True)
    ]


def _in_threads(
    serve: Callable[[], None], jobs: int, errors: list[BaseException], runners: list[Runner]
) -> None:
    """Serve in so many threads. When this one is interrupted, nothing goes on running behind it."""
    threads = [threading.Thread(target=serve) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    except BaseException as interruption:
        errors.insert(0, interruption)
        for runner in runners:
            runner.stop()
        for thread in threads:
            thread.join()


def _worst(outcomes: list[Outcome]) -> Outcome:
    return next((found for found in outcomes if found.outcome == "failed"), outcomes[0])
