"""MkDocs hook: publish the stylesheet and the fonts."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from sitebuild import assets


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the files that come from `sitebuild/styles` and from npm."""
    try:
        files.append(File.generated(config, assets.STYLESHEET, content=assets.stylesheet()))
        for address, path in assets.font_files().items():
            files.append(File.generated(config, address, abs_src_path=str(path)))
    except assets.MissingPartError as error:
        raise PluginError(str(error)) from error
    return files
