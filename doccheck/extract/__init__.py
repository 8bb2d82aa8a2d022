"""Step 1: find every snippet in the sources."""

from __future__ import annotations

from doccheck.errors import DoccheckError
from doccheck.extract.docstrings import from_package
from doccheck.extract.found import Found, Origin
from doccheck.extract.markdown import from_markdown
from doccheck.extract.notebooks import from_notebook
from doccheck.extract.pages import markdown_pages, notebook_pages
from doccheck.extract.together import project_problems
from doccheck.settings import Settings


def extract(settings: Settings) -> Found:
    """Find the snippets of a project: its pages, notebooks, docstrings and README.

    Returns:
        What was found. Where `problems` isn't empty, the snippets must not be published.
    """
    for name in (settings.docs, *settings.readme):
        if not (settings.root / name).exists():
            raise DoccheckError(
                f"{settings.root / name}: doesn't exist; mend [tool.doccheck] in pyproject.toml"
            )
    found = Found()
    for path, page in markdown_pages(settings):
        file = path.relative_to(settings.root).as_posix()
        found += from_markdown(path.read_text("utf-8"), Origin(file, "markdown", page))
    for path, page in notebook_pages(settings):
        found += from_notebook(path, settings.root, page)
    for package in settings.packages:
        found += from_package(package, settings.root)
    for file in settings.readme:
        text = (settings.root / file).read_text("utf-8")
        found += from_markdown(text, Origin(file, "readme", public=False))
    found.problems += project_problems(found, settings.root)
    found.problems.sort()
    return found
