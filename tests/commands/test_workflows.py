"""The workflows: actions pinned by commit, rights where they are needed and nowhere else, targets that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_project import ROOT

PINNED = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "actions/setup-node": ("820762786026740c76f36085b0efc47a31fe5020", "v7.0.0"),
    "actions/upload-artifact": ("bbbca2ddaa5d8feaa63e36b76fdaad77386f024f", "v7.0.0"),
    "actions/configure-pages": ("983d7736d9b0ae728b81ab479565c72886d7745b", "v5.0.0"),
    "actions/upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "actions/deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}
RIGHTS = {
    "ci.yml": {"test": {"contents": "read"}},
    "pages.yml": {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
    "weekly.yml": {"newest-torch": {"contents": "read"}, "long-checks": {"contents": "read"}},
    "gpu.yml": {"receipt": {"contents": "read"}},
}
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)


def workflow(path: Path) -> dict[Any, Any]:
    """Read a workflow."""
    content: dict[Any, Any] = yaml.safe_load(path.read_text())
    return content


def steps(path: Path) -> list[dict[str, Any]]:
    """List the steps of every job of a workflow."""
    return [step for job in workflow(path)["jobs"].values() for step in job["steps"]]


def test_every_workflow_is_known() -> None:
    assert [path.name for path in FILES] == sorted(RIGHTS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_actions_are_pinned_with_their_version_beside_them(path: Path) -> None:
    uses = re.findall(r"uses: (\S+)@(\S+)(?: # (\S+))?$", path.read_text(), re.MULTILINE)
    assert len(uses) == path.read_text().count("uses:") == sum("uses" in step for step in steps(path))
    for action, commit, version in uses:
        assert PINNED[action] == (commit, version)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rights(path: Path) -> None:
    content = workflow(path)
    assert content["permissions"] == {}
    assert {name: job["permissions"] for name, job in content["jobs"].items()} == RIGHTS[path.name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_jobs_end_and_leave_no_credentials(path: Path) -> None:
    assert all(job["timeout-minutes"] for job in workflow(path)["jobs"].values())
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_scripts_call_what_exists_and_take_nothing_from_an_event(path: Path) -> None:
    scripts = [step["run"] for step in steps(path) if "run" in step]
    for script in scripts:
        assert "${{" not in script
        words = script.split()
        assert (words[0] == "make" and words[1] in TARGETS) or script == ".ci/run"
    assert scripts


def test_workflows_do_what_they_are_for() -> None:
    by_name = {path.name: workflow(path) for path in FILES}
    triggers = {name: set(content[True]) for name, content in by_name.items()}
    assert triggers == {
        "ci.yml": {"push", "pull_request"},
        "pages.yml": {"push", "workflow_dispatch"},
        "weekly.yml": {"schedule", "workflow_dispatch"},
        "gpu.yml": {"workflow_dispatch"},
    }
    assert by_name["gpu.yml"]["jobs"]["receipt"]["runs-on"] == ["self-hosted", "gpu"]
    assert by_name["weekly.yml"]["jobs"]["newest-torch"]["env"]["TORCH_VERSION"] == "newest"
    assert by_name["ci.yml"]["jobs"]["test"]["strategy"]["matrix"]["python"][0] == "3.11"
    build = next(step for step in by_name["pages.yml"]["jobs"]["build"]["steps"] if "run" in step)
    assert set(build["env"]) == {"TORCH_INDEX", "REPOSITORY_URL", "SITE_URL"}
    assert by_name["pages.yml"]["jobs"]["deploy"]["needs"] == "build"
