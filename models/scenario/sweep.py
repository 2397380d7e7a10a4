"""What a sweep asks: one scenario in many settings of weights, bounds, locks and seeds."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import prod
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BaseModel, Field, ValidationError, model_validator

from ...instances.catalogue import DEFAULT, embedded_instances
from ...instances.common.field_types import Number
from ...instances.common.path_names import as_text
from ...instances.common.problems import InputError, Problems, suggest
from ...instances.common.validation import note_validation_errors
from .reading import read_toml
from .scenario import Scenario
from .sweep_axes import Grid, Item, Sample
from .tables import Locks, Part

BASE = "base"
"""Name of the scenario's own locks."""

MOST_SETTINGS = 1_000_000
"""Most settings of a sweep on one instance."""


class SweepSpec(Part):
    """A family of questions.

    What `items`, `grid` and `sample` give is combined: every item of the list with every point of the grid
    and every point of the sample. What none of them varies is as the scenario says.

    Attributes
    ----------
    name, description : str
        For readers.
    scenario : Scenario
        What all settings have in common. A file names a preset or another file, or says it in a table.
    instances : tuple of str
        Embedded instances, or folders, seen from the folder of the spec.
    regions : tuple of str
        Reference regions; all when empty.
    engine : str
        Solves the integer programmes.
    time_limit : float or None
        Seconds for one region in one setting.
    grid : Grid or None
    items : tuple of Item
        The key `list` of a file.
    sample : Sample or None
    locks : dict of str to Locks
        Variants of the scenario's locks, which each replaces as a whole.
    """

    name: str = "sweep"
    description: str = ""
    scenario: Scenario
    instances: Annotated[tuple[str, ...], Field(min_length=1)] = (DEFAULT,)
    regions: tuple[str, ...] = ()
    engine: str = "highs"
    time_limit: Annotated[Number, Field(gt=0)] | None = None
    grid: Grid | None = None
    items: tuple[Item, ...] | None = Field(default=None, alias="list")
    sample: Sample | None = None
    locks: dict[str, Locks] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> SweepSpec:
        wrong = [*self._nothing_asked(), *self._varied_twice(), *self._unknown_locks()]
        if wrong:
            raise ValueError("; ".join(wrong))
        return self

    def _nothing_asked(self) -> list[str]:
        if self.grid is None and self.sample is None and self.items is None:
            return ["nothing varies; add [grid], [[list]] or [sample]"]
        if self.items == ():
            return ["the list is empty; add a setting, or remove the key"]
        if self.number > MOST_SETTINGS:
            return [f"these are {self.number:,} settings; at most {MOST_SETTINGS:,} are possible"]
        return []

    def _varied_twice(self) -> list[str]:
        both = combinations(self._keys().items(), 2)
        return [
            f"{key} is varied by {first} and by {second}; keep one of them"
            for (first, keys), (second, others) in both
            for key in keys
            if key in others
        ]

    def _keys(self) -> dict[str, list[str]]:
        listed = dict.fromkeys(key for item in self.items or () for key in item.varied())
        return {
            "list": list(listed),
            "grid": [] if self.grid is None else list(self.grid.varied()),
            "sample": [] if self.sample is None else self.sample.keys,
        }

    def _unknown_locks(self) -> list[str]:
        known = [BASE, *self.locks]
        named = [item.locks for item in self.items or () if item.locks is not None]
        named += [] if self.grid is None else self.grid.locks or ()
        wrong = [
            f"there are no locks of the name '{name}'; {suggest(name, known)}"
            for name in dict.fromkeys(named)
            if name not in known
        ]
        if BASE in self.locks:
            wrong.append(f"'{BASE}' means the scenario's own locks; give [locks.{BASE}] another name")
        return wrong

    @property
    def number(self) -> int:
        """Number of settings on one instance."""
        grid = {} if self.grid is None else self.grid.varied()
        return (
            (1 if self.items is None else len(self.items))
            * prod(map(len, grid.values()))
            * (1 if self.sample is None else self.sample.number)
        )

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms that any setting weighs, those of the scenario first."""
        varied = [key for keys in self._keys().values() for key in keys if key.startswith("weights.")]
        return tuple(
            dict.fromkeys([*self.scenario.weights, *(key.removeprefix("weights.") for key in varied)])
        )

    @classmethod
    def read(cls, path: str | Path) -> SweepSpec:
        """Read a spec file.

        Raises
        ------
        InputError
            Lists everything that is wrong with the file.
        """
        path = Path(path)
        return cls.from_dict(
            {"name": as_text(path.stem)} | read_toml(path), file=path.name, folder=path.parent
        )

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], file: str = "sweep", folder: Path = Path()) -> SweepSpec:
        """Validate a spec given as nested mappings.

        Parameters
        ----------
        data : mapping
        file : str
            Stands in the messages.
        folder : Path
            Where files and folders named by relative paths are looked for.
        """
        problems = Problems()
        whole = dict(data) | {"scenario": _scenario(data.get("scenario", "mergers"), file, folder, problems)}
        whole["instances"] = _instances(data.get("instances", (DEFAULT,)), folder)
        if problems:
            whole["scenario"] = Scenario.preset("mergers")  # so that the rest is looked at too
        try:
            spec = cls.model_validate(whole)
        except ValidationError as error:
            note_validation_errors(error, cast(type[BaseModel], cls), file, problems)
            problems.raise_if_any()
            raise
        problems.raise_if_any()
        return spec


def _scenario(given: Any, file: str, folder: Path, problems: Problems) -> Any:
    """Read the scenario that a spec names, or says itself; what is neither is left to the validation."""
    try:
        if isinstance(given, str):
            return Scenario.named(folder / given if (folder / given).is_file() else given)
        if isinstance(given, dict):
            return Scenario.from_dict(given, file=file, folder=folder)
    except InputError as error:
        problems.take(error, "scenario: ")
    return given


def _instances(given: Any, folder: Path) -> Any:
    """Find folders of instances from the folder of the spec."""
    if not isinstance(given, list | tuple):
        return given
    names = {entry.name for entry in embedded_instances()}
    return [
        str(folder / name)
        if isinstance(name, str) and name not in names and (folder / name).is_dir()
        else name
        for name in given
    ]
