"""What the folders of sets of plans share: plans as JSON, and pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...instances.instance import Instance
from ...models.indicators.asked import data_hash
from ...models.scenario.scenario import Scenario
from ...solver.candidates.sets import Part
from ...solver.deadline import Deadline


def about(instance: Instance, scenario: Scenario) -> dict[str, Any]:
    """Say in JSON what plans were made for."""
    from importlib.metadata import version

    return {
        "schema_version": 1,
        "refzones": version("refzones"),
        "instance": {"name": instance.name, "hash": data_hash(instance, scenario)},
        "scenario": scenario.model_dump(mode="json"),
    }


def coded(instance: Instance, parts: Sequence[Part]) -> list[list[str]]:
    """Give the parts of a plan as codes of their members."""
    return [[instance.codes[i] for i in part] for part in parts]


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """Write a record as JSON."""
    path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


class Written(NamedTuple):
    """What stands in a folder after it was written.

    Attributes
    ----------
    names : list of str
        Of the files.
    left_out : str
        Which pictures there was no time for; empty for none.
    """

    names: list[str]
    left_out: str


class Pictures:
    """Pictures of a folder, as long as there is time for them.

    Attributes
    ----------
    names : list of str
        Of the files that were drawn.
    """

    def __init__(self, folder: Path, deadline: Deadline) -> None:
        self.names: list[str] = []
        self._folder, self._deadline = folder, deadline
        self._late = 0

    def draw(self, name: str, write: Callable[[Path], object]) -> None:
        """Write a picture, unless its time is up."""
        if self._deadline.passed:
            self._late += 1
            return
        write(self._folder / name)
        self.names.append(name)

    def listed(self, most: int) -> list[str]:
        """Name the files; say only how many they are where they are more than so many."""
        return self.names if len(self.names) <= most else [f"{len(self.names)} pictures"]

    @property
    def left_out(self) -> str:
        """Say for how many pictures there was no time; empty for none."""
        if not self._late:
            return ""
        number = "1 picture was" if self._late == 1 else f"{self._late} pictures were"
        return f"{number} left out: the time limit left no more"
