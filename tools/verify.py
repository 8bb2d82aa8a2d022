"""Run every snippet on one device and file its receipt: `python -m tools.verify --device cuda`.

Receipts of accelerators go to receipts/, which is committed; those of `cpu` and `sim` stay in build/receipts,
since every build makes its own.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from doccheck.receipt.receipt import Receipt

BUNDLE = Path("build/bundle.json")
MADE = Path("build/receipts")
KEPT = Path("receipts")
MADE_BY_EVERY_BUILD = ("cpu", "sim")


def file_name(receipt: Receipt) -> str:
    """Name a receipt by its device and hardware: "cuda-nvidia-h200.json"."""
    hardware = re.sub(r"[^a-z0-9]+", "-", receipt.hardware.lower()).strip("-")
    return f"{receipt.device}-{hardware}.json"


def keep(made: Path, folder: Path) -> Path:
    """Check a receipt and move it into a folder under its name; returns where it is."""
    kept = folder / file_name(Receipt.read(made))
    folder.mkdir(parents=True, exist_ok=True)
    return made.replace(kept)


def main(arguments: Sequence[str]) -> int:
    """Extract, run, and keep the receipt; returns 0 when every snippet passed."""
    parser = argparse.ArgumentParser(prog="verify", description="Run every snippet on one device.")
    parser.add_argument("--device", required=True, choices=("cpu", "sim", "cuda"))
    device = parser.parse_args(arguments).device
    made = MADE / f"{device}.json"
    made.unlink(missing_ok=True)
    doccheck = [sys.executable, "-m", "doccheck"]
    status = subprocess.run([*doccheck, "extract", "-o", str(BUNDLE)], check=False).returncode
    if status == 0:
        run = [*doccheck, "run", str(BUNDLE), "--device", device, "-o", str(made)]
        status = subprocess.run(run, check=False).returncode
    if made.exists() and device not in MADE_BY_EVERY_BUILD:
        print(f"The receipt is {keep(made, KEPT)}: commit it, and the site shows it.")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
