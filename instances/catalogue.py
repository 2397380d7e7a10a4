"""Loading instances: embedded ones by name, others from their folder."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .common.activity import doing
from .common.problems import reject, suggest

if TYPE_CHECKING:
    from .instance import Instance

DEFAULT = "flanders-2025"
_EMBEDDED = Path(__file__).parent / "embedded"


@dataclass(frozen=True)
class Entry:
    """An embedded instance: its name, title and folder."""

    name: str
    title: str
    folder: Path


def embedded_instances() -> list[Entry]:
    """List the embedded instances, by name."""
    entries = []
    for path in sorted(_EMBEDDED.glob("*/instance.toml")):
        header = tomllib.loads(path.read_text(encoding="utf-8"))
        entries.append(Entry(header["name"], header["title"], path.parent))
    return entries


def is_inside_package(folder: Path) -> bool:
    """Tell whether a folder lies in the package that holds the embedded instances."""
    return folder.resolve().is_relative_to(_EMBEDDED.parent.resolve())


@doing("reading the instance")
def load(name_or_folder: str | Path = DEFAULT) -> Instance:
    """Load an embedded instance by name, or any instance from its folder.

    Parameters
    ----------
    name_or_folder : str or Path
        ``"flanders-2024"``, ``"flanders-2025"``, ``"flanders-2026"`` or the path of an instance folder.

    Returns
    -------
    Instance

    Raises
    ------
    InputError
        There is no such instance, or its files are wrong.

    Examples
    --------
    >>> load("flanders-2025")
    <Instance flanders-2025: 285 municipalities, 754 borders, 15 regions, 6,864,766 inhabitants>
    """
    from .folder import read_folder

    entries = {entry.name: entry for entry in embedded_instances()}
    key = str(name_or_folder)
    if key in entries:
        return read_folder(entries[key].folder)
    folder = Path(name_or_folder)
    if folder.is_dir():
        return read_folder(folder)
    reject(
        "there is no embedded instance of this name and no such folder",
        suggest(key, entries),
        value=key,
    )
