"""MkDocs hook: offer the code of each page as one Python file and as a notebook."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from sitebuild.downloads import TITLE, download_of

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = {".py": "Python file", ".ipynb": "notebook"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the downloads of each page in the folder of its own address."""
    for page in files.documentation_pages():
        for suffix in SUFFIXES:
            path = _download(page, config).with_suffix(suffix)
            if path.exists():
                files.append(File.generated(config, _address(page, suffix), abs_src_path=str(path)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the line that offers them."""
    if not _download(page.file, config).with_suffix(".py").exists():
        return markdown
    name = Path(page.file.src_uri).name
    links = " · ".join(
        f"[{kind}](code/{Path(name).stem}{suffix}){{ download={Path(name).stem}{suffix} }}"
        for suffix, kind in SUFFIXES.items()
    )
    return f"{markdown}\n\n{TITLE}: {links}\n{{ .dc-downloads }}\n"


def _download(file: File, config: MkDocsConfig) -> Path:
    docs = Path(config.docs_dir).relative_to(ROOT)
    return download_of(ROOT, (docs / file.src_uri).as_posix())


def _address(file: File, suffix: str) -> str:
    path = Path(file.src_uri)
    return (path.parent / "code" / path.name).with_suffix(suffix).as_posix()
