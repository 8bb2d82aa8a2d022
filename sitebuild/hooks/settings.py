"""MkDocs hook: what differs between a laptop, CI and a fork is set by environment variables.

- `REPOSITORY_URL`, such as `https://github.com/owner/name`: without it, edit and repository links vanish;
- `SITE_URL`: where the site will be read; without it, the address of `make serve`;
- `DRAFT=1`: nothing was verified, and every page says so.

The counts on the home page are those of `build/verification.json`, which the run of the snippets leaves behind.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from reference_impl import __version__

FOUND = Path(__file__).resolve().parent.parent.parent / "build" / "verification.json"
LOCAL_SITE = "http://127.0.0.1:8000/"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Apply the environment to the configuration."""
    config.site_url = os.environ.get("SITE_URL", "").strip().rstrip("/") + "/"
    if config.site_url == "/":
        config.site_url = LOCAL_SITE
    repository = os.environ.get("REPOSITORY_URL", "").strip().rstrip("/")
    if repository:
        config.repo_url = repository
        config.repo_name = "/".join(repository.split("/")[-2:])
        config.edit_uri = "edit/main/docs/en/"
    config.extra["draft"] = os.environ.get("DRAFT", "") not in ("", "0")
    config.extra["wheel"] = f"reference_impl-{__version__}-py3-none-any.whl"
    verified = FOUND.is_file() and not config.extra["draft"]
    config.extra["verification"] = json.loads(FOUND.read_text("utf-8")) if verified else None
    return config
