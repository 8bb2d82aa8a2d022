"""When and where a benchmark was run."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path


def made() -> dict[str, str]:
    """Give date, version of Python, and the machine in words."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "machine": f"{platform.system()} on {platform.machine()}, {_processor()}, {os.cpu_count()} cores",
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
