"""One version everywhere, which moves with the format of the plan file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml
from refzones.solver.results.record import SCHEMA

TOP = Path(__file__).parents[2]
SCHEMAS = {2: "0.1.0"}
"""Each version of the format of `plan.json`, and the first version of the package that writes it.

Who raises `SCHEMA` adds a row, with a version of a new minor number.
"""


def _project() -> dict[str, Any]:
    with (TOP / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]


def _citation() -> dict[str, Any]:
    return yaml.safe_load((TOP / "CITATION.cff").read_text(encoding="utf-8"))


def _entries() -> list[str]:
    """Versions of the changes, in the order of the file."""
    text = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    return [heading.split()[0] for heading in re.findall(r"^## (.+)$", text, re.MULTILINE)]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def test_the_version_is_the_same_everywhere() -> None:
    version = _project()["version"]
    assert _citation()["version"] == version
    assert _entries()[0] == version


def test_changes_stand_newest_first() -> None:
    entries = [_numbers(entry) for entry in _entries()]
    assert entries == sorted(set(entries), reverse=True)


def test_the_version_moves_with_the_schema() -> None:
    assert max(SCHEMAS) == SCHEMA, "add a row for the new schema"
    firsts = [_numbers(SCHEMAS[schema])[:2] for schema in sorted(SCHEMAS)]
    assert firsts == sorted(set(firsts)), "each schema begins with a minor version of its own"
    assert _numbers(_project()["version"])[:2] >= firsts[-1]


def test_runs_of_the_first_version_with_this_schema_are_kept() -> None:
    assert (TOP / "tests" / "data" / f"runs-{SCHEMAS[SCHEMA]}").is_dir()


def test_the_citation_has_what_the_format_requires() -> None:
    citation, project = _citation(), _project()
    assert {"cff-version", "message", "title", "authors", "type"} <= citation.keys()
    assert citation["license"] == project["license"]
    assert citation["keywords"] == project["keywords"]
    holder = re.search(r"Copyright \(c\) \d+ (.+)", (TOP / "LICENSE").read_text(encoding="utf-8"))
    assert holder is not None
    assert [author["name"].lower() for author in citation["authors"]] == [holder[1].lower()]
