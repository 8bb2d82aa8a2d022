"""Registering is cheap, repeatable, computes nothing, and leaves a process that may fork."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import torch
from torch.utils import backend_registration

from doccheck import sim
from doccheck.sim import backend

ROOT = Path(__file__).parents[3]


def run_alone(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own."""
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(program)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_registration_does_nothing():
    before = torch._C._get_privateuse1_backend_name()
    new_storage = torch.UntypedStorage.__new__
    sim.register()
    assert before == torch._C._get_privateuse1_backend_name() == "sim"
    assert torch.UntypedStorage.__new__ is new_storage


def test_importing_does_not_import_torch():
    result = run_alone(
        """
        import sys
        from doccheck import sim
        assert sim.tensors_made() == 0
        assert "torch" not in sys.modules
        """
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="this system does not fork safely"
)
def test_a_process_registers_without_computing_and_its_forks_compute():
    result = run_alone(
        """
        import os, torch
        from torch.utils._python_dispatch import TorchDispatchMode
        from doccheck import sim

        calls = []
        class Log(TorchDispatchMode):
            def __torch_dispatch__(self, func, types, args=(), kwargs=None):
                calls.append(str(func))
                return func(*args, **(kwargs or {}))

        def threads():
            return len(os.listdir("/proc/self/task")) if os.path.exists("/proc/self/task") else 1

        started = threads()
        with Log():
            sim.register()
        assert calls == [], calls
        assert threads() == started
        assert sim.tensors_made() == 0

        def child():
            torch.set_default_device("sim")
            model = torch.nn.Sequential(torch.nn.Linear(200, 200), torch.nn.ReLU(), torch.nn.Linear(200, 1))
            model(torch.ones(300, 200)).mean().backward()
            assert all(p.grad.isfinite().all() for p in model.parameters())
            assert (torch.ones(500, 500, device="cpu") @ torch.ones(500, 500, device="cpu")).sum() == 500**3
            assert sim.tensors_made() > 0

        for _ in range(3):
            pid = os.fork()
            if pid == 0:
                try:
                    child()
                    os._exit(0)
                finally:
                    os._exit(1)
            assert os.waitpid(pid, 0)[1] == 0
        """
    )
    assert result.returncode == 0, result.stderr


def test_a_place_that_is_taken_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(backend, "_LIBRARIES", [])
    with pytest.raises(RuntimeError, match="one place for an outside device, and 'sim' holds it"):
        sim.register()


def test_a_torch_that_lacks_a_part_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delattr(backend_registration, "_setup_privateuseone_for_python_backend")
    with pytest.raises(
        RuntimeError, match=r"has no torch\.utils\.backend_registration\._setup.*from 2\.11 to 2\.13"
    ):
        backend._require_parts()


def test_the_name_is_public():
    assert sim.DEVICE == "sim"
    assert torch.device(sim.DEVICE) == torch.device("sim")


@pytest.mark.usefixtures("sim_by_default")
class TestTensorsMade:
    """The count that decides whether a snippet earns a tick of the device."""

    def test_a_tensor_made_counts(self):
        before = sim.tensors_made()
        torch.zeros(3)
        assert sim.tensors_made() > before

    def test_a_result_counts(self):
        x = torch.ones(3)
        before = sim.tensors_made()
        x.exp()
        assert sim.tensors_made() == before + 1

    def test_a_write_counts(self):
        x = torch.ones(3)
        before = sim.tensors_made()
        x += 1
        assert sim.tensors_made() == before + 1

    def test_work_on_the_cpu_does_not_count(self):
        before = sim.tensors_made()
        (torch.ones(3, device="cpu") @ torch.ones(3, device="cpu")).item()
        assert sim.tensors_made() == before

    def test_asking_for_the_default_device_does_not_count(self):
        before = sim.tensors_made()
        assert torch.get_default_device() == torch.device("sim", 0)
        assert sim.tensors_made() == before

    def test_a_backward_pass_counts_from_its_own_thread(self):
        x = torch.ones(3, requires_grad=True)
        loss = (x * x).sum()
        before = sim.tensors_made()
        loss.backward()
        assert sim.tensors_made() >= before + 2
