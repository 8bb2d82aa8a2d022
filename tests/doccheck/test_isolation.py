"""Fork, fresh and inproc give the same outcomes, also beside a process that has computed."""

from __future__ import annotations

import sys

import pytest
import torch

from doccheck.errors import DoccheckError
from doccheck.run.execute import Unit
from doccheck.run.isolation import KINDS, Runner
from doccheck.snippet import Snippet

TEXTS = {
    "import torch\nx = torch.randn(500, 500)\nassert (x @ x).shape == (500, 500)": "passed",
    "import torch\nassert torch.get_default_dtype() == torch.float32\ntorch.set_default_dtype(torch.float64)": "passed",
    "import torch\nassert torch.ones(1).dtype == torch.float32": "passed",
    "assert 1 == 2": "failed",
}


def units() -> list[Unit]:
    return [Unit([Snippet(text, "python", "p.md", 1, "markdown", "n", "p/")], {}, {}) for text in TEXTS]


@pytest.mark.parametrize("kind", KINDS)
def test_isolation(kind: str) -> None:
    (torch.randn(400, 400, requires_grad=True) @ torch.randn(400, 400)).sum().backward()
    with Runner("cpu", kind) as runner:
        assert [runner.run(unit)[0].outcome for unit in units()] == list(TEXTS.values())
    torch.set_default_dtype(torch.float32)


def test_the_parent_of_forked_children_has_imported_but_not_computed() -> None:
    text = """
import os, sys
from doccheck import sim
assert "torch" in sys.modules
assert sim.tensors_made() == 0
assert len(os.listdir("/proc/self/task")) == 1, os.listdir("/proc/self/task")
"""
    if sys.platform != "linux":
        pytest.skip("threads are listed in /proc only on Linux")
    with Runner("sim", "fork") as runner:
        found = runner.run(Unit([Snippet(text, "python", "p.md", 1, "markdown", "n", "p/")], {}, {}))[0]
    assert found.outcome == "passed", found.detail


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a CUDA GPU")
@pytest.mark.parametrize("kind", KINDS)
def test_a_missing_device_is_an_error_and_never_a_skip(kind: str) -> None:
    unit = units()[0]
    with (
        Runner("cuda", kind) as runner,
        pytest.raises(DoccheckError, match=r"`device` \(=cuda\) isn't available here"),
    ):
        runner.run(unit)
