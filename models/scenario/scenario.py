"""The question: bounds, rules, locks and weights at one level or two."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, cast

from pydantic import BaseModel, ValidationError, model_validator

from ...instances.common.path_names import as_text
from ...instances.common.problems import Problems, reject, suggest
from ...instances.common.toml import render_toml
from ...instances.common.validation import note_validation_errors
from .demands import Demands
from .overlay import overlay, without_lost_prices
from .reading import fetch_files, read_toml

_PRESETS = Path(__file__).parent / "presets"


class Scenario(Demands):
    """What is asked of an instance.

    Attributes
    ----------
    name, description : str
        For readers.
    level : {'mergers', 'zones', 'nested'}
        What the parts of a plan are: mergers, the reference zones in which mergers are discussed, or both,
        the mergers inside the zones.
    zones : Demands or None
        What is asked of zones where they are decided together with mergers.

    See Also
    --------
    Demands : The other attributes.
    """

    name: str = "scenario"
    description: str = ""
    level: Literal["mergers", "zones", "nested"] = "mergers"
    zones: Demands | None = None

    @model_validator(mode="after")
    def _zones_where_nested(self) -> Scenario:
        if self.level == "nested" and self.zones is None:
            raise ValueError(
                "level 'nested' asks for zones too; add [zones], for instance zones.preset = \"zones\""
            )
        if self.level != "nested" and self.zones is not None:
            raise ValueError(f"[zones] belongs to level 'nested', not to '{self.level}'")
        return self

    @model_validator(mode="after")
    def _one_frame_for_both(self) -> Scenario:
        if self.zones is not None and self.zones.frames.regions != self.frames.regions:
            raise ValueError(
                "frames.regions and zones.frames.regions differ; mergers lie in zones, so give both one value"
            )
        return self

    def at(self, level: Literal["mergers", "zones"]) -> Scenario:
        """Give what a nested scenario asks of one of its levels, as a scenario of its own."""
        assert self.zones is not None, "only a nested scenario has two levels"
        asked: Demands = self if level == "mergers" else self.zones
        demands = {key: getattr(asked, key) for key in Demands.model_fields}
        # its parts are valid already; what an explanation relaxes need not pass as a file
        return Scenario.model_construct(
            name=self.name, description=self.description, level=level, zones=None, **demands
        )

    @property
    def levels(self) -> tuple[Scenario, ...]:
        """What is asked at each level, as scenarios of one level: of mergers, then of zones around them."""
        return (self,) if self.zones is None else (self.at("mergers"), self.at("zones"))

    @property
    def levels_by_prefix(self) -> dict[str, Scenario]:
        """The levels by what stands before their keys and terms; 'zones' for zones around mergers."""
        return dict(zip(("", "zones"), self.levels, strict=False))

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of inhabitants under which bounds hold, at any level, beside the inhabitants themselves."""
        return tuple(dict.fromkeys(name for level in self.levels for name in level.population.also))

    @property
    def budgeted(self) -> tuple[str, ...]:
        """Indicators that have a budget, at any level."""
        return tuple(dict.fromkeys(name for level in self.levels for name in level.budgets))

    def without_budgets(self) -> Scenario:
        """Give the same scenario without budgets, at every level."""
        free: dict[str, object] = {"budgets": {}}
        zones = None if self.zones is None else self.zones.model_copy(update=free)
        return self.model_copy(update=free | {"zones": zones})

    def without_columns(self) -> Scenario:
        """Give the same scenario with bounds on the inhabitants themselves alone, at every level."""

        def today(asked: Demands) -> dict[str, object]:
            return {"population": asked.population.model_copy(update={"also": ()})}

        zones = None if self.zones is None else self.zones.model_copy(update=today(self.zones))
        return self.model_copy(update=today(self) | {"zones": zones})

    def __repr__(self) -> str:
        weighed = ", ".join(f"{name} {weight:g}" for name, weight in self.weights.items())
        return f"<Scenario '{self.name}', level {self.level}: {weighed or 'no weights'}>"

    __str__ = __repr__

    @classmethod
    def preset(cls, name: str) -> Scenario:
        """Give a preset scenario.

        Parameters
        ----------
        name : str
            One of `presets()`.

        Raises
        ------
        InputError
            There is no such preset.
        """
        if name not in presets():
            reject("there is no such preset", suggest(name, presets()), value=name)
        return cls.read(_PRESETS / f"{name}.toml")

    @classmethod
    def read(cls, path: str | Path) -> Scenario:
        """Read a scenario file.

        A key `preset` takes over everything the file does not say itself, key by key; see `overlay`. Keys
        `existing.plan`, `frames.plan` and those of `schemes` name files, seen from the folder of the scenario
        file; what they hold becomes part of the scenario.

        Raises
        ------
        InputError
            Lists everything that is wrong with the file.
        """
        path = Path(path)
        # a file that gives no name is called after itself, not after its preset
        return cls.from_dict(
            {"name": as_text(path.stem)} | read_toml(path), file=path.name, folder=path.parent
        )

    @classmethod
    def from_dict(cls, data: dict[str, Any], file: str = "scenario", folder: Path = Path()) -> Scenario:
        """Validate a scenario given as nested mappings.

        Parameters
        ----------
        data : dict
        file : str
            Stands in the messages.
        folder : Path
            Where plans named by relative paths are looked for.
        """
        problems = Problems()
        return _validated(cls, _complete(data, file, folder, problems), file, problems)

    def overlaid(self, data: dict[str, Any], file: str = "scenario", folder: Path = Path()) -> Scenario:
        """Lay nested mappings over this scenario, as a file is laid over its preset.

        Parameters
        ----------
        data : dict
            Keys of a scenario, `preset` excepted.
        file : str
            Stands in the messages.
        folder : Path
            Where plans named by relative paths are looked for.
        """
        problems = Problems()
        # what this scenario does not say itself stays unsaid
        below = self.model_dump(exclude_unset=True)
        return _validated(type(self), _complete(data, file, folder, problems, below), file, problems)

    @classmethod
    def named(cls, name_or_file: str | Path) -> Scenario:
        """Give a preset by name, or read a file."""
        if str(name_or_file) in presets():
            return cls.preset(str(name_or_file))
        if not Path(name_or_file).exists():
            reject(
                "there is no preset of this name and no such file",
                suggest(str(name_or_file), presets()),
                value=name_or_file,
            )
        return cls.read(name_or_file)

    @property
    def weighs_nothing(self) -> bool:
        """Whether every plan that keeps the rules is as good as any other."""
        return not any(weight for level in self.levels for weight in level.weights.values())

    def check_weights(self) -> None:
        """Make sure that a scenario says what it weighs, be it nothing.

        Raises
        ------
        InputError
            It weighs nothing, and does not say so.
        """
        if self.weighs_nothing and "weights" not in self.model_fields_set and not self.weights:
            reject(
                f"the scenario '{self.name}' weighs nothing: it has no [weights], and names no preset that "
                "has, so that every plan that keeps the rules is as good as any other",
                'add preset = "mergers" or weights of your own; weights = {} asks for any plan',
            )

    def to_toml(self) -> str:
        """Write the scenario as TOML that `read` reads back to an equal one."""
        return render_toml(self.model_dump(mode="json"))


