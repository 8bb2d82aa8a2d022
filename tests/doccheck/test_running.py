"""What it takes for a snippet to pass."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from doccheck.run.execute import Unit
from doccheck.run.isolation import Runner
from doccheck.run.outcome import Outcome
from doccheck.snippet import Options, Snippet


def snippet(text: str, language: str = "python", **options: Any) -> Snippet:
    return Snippet(text, language, "page.md", 7, "markdown", "name", "page/", Options(**options))


def unit(*snippets: Snippet, data: dict[str, str] | None = None) -> Unit:
    return Unit(list(snippets), {}, data or {})


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    torch.ones(300, 300) @ torch.ones(300, 300)  # this process has computed: its children would be in danger
    with Runner("cpu", "fork") as started:
        yield started


@pytest.fixture(scope="module")
def on_sim() -> Iterator[Runner]:
    with Runner("sim", "fork") as started:
        yield started


def outcome(runner: Runner, *args: Any, **options: Any) -> Outcome:
    return runner.run(unit(snippet(*args, **options)))[0]


def test_a_true_assert_passes(runner: Runner) -> None:
    assert outcome(runner, "import torch\nassert torch.ones(2).sum() == 2").outcome == "passed"


def test_a_false_assert_fails_with_the_files_own_line(runner: Runner) -> None:
    found = outcome(runner, "x = 1\nassert x == 2, 'x is one'")
    assert found.outcome == "failed"
    assert 'File "page.md", line 8' in found.detail
    assert "assert x == 2" in found.detail and "x is one" in found.detail
    assert "doccheck" not in found.detail


def test_every_snippet_starts_from_nothing(runner: Runner) -> None:
    assert outcome(runner, "shared = 1\nassert shared == 1").outcome == "passed"
    assert "NameError" in outcome(runner, "assert shared == 1").detail


def test_a_session_is_compared(runner: Runner) -> None:
    assert outcome(runner, ">>> 1 + 1\n2", "pycon").outcome == "passed"
    found = outcome(runner, ">>> 1 + 1\n3", "pycon")
    assert found.outcome == "failed" and "Expected:\n    3\nGot:\n    2" in found.detail


def test_a_console_block_is_compared_and_must_succeed(runner: Runner) -> None:
    assert outcome(runner, "$ echo one \\\n> two\none two", "console").outcome == "passed"
    assert "Got:\none" in outcome(runner, "$ echo one\ntwo", "console").detail
    assert "exit code 3" in outcome(runner, "$ exit 3\n", "console").detail


def test_it_is_stopped_when_its_time_is_over(runner: Runner) -> None:
    found = outcome(runner, "while True: pass", timeout=0.5)
    assert found.outcome == "failed" and "stopped after 0.5 s" in found.detail


def test_a_process_that_dies_is_a_failure(runner: Runner) -> None:
    found = outcome(runner, "import os\nos._exit(9)")
    assert found.outcome == "failed" and "died (9)" in found.detail
    assert outcome(runner, "assert 1 == 1").outcome == "passed"


def test_leaving_early_is_a_failure(runner: Runner) -> None:
    assert "SystemExit" in outcome(runner, "import sys\nsys.exit(0)\nassert 1 == 2").detail


def test_a_warning_that_the_reader_would_see_is_a_failure(runner: Runner) -> None:
    text = "import warnings\nwarnings.warn('old', DeprecationWarning)\nassert 1 == 1"
    assert "DeprecationWarning: old" in outcome(runner, text).detail


def test_its_files_go_to_a_folder_of_its_own(runner: Runner) -> None:
    text = "import os\nassert os.listdir() == []\nopen('left.txt', 'w').write('x')"
    assert [outcome(runner, text).outcome for _ in range(2)] == ["passed", "passed"]


def test_declared_data_is_there(runner: Runner) -> None:
    reader = snippet("assert open('data/x.txt').read() == 'seven'", reads=("data/x.txt",))
    assert runner.run(unit(reader, data={"data/x.txt": "seven"}))[0].outcome == "passed"


def test_declared_figures_come_back_and_must_be_written(runner: Runner) -> None:
    found = outcome(runner, "open('a.svg', 'w').write('<svg/>')", figures=("a.svg",))
    assert found.figures == {"a.svg": "<svg/>"}
    assert "didn't write it" in outcome(runner, "x = 1", figures=("a.svg",)).detail


def test_what_is_missing_is_said(runner: Runner) -> None:
    found = outcome(runner, "assert 1 == 1", needs=("numpy", "no-such-package"))
    assert (found.outcome, found.detail) == ("unmet", "needs no-such-package, not installed there")


def test_an_excuse_is_kept_with_its_reason(runner: Runner) -> None:
    found = outcome(runner, "assert 1 == 2", not_on={"cpu": "too large"})
    assert (found.outcome, found.detail) == ("excused", "too large")
    assert outcome(runner, "assert 1 == 2", not_on={"cuda": "too large"}).outcome == "failed"


def test_defaults_and_seeds_are_reset(runner: Runner) -> None:
    change = (
        "import torch\ntorch.set_default_dtype(torch.float64)\nassert torch.ones(1).dtype == torch.float64"
    )
    assert outcome(runner, change).outcome == "passed"
    assert outcome(runner, "import torch\nassert torch.ones(1).dtype == torch.float32").outcome == "passed"


def test_tf32_is_off(runner: Runner) -> None:
    text = "import torch\nassert not torch.backends.cuda.matmul.allow_tf32\nassert not torch.backends.cudnn.allow_tf32"
    assert outcome(runner, text).outcome == "passed"


def test_the_runners_seed_differs_between_devices(runner: Runner, on_sim: Runner) -> None:
    text = "import numpy\nassert numpy.random.rand() == {value!r}"
    import numpy

    value = float(numpy.random.RandomState(1).rand())
    assert outcome(runner, text.format(value=value)).outcome == "passed"
    assert outcome(on_sim, text.format(value=value)).outcome == "failed"


def test_cells_share_a_namespace_and_show_what_they_show(runner: Runner) -> None:
    def cell(text: str) -> Snippet:
        return Snippet(text, "python", "lab.py", 1, "notebook", "cell", "lab/")

    results = runner.run(unit(cell("x = 2"), cell("print(x)\nx + 1"), cell("assert x == 3"), cell("x")))
    assert [r.outcome for r in results] == ["passed", "passed", "failed", "failed"]
    assert results[1].outputs == [{"kind": "printed", "text": "2\n"}, {"kind": "value", "text": "3"}]
    assert results[3].detail == "a cell before this one failed"


def test_tensors_on_the_device_are_counted(on_sim: Runner) -> None:
    made = outcome(on_sim, "import torch\nassert torch.ones(2).sum() == 2")
    none = outcome(on_sim, "import numpy\nassert numpy.ones(2).sum() == 2")
    assert made.outcome == none.outcome == "passed"
    assert made.tensors and made.tensors >= 2
    assert none.tensors == 0


def test_an_import_alone_makes_no_tensor(on_sim: Runner) -> None:
    text = (
        "import torch\nimport reference_impl.optim\nfrom reference_impl.autograd import Tensor\nassert Tensor"
    )
    assert outcome(on_sim, text).tensors == 0
