"""The boundary file that a user gave last, remembered for each instance."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import NamedTuple

from ...instances import InputError, Instance
from ...instances.common.atomic import write_file
from .boundaries import read_boundaries
from .shapes import Shapes

CONFIG_VARIABLE = "REFZONES_CONFIG_DIR"
"""Environment variable with the folder of the user's settings."""


def config_folder() -> Path:
    """Give the folder of the user's settings, which need not exist."""
    if own := os.environ.get(CONFIG_VARIABLE):
        return Path(own).expanduser()
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "refzones"


def remember_boundaries(path: str | Path, instance: Instance, layer: str | None = None) -> bool:
    """Remember a boundary file for an instance, by its absolute path; say whether that is new.

    A settings folder that cannot be written is no reason to stop: the file is then not remembered.
    """
    known = _known()
    file = _Remembered(str(Path(path).expanduser().resolve()), layer)
    if known.get(instance.name) == file:
        return False
    return _write(known | {instance.name: file})


def forget_boundaries(instance: Instance) -> bool:
    """Forget an instance's boundary file; say whether there was one, which is forgotten now."""
    known = _known()
    if instance.name not in known:
        return False
    del known[instance.name]
    return _write(known)


def remembered_path(instance: Instance) -> Path | None:
    """Give the path of the boundary file remembered for an instance, if any."""
    file = _known().get(instance.name)
    return Path(file.path) if file else None


def remembered_boundaries(instance: Instance) -> tuple[Shapes | None, str]:
    """Read the boundary file that was remembered for an instance.

    Returns
    -------
    shapes : Shapes or None
        None when nothing was remembered or the file is of no use any more.
    warning : str
        Why a remembered file was passed over; empty otherwise.
    """
    file = _known().get(instance.name)
    if file is None:
        return None, ""
    path = Path(file.path)
    if not path.exists():
        return None, f"the boundaries used before are gone ({path}); the map is generalised"
    try:
        return read_boundaries(path, instance, layer=file.layer), ""
    except InputError as error:
        return None, f"the boundaries used before are passed over: {error}; the map is generalised"


def _settings() -> Path:
    return config_folder() / "boundaries.json"


class _Remembered(NamedTuple):
    """A file, and which layer of it."""

    path: str
    layer: str | None = None


def _known() -> dict[str, _Remembered]:
    """What is remembered; a file that is damaged counts as empty."""
    try:
        known = json.loads(_settings().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    listed = {key: [value] if isinstance(value, str) else value for key, value in known.items()}
    return {
        key: _Remembered(*value)
        for key, value in listed.items()
        if isinstance(value, list) and len(value) in (1, 2) and all(isinstance(text, str) for text in value)
    }


def _write(known: dict[str, _Remembered]) -> bool:
    """Replace the settings file; say whether that could be done: otherwise nothing is remembered."""
    plain = {key: file.path if file.layer is None else list(file) for key, file in known.items()}
    try:
        write_file(
            _settings(), json.dumps(plain, indent=2, ensure_ascii=False, sort_keys=True), is_result=False
        )
    except InputError:
        return False
    return True
