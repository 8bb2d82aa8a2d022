"""`make verify`: the receipt of an accelerator is filed under its hardware's name, failures and all."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from doccheck.errors import DoccheckError
from doccheck.receipt.receipt import Receipt
from tools import verify

RECEIPT = Receipt(
    device="cuda",
    hardware="NVIDIA H200 (141 GB)",
    environment={
        "python": "3.12.3",
        "torch": "2.13.0",
        "numpy": "2.4.6",
        "cuda": "13.0",
        "system": "Linux x86_64",
        "tf32": False,
    },
    date="2026-11-20T10:00:00+00:00",
    commit="",
    runner="0" * 64,
    rows=[],
)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were started, in an empty folder; each run writes a receipt."""
    started: list[list[str]] = []

    def start(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        started.append(command[2:])
        if "run" in command:
            RECEIPT.write(Path(command[-1]))
        return subprocess.CompletedProcess(command, 1 if "run" in command else 0)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(subprocess, "run", start)
    return started


def test_receipt_of_an_accelerator_is_kept_even_when_a_snippet_failed(
    commands: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(["--device", "cuda"]) == 1
    assert commands == [
        ["doccheck", "extract", "-o", "build/bundle.json"],
        ["doccheck", "run", "build/bundle.json", "--device", "cuda", "-o", "build/receipts/cuda.json"],
    ]
    assert Receipt.read(Path("receipts/cuda-nvidia-h200-141-gb.json")) == RECEIPT
    assert not Path("build/receipts/cuda.json").exists()
    assert "receipts/cuda-nvidia-h200-141-gb.json: commit it" in capsys.readouterr().out


@pytest.mark.parametrize("device", ["cpu", "sim"])
def test_receipts_of_every_build_are_not_kept(commands: list[list[str]], device: str) -> None:
    verify.main(["--device", device])
    assert len(commands) == 2
    assert not Path("receipts").exists()


def test_old_receipt_is_not_taken_for_a_new_one(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    RECEIPT.write(Path("build/receipts/cuda.json"))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 2))
    assert verify.main(["--device", "cuda"]) == 2
    assert not Path("receipts").exists()


def test_damaged_receipt_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cuda.json").write_text("{}")
    with pytest.raises(DoccheckError, match="isn't a receipt"):
        verify.keep(tmp_path / "cuda.json", tmp_path / "receipts")
