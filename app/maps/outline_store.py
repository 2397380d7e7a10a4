"""Outlines kept on disk from one start of the program to the next: drawing them takes longer than reading."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from glob import escape
from pathlib import Path

from ...instances import InputError, Instance
from ...instances.common.atomic import write_file

CACHE_VARIABLE = "REFZONES_CACHE_DIR"
"""Environment variable with the folder for what can be made again."""

_FORM = 1
"""To be raised when the outlines of the same instance change."""

_KEPT = 6
"""How many outlines are kept; the ones used longest ago go first."""


def cache_folder() -> Path:
    """Give the user's folder for what can be made again, which need not exist."""
    if own := os.environ.get(CACHE_VARIABLE):
        return Path(own).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "refzones"


def outlines_json(
    instance: Instance,
    boundaries: str | Path | None = None,
    *,
    column: str | None = None,
    layer: str | None = None,
) -> str:
    """Give the map of an instance as JSON, from the cache where it was drawn before.

    Parameters
    ----------
    instance : Instance
    boundaries : str or Path, optional
        Vector file with official boundaries; without it the map is generalised.
    column, layer : str, optional
        Of that file, as in `read_boundaries`.

    Returns
    -------
    str
        What `Outlines.to_dict` gives.

    Raises
    ------
    InputError
        The boundaries cannot be read. A cache that cannot be read or written is no error.
    """
    file = None if boundaries is None else Path(boundaries).expanduser()
    key = _key(instance, file, (column, layer))
    text = _read(key)
    if text is None:
        text = _draw(instance, file, column, layer)
        _write(key, text)
    return text


def kept_outlines(
    instance: Instance, boundaries: str | Path | None = None, *, layer: str | None = None
) -> str | None:
    """Give what `outlines_json` has kept, without drawing anything; None where nothing was."""
    file = None if boundaries is None else Path(boundaries).expanduser()
    return _read(_key(instance, file, (None, layer)))


def _draw(instance: Instance, file: Path | None, column: str | None, layer: str | None) -> str:
    # Imported here: what comes from the cache needs neither shapely nor geopandas.
    from .boundaries import read_boundaries
    from .outlines import outlines_of
    from .shapes import generalised_shapes

    if file is None:
        shapes = generalised_shapes(instance)
    else:
        shapes = read_boundaries(file, instance, column=column, layer=layer)
    return json.dumps(outlines_of(shapes).to_dict(), separators=(",", ":"), ensure_ascii=False)


def _key(instance: Instance, file: Path | None, options: tuple[str | None, str | None]) -> str:
    """Digest of all that the outlines depend on."""
    arrays = [instance.merged_in, instance.x, instance.y, instance.area, instance.borders.pairs]
    parts: list[object] = [_FORM, instance.codes, instance.crs]
    if (villages := instance.villages) is not None:
        parts.append(villages.names)
        arrays += [villages.municipality, villages.x, villages.y]
    parts += [array.tolist() for array in arrays]
    if file is not None:
        parts += [options, file.name, _state(file)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _state(file: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of a file and of those that belong to it, or of all in its folder."""
    inside = file.iterdir() if file.is_dir() else file.parent.glob(f"{escape(file.stem)}.*")
    found = []
    with suppress(OSError):
        for part in sorted(inside):
            about = part.stat()
            found.append((str(part.resolve()), about.st_size, about.st_mtime_ns))
    return found


def _place(key: str) -> Path:
    return cache_folder() / "outlines" / f"{key[:32]}.json"


def _read(key: str) -> str | None:
    """Read outlines from the cache; None where there are none, or where the file is damaged."""
    place = _place(key)
    try:
        check, _, text = place.read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    if check != _check(key, text):
        return None
    with suppress(OSError):
        os.utime(place)
    return text


def _write(key: str, text: str) -> None:
    """Keep outlines, and no more than a few others; where that cannot be done, nothing is kept."""
    place = _place(key)
    try:
        write_file(place, f"{_check(key, text)}\n{text}", is_result=False)
    except InputError:
        return
    with suppress(OSError):
        kept = sorted(place.parent.glob("*.json"), key=lambda file: -file.stat().st_mtime)
        for file in kept[_KEPT:]:
            file.unlink(missing_ok=True)


def _check(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}\n{text}".encode()).hexdigest()
