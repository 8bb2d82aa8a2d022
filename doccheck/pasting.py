"""What a reader has on the clipboard: the block without prompts and outputs."""

from __future__ import annotations

from collections.abc import Iterator

from doccheck.languages import CONSOLE, PROMPTS


def pasted(text: str, language: str) -> str:
    """The code of a block as it is executed and copied.

    Args:
        text: canonical text of the block.
        language: `python` (the text itself), `pycon` (the lines behind `>>>` and `...`) or `console`
            (the commands behind `$`).
    """
    if language == PROMPTS:
        return "\n".join(_behind_prompts(text))
    if language == CONSOLE:
        return "\n".join(command for command, _ in commands(text))
    return text


def _behind_prompts(text: str) -> Iterator[str]:
    """The code of a session; an output may begin with `...`, too."""
    prompted = False
    for line in text.split("\n"):
        prompted = line.startswith(">>>") or (prompted and line.startswith("..."))
        if prompted:
            yield line[4:]


def commands(text: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output that is expected of it.

    A command starts behind `$ ` and goes on over lines that end in a backslash.
    """
    found: list[tuple[str, str]] = []
    command, continued = "", False
    output: list[str] = []
    for line in text.split("\n"):
        if line.startswith("$ ") and not continued:
            if command:
                found.append((command, "\n".join(output)))
            command, output = line[2:], []
        elif continued:
            command += "\n" + line.removeprefix("> ")
        else:
            output.append(line)
            continue
        continued = line.endswith("\\")
    if command:
        found.append((command, "\n".join(output)))
    return found