def _validated(model: type[Scenario], data: dict[str, Any], file: str, problems: Problems) -> Scenario:
    try:
        scenario = model.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, cast(type[BaseModel], model), file, problems)
        problems.raise_if_any()
        raise
    problems.raise_if_any()
    return scenario


def _complete(
    data: dict[str, Any], file: str, folder: Path, problems: Problems, below: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Put presets under what the file says, at both levels, and the groups of plans in their place."""
    data = fetch_files(data, file, folder, problems)
    if data.get("level") == "staged":
        # nothing that follows would make sense
        reject(
            "this scenario asks for the maps of two dates, "
            "which `refzones solve` and `refzones verify` know alone",
            "ask each map by itself, or solve it and go on with the folder of one of its maps",
            file=file,
        )
    base = preset_below(data, "preset", file) if below is None else below
    zones = data.get("zones")
    if isinstance(zones, dict):
        zones = fetch_files(zones, file, folder, problems, under="zones.")
        if "preset" in zones:
            asked = preset_below(zones, "zones.preset", file)
            below = {key: asked[key] for key in Demands.model_fields if key in asked}
            data["zones"] = overlay(without_lost_prices(below, zones), zones, file, problems, "zones.")
            base["zones"] = {}  # what the zones of another preset say is not asked for
        else:
            data["zones"] = zones
            if isinstance(base.get("zones"), dict):
                base["zones"] = without_lost_prices(base["zones"], zones)
    return overlay(without_lost_prices(base, data), data, file, problems)


def preset_below(data: dict[str, Any], key: str, file: str) -> dict[str, Any]:
    """Take the preset that a part of a scenario builds on out of it; empty when it names none."""
    if "preset" not in data:
        return {}
    name = str(data.pop("preset"))
    if name not in presets():
        # nothing that follows would make sense
        reject(f"{key}: there is no such preset", suggest(name, presets()), file=file, value=name)
    return Scenario.preset(name).model_dump()


def presets() -> list[str]:
    """Names of the preset scenarios."""
    return sorted(path.stem for path in _PRESETS.glob("*.toml"))
