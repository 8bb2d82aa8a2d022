"""Turn the log of a failed installer into one line that says what happened and what to do."""

import re
from pathlib import Path

NO_CONNECTION = re.compile(
    r"name resolution|Name or service not known|nodename nor servname|Network is unreachable|No route to host"
    r"|Connection refused|Connection reset|ConnectTimeout|Read timed out|ProxyError|Tunnel connection failed"
    r"|SSLError|CERTIFICATE_VERIFY_FAILED"
    r"|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH"
)
TRIES_AGAIN = re.compile(r"^.*Retry\(total=[1-9].*$", re.MULTILINE)
DISK_FULL = re.compile(r"No space left on device|ENOSPC|Disk quota exceeded")
NO_DISTRIBUTION = re.compile(r"No matching distribution found for (.+)")
CONFLICT = re.compile(r"ResolutionImpossible|conflicting dependencies")
LOCK_OUT_OF_STEP = re.compile(r"`npm ci` can only install packages when|lockfileVersion")
PYTHON_ERROR = re.compile(r"^\s*(\w*(?:Error|Exception): .+)$", re.MULTILINE)
ERROR_LINE = re.compile(
    r"^(?:ERROR:|npm error|npm ERR!)\s*+(?!Exception:|code |A complete log)(.+)$", re.MULTILINE
)


class SetupError(Exception):
    """A set-up step that failed; its text is the one line for the reader, `log` what the installer printed."""

    def __init__(self, message: str, log: str = "") -> None:
        """Keep the log beside the message."""
        super().__init__(message)
        self.log = log


def explain(log: str, doing: str, log_path: Path, *, index: str | None = None) -> str:
    """Say in one line what failed, why, and what to do.

    Args:
        log: everything the installer printed.
        doing: what was being done, e.g. "installing the Python packages".
        log_path: where the log is kept.
        index: address of the package index in use when it is not pip's own.

    Returns:
        One line, without the leading "error:".
    """
    return f"{doing} failed: {_cause(log, index)} (log: {log_path})"


def _cause(log: str, index: str | None) -> str:
    if DISK_FULL.search(log):
        return "the disk is full; make room (torch alone needs about 1 GB) and run make again"
    if found := NO_CONNECTION.search(TRIES_AGAIN.sub("", log)):
        where = f"TORCH_INDEX={index}" if index else "the network"
        return f"no connection to {where} ({found.group()}); connect, or set the proxy, and run make again"
    if found := NO_DISTRIBUTION.search(log):
        if index:
            return (
                f"TORCH_INDEX={index} has no {found.group(1)} for this Python and system; check the address"
            )
        return f"no build of {found.group(1)} for this Python and system; try another, e.g. PYTHON=python3.12"
    if CONFLICT.search(log):
        return "the pins of constraints.txt contradict pyproject.toml; renew them with `make constraints`"
    if LOCK_OUT_OF_STEP.search(log):
        return (
            "package-lock.json is out of step with package.json; run `npm install` and commit the lock file"
        )
    if found := ERROR_LINE.search(log) or PYTHON_ERROR.search(log):
        return found.group(1).strip()
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    return lines[-1] if lines else "it ended without a message"
