"""What the label of a code block says about running it."""

PYTHON = "python"
PROMPTS = "pycon"
CONSOLE = "console"

RUNS = frozenset({PYTHON, PROMPTS, CONSOLE})
INERT = frozenset(
    {"text", "json", "yaml", "toml", "ini", "html", "css", "javascript", "svg", "xml"}
    | {"bibtex", "diff", "makefile", "markdown", "latex"}
)
"""Languages of blocks that are shown and not run: their label says so."""
