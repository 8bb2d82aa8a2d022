"""MkDocs hook: mkdocs-jupyter renders labs from their executed notebooks, as Markdown that MkDocs then renders.

Out of the box its page weighs 650 KB, leaves formulas unrendered and checks no link. Here its conversion uses the
templates in `sitebuild/notebook_templates`, which write Markdown, and MkDocs does the rest as for any other page.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import mkdocs_jupyter.config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import meta

from sitebuild.labs import executed

ROOT = Path(__file__).resolve().parents[2]
AFTER_THE_PLUGIN = -10

log = get_plugin_logger("labs")
mkdocs_jupyter.config.settings.templates_dir = str(ROOT / "sitebuild" / "notebook_templates")


def is_lab(file: File) -> bool:
    """Whether a file is the source of a lab."""
    return file.src_uri.startswith("labs/") and file.src_uri.endswith(".py") and "/files/" not in file.src_uri


@event_priority(AFTER_THE_PLUGIN)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Let the plugin read the executed notebook; publish it and the source for download."""
    for file in [file for file in files if is_lab(file)]:
        source = Path(config.docs_dir, file.src_uri)
        notebook = executed(ROOT, source)
        if not notebook.exists():
            log.warning("%s was not run; `make site` runs it", file.src_uri)
            continue
        file.abs_src_path = str(notebook)
        for path in (source, notebook):
            files.append(File.generated(config, f"labs/files/{path.name}", abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Take the plugin's conversion as the page's Markdown and offer the downloads."""
    if not is_lab(page.file) or "render" not in vars(page):
        return markdown
    page.render(config, files)
    escaped = (page.content or "").partition("<")[
        0
    ]  # the template escapes all; a raw "<" begins the plugin's own style
    converted = html.unescape(escaped).lstrip()
    page.content = None
    del page.render
    page.meta.update(_header(Path(page.file.abs_src_path or "")))
    stem = Path(page.file.src_uri).stem
    downloads = (
        f"Download this lab: [notebook](files/{stem}.ipynb){{ download={stem}.ipynb }} · "
        f"[Python file](files/{stem}.py){{ download={stem}.py }}\n{{ .dc-downloads }}"
    )
    return re.sub(r"\A(# .*)", lambda match: f"{match[1]}\n\n{downloads}\n", converted, count=1)


def _header(notebook: Path) -> dict[str, object]:
    """The YAML header of a lab, which jupytext keeps as a raw first cell."""
    first = json.loads(notebook.read_text("utf-8"))["cells"][0]
    if first["cell_type"] != "raw":
        return {}
    text = "".join(first["source"])
    return dict(meta.get_data(text + "\n")[1])
