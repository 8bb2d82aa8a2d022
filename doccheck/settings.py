"""Where a project keeps what doccheck reads: `[tool.doccheck]` in pyproject.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from doccheck.errors import DoccheckError


@dataclass(frozen=True)
class Settings:
    """The places of a project.

    Attributes:
        root: the project's folder.
        docs: folder of the site's Markdown pages.
        labs: folder of the notebooks (jupytext percent files).
        packages: packages whose docstrings are documented.
        readme: Markdown files outside the site.
    """

    root: Path
    docs: str = "docs"
    labs: str = "docs/labs"
    packages: tuple[str, ...] = ()
    readme: tuple[str, ...] = ()

    @classmethod
    def read(cls, root: Path) -> Settings:
        """Read the settings of the project in `root`."""
        path = root / "pyproject.toml"
        if not path.exists():
            raise DoccheckError(f"{path}: there is no such file; run doccheck in the project's folder")
        try:
            table = tomllib.loads(path.read_text("utf-8")).get("tool", {}).get("doccheck", {})
        except tomllib.TOMLDecodeError as error:
            raise DoccheckError(f"{path}: isn't TOML ({error})") from None
        unknown = set(table) - {"docs", "labs", "packages", "readme"}
        if unknown:
            raise DoccheckError(f"{path}: unknown settings in [tool.doccheck]: {', '.join(sorted(unknown))}")
        return cls(
            root=root,
            docs=table.get("docs", cls.docs),
            labs=table.get("labs", cls.labs),
            packages=tuple(table.get("packages", ())),
            readme=tuple(table.get("readme", ())),
        )
