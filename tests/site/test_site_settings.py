"""What the environment changes in the configuration of the site."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs.config.defaults import MkDocsConfig

HOOK = Path(__file__).resolve().parents[2] / "sitebuild" / "hooks" / "settings.py"
VARIABLES = ("REPOSITORY_URL", "SITE_URL", "DRAFT")


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The hook, in an environment without its variables."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    spec = importlib.util.spec_from_file_location("settings_hook", HOOK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def configured(settings: ModuleType) -> MkDocsConfig:
    """An empty configuration after the hook."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "site_url": "https://elsewhere.example/"})
    return settings.on_config(config)


def test_without_variables_links_to_a_repository_vanish(settings: ModuleType) -> None:
    """No repository, no edit links; the site is at home on this computer."""
    config = configured(settings)
    assert (config.repo_url, config.edit_uri) == (None, None)
    assert config.site_url == "http://127.0.0.1:8000/"
    assert config.extra["draft"] is False


def test_repository_and_site(settings: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set, they give edit links and absolute addresses, with or without a slash at the end."""
    monkeypatch.setenv("REPOSITORY_URL", "https://code.example/owner/name/")
    monkeypatch.setenv("SITE_URL", "https://owner.example/name")
    config = configured(settings)
    assert (config.repo_url, config.repo_name) == ("https://code.example/owner/name", "owner/name")
    assert config.edit_uri == "edit/main/docs/en/"
    assert config.site_url == "https://owner.example/name/"


@pytest.mark.parametrize(("value", "draft"), [("1", True), ("0", False), ("", False)])
def test_draft(settings: ModuleType, monkeypatch: pytest.MonkeyPatch, value: str, draft: bool) -> None:
    """A draft says so, and shows no counts of what was verified."""
    monkeypatch.setenv("DRAFT", value)
    config = configured(settings)
    assert config.extra["draft"] is draft
    if draft:
        assert config.extra["verification"] is None


def test_counts(settings: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The counts of the last run are handed to the home page; without a run there are none."""
    monkeypatch.setattr(settings, "FOUND", tmp_path / "verification.json")
    assert configured(settings).extra["verification"] is None
    settings.FOUND.write_text('{"snippets": 3}', "utf-8")
    assert configured(settings).extra["verification"] == {"snippets": 3}


def test_wheel_is_of_this_version(settings: ModuleType) -> None:
    """The line on every page names the wheel that the build makes."""
    from reference_impl import __version__

    assert configured(settings).extra["wheel"] == f"reference_impl-{__version__}-py3-none-any.whl"
