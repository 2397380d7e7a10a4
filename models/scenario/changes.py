"""Changes of a scenario in a few words: keys that are set, locks that are added, a plan that is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...instances.common.path_names import as_text
from ...instances.common.problems import InputError, Problems
from ...instances.common.toml import parse_toml
from .scenario import Scenario

Group = tuple[str, ...]

MARK = " (changed)"
"""Stands behind the name of a scenario that was changed."""

_SEGMENT = re.compile(r"""(?:"[^"]*"|'[^']*'|\([^()]*\)|[^."'()])+""")
_QUOTED = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*""")
_BARE = re.compile(r"[^\W\d_][^\n\"=\[\]{},#]*")
"""A text without quotation marks begins with a letter, as no other value does but four words of TOML."""

_LONGEST = 120
"""Characters of a description that say what was changed; all of it stands in the keys themselves."""


@dataclass(frozen=True)
class Changes:
    """What is to be otherwise in a scenario.

    Attributes
    ----------
    settings : tuple of str
        ``KEY=VALUE``: a dotted key of a scenario file, and its value as TOML writes it. A text may stand
        without quotation marks.
    together, apart : tuple of groups
        Locks that are added to those of the scenario.
    alone : tuple of str
        The same.
    keep : str
        Path of a plan whose mergers are kept as they are, in place of the existing mergers of the scenario.
    kept : tuple of groups
        The mergers of that plan, where they are read already.
    """

    settings: tuple[str, ...] = ()
    together: tuple[Group, ...] = ()
    apart: tuple[Group, ...] = ()
    alone: Group = ()
    keep: str = ""
    kept: tuple[Group, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.settings or self.together or self.apart or self.alone or self.keep)

    @property
    def options(self) -> str:
        """The options of the command line that say it."""
        said = {
            "--set": self.settings,
            "--together": self.together,
            "--apart": self.apart,
            "--alone": self.alone,
            "--keep": self.keep,
        }
        return ", ".join(option for option, given in said.items() if given)

    @property
    def in_words(self) -> list[str]:
        """Each change in a few words."""
        told = [
            f"{key.strip()} = {value.strip()}" for key, _, value in (s.partition("=") for s in self.settings)
        ]
        told += [f"{word}: {', '.join(g)}" for word in ("together", "apart") for g in getattr(self, word)]
        told += [f"alone: {', '.join(self.alone)}"] if self.alone else []
        return told + ([f"keep: {as_text(Path(self.keep).name)}"] if self.keep else [])


def changed(scenario: Scenario, changes: Changes, folder: Path = Path()) -> Scenario:
    """Change a scenario as a file would that names it as its preset.

    Parameters
    ----------
    scenario : Scenario
    changes : Changes
    folder : Path
        Where relative paths start.

    Returns
    -------
    Scenario
        With a name and a description that say that it was changed, and how, unless the changes set these.

    Raises
    ------
    InputError
        A setting cannot be read, or the scenario would break a rule of its own; all of it is listed.
    """
    if not changes:
        return scenario
    problems = Problems()
    data: dict[str, Any] = {}
    for setting in changes.settings:
        _put(data, setting, problems)
    problems.raise_if_any()
    _add_locks(data, scenario, changes)
    if changes.keep:
        existing = _table(data, "existing")
        for key in sorted({"plan", "mergers", "mode"} & existing.keys()):
            problems.add(f"--keep and --set existing.{key} are both given", "leave one of them out")
        problems.raise_if_any()
        existing |= {"mode": "keep"} | _kept(changes)
    data.setdefault("name", scenario.name.removesuffix(MARK) + MARK)
    data.setdefault("description", _described(scenario, changes))
    try:
        return scenario.overlaid(data, changes.options, folder)
    except InputError as error:
        if not changes.keep:
            raise
        # the key that the option stands for was typed by nobody
        told = (replace(p, what=p.what.replace("existing.plan", "--keep")) for p in error.problems)
        raise InputError(told) from None


def _kept(changes: Changes) -> dict[str, Any]:
    if not changes.kept:
        return {"plan": changes.keep}
    return {"mergers": changes.kept, "source": as_text(Path(changes.keep).name)}


def _table(data: dict[str, Any], key: str) -> dict[str, Any]:
    """A table of the changes; what stands in its place is told when the scenario is validated."""
    table = data.setdefault(key, {})
    return table if isinstance(table, dict) else {}


def _add_locks(data: dict[str, Any], scenario: Scenario, changes: Changes) -> None:
    for key in ("together", "apart", "alone"):
        added = getattr(changes, key)
        if added:
            locks = _table(data, "locks")
            known = locks.get(key, getattr(scenario.locks, key))
            locks[key] = [*known, *added] if isinstance(known, list | tuple) else known


def _put(data: dict[str, Any], setting: str, problems: Problems) -> None:
    """Set one key, given as ``KEY=VALUE``."""
    key, sign, text = setting.partition("=")
    path = _path(key)
    if not sign or not path:
        problems.add(
            "--set: this is not KEY=VALUE",
            "write a key of a scenario file, as population.min=25000",
            value=setting,
        )
        return
    if path[0] == "preset":
        problems.add("--set: the preset is named by --scenario", "leave it out of --set", value=setting)
        return
    table = data
    for part in path[:-1]:
        below = table.setdefault(part, {})
        if not isinstance(below, dict):
            problems.add(f"--set: {key.strip()} lies in what another --set gives a value", value=setting)
            return
        table = below
    if path[-1] in table:
        problems.add(f"--set: {key.strip()} is set twice", "keep one of them", value=setting)
        return
    value = _value(text.strip(), setting, problems)
    if value is not None:
        table[path[-1]] = value


def _path(key: str) -> list[str]:
    """Divide a dotted key; quotation marks may be left out, and brackets hold what they hold."""
    path = []
    for part in _SEGMENT.findall(key):
        quoted = _QUOTED.fullmatch(part)
        path.append(
            part.strip() if quoted is None else next(text for text in quoted.groups() if text is not None)
        )
    return path if all(path) and key.count(".") >= len(path) - 1 and not key.strip().endswith(".") else []


def _value(text: str, setting: str, problems: Problems) -> object:
    """Read a value as TOML writes it, or a text without quotation marks; None when it is neither."""
    if _BARE.fullmatch(text) and text not in ("true", "false", "inf", "nan"):
        return text
    try:
        read = parse_toml(f"value = {text}\n", "")
    except InputError as error:
        remedy = error.problems[0].remedy or "write it as in a scenario file, a text in quotation marks"
        problems.add("--set: this value cannot be read", remedy, value=setting)
        return None
    if len(read) > 1:
        problems.add("--set: this is more than one key", "repeat --set for each", value=setting)
        return None
    return read["value"]


def _described(scenario: Scenario, changes: Changes) -> str:
    """Say what was changed: what the scenario said of itself may be true no longer."""
    told: Sequence[str] = changes.in_words
    shown = told[:1]
    for text in told[1:]:
        if len("; ".join([*shown, text])) > _LONGEST:
            break
        shown = [*shown, text]
    more = f" and {len(told) - len(shown)} more" if len(shown) < len(told) else ""
    words = "; ".join(shown) + more
    if scenario.name.endswith(MARK):
        return f"{scenario.description}; {words}"
    return f"Scenario '{scenario.name}' with {words}"
