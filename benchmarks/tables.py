"""What the reports of several benchmarks write alike."""

from collections.abc import Mapping


def verdict(ratio: float, limit: float) -> str:
    """Say whether a ratio keeps a limit."""
    return "within" if ratio <= limit else "OVER"


def threads_in_words(count: int) -> str:
    """Write a number of threads."""
    return f"{count} thread{'s' * (count > 1)}"


def versions_section(versions: Mapping[str, Mapping[str, str]]) -> list[str]:
    """List the versions of the packages of each peer, under a heading."""
    lines = ["## Versions", ""]
    for peer, packages in versions.items():
        lines.append(f"- {peer}: {', '.join(f'{package} {number}' for package, number in packages.items())}")
    return lines
