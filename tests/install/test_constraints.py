"""The committed versions: one for each package and Python, within the bounds of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

TOP = Path(__file__).parents[2]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = [line.rsplit(" ", 1)[1] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)]
FILES = {"constraints.txt": "dev", "constraints-bench.txt": "bench"}


def _environment(python: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": "linux",
        "extra": "",
    }


def _needed(extra: str) -> list[Requirement]:
    """What an extra installs, the extras in it and the core included."""
    lines = list(PROJECT["dependencies"])
    waiting, seen = [extra], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        for line in PROJECT["optional-dependencies"][name]:
            requirement = Requirement(line)
            if requirement.name == PROJECT["name"]:
                waiting += requirement.extras
            else:
                lines.append(line)
    return [Requirement(line) for line in lines]


def _stated(file: str) -> list[Requirement]:
    lines = (TOP / ".ci" / file).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if not line.startswith("#")]


def test_readme_and_metadata_name_the_same_pythons() -> None:
    """A user reads the README, pip reads `requires-python`."""
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    listed = f"Python {', '.join(PYTHONS[:-1])} or {PYTHONS[-1]}"
    assert listed in readme
    allowed = SpecifierSet(PROJECT["requires-python"])
    around = [f"3.{minor}" for minor in range(8, 20)]
    assert [python for python in around if f"{python}.1" in allowed] == PYTHONS


@pytest.mark.parametrize("file", FILES)
def test_constraints_are_exact_and_name_no_index(file: str) -> None:
    """Constraints hold versions and nothing else: no index, no address, no file."""
    for requirement in _stated(file):
        assert requirement.url is None
        assert [clause.operator for clause in requirement.specifier] == ["=="], requirement
        assert not requirement.extras
    text = (TOP / ".ci" / file).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text, re.MULTILINE)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("file", FILES)
def test_constraints_name_one_version_of_all_that_is_needed(file: str, python: str) -> None:
    """Whatever a command installs is pinned, on every Python, to a version that pyproject.toml allows."""
    environment = _environment(python)
    pinned: dict[str, Version] = {}
    for requirement in _stated(file):
        if requirement.marker is None or requirement.marker.evaluate(environment):
            name = canonicalize_name(requirement.name)
            assert name not in pinned, f"{name} has two versions"
            pinned[name] = Version(next(iter(requirement.specifier)).version)
    builders = [Requirement("pip"), Requirement("setuptools")]
    for requirement in [*_needed(FILES[file]), *builders]:
        if requirement.marker is None or requirement.marker.evaluate(environment):
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement
