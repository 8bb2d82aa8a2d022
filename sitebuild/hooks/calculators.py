"""MkDocs hook: the calculators' forms, and the files that they load once they are used."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from sitebuild import assets
from sitebuild.calculators.bundle import bundle
from sitebuild.calculators.form import with_calculators


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the package's files and MicroPython."""
    try:
        interpreter = assets.interpreter_files()
    except assets.MissingPartError as error:
        raise PluginError(str(error)) from error
    files.append(File.generated(config, assets.BUNDLE, content=bundle()))
    for address, path in interpreter.items():
        files.append(File.generated(config, address, abs_src_path=str(path)))
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the calculators into their places."""
    return with_calculators(html)
