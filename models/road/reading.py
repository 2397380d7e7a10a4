"""Road files: presets, and files that may lie over one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ...instances.common.problems import Problems, reject, suggest
from ...instances.common.toml import parse_toml
from ...instances.common.validation import note_validation_errors
from .road import Road

_PRESETS = Path(__file__).parent / "presets"
DEFAULT = "milestones-report"
"""The preset that is meant where nobody names a road."""


def known_roads() -> tuple[str, ...]:
    """Name the presets."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.toml")))


def named_road(name: str) -> Road:
    """Give a preset by its name, or read a file.

    Raises
    ------
    InputError
        There is neither, or the file is not right; everything that is wrong is listed.
    """
    if name in known_roads():
        return _valid(_table(_PRESETS / f"{name}.toml"), f"{name}.toml")
    path = Path(name)
    if path.suffix != ".toml" and not path.exists():
        reject("there is no such file of dates", suggest(name, known_roads()), value=name)
    return read_road(path)


def read_road(path: Path) -> Road:
    """Read a road file; a key `preset` names the dates that the file's own keys replace or add to.

    Raises
    ------
    InputError
        Lists everything that is wrong with the file.
    """
    own = _table(path)
    preset = own.pop("preset", None)
    if preset is None:
        return _valid(own, path.name)
    if preset not in known_roads():
        reject("there is no such preset", suggest(str(preset), known_roads()), file=path.name, value=preset)
    return _valid(_table(_PRESETS / f"{preset}.toml") | own, path.name)


def _table(path: Path) -> dict[str, Any]:
    from ...instances.tables.table import read_text

    problems = Problems()
    text = read_text(path, problems)
    problems.raise_if_any()
    return parse_toml(text or "", path.name)


def _valid(table: dict[str, Any], file: str) -> Road:
    problems = Problems()
    try:
        return Road.model_validate(table)
    except ValidationError as error:
        note_validation_errors(error, Road, file, problems)
        problems.raise_if_any()
        raise
