"""What the reports of several benchmarks write alike."""

from collections.abc import Iterable, Mapping, Sequence


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


def table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> list[str]:
    """Write a table whose first columns hold words, and the others numbers; an empty line follows."""
    rules = ["---"] * words + ["---:"] * (len(head) - words)
    return [*(f"| {' | '.join(cells)} |" for cells in (head, rules, *rows)), ""]


def met(value: float, most: float) -> str:
    """Say whether a limit from above was met."""
    return "met" if value <= most else "**not met**"


def peers_section(versions: Mapping[str, Mapping[str, str]], not_run: Mapping[str, str]) -> list[str]:
    """List the versions of peers, and the peers that were not run with the reason."""
    lines = versions_section(versions)
    return [*lines, "", *(f"- {peer}: not run; {reason}" for peer, reason in not_run.items())]


def in_seconds(seconds: float) -> str:
    """Write a time with the unit in which it is a readable number."""
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 0.995 or unit == "µs":
            break
    number = seconds * factor
    return f"{number:,.{2 if number < 10 else 1 if number < 100 else 0}f} {unit}"
