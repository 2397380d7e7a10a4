"""What the municipalities of an instance were, by a list of mergers or by the instance that it made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ..catalogue import embedded_instances
from ..changes import Change, Crosswalk
from ..common.problems import Problems, reject
from ..folder import read_folder
from ..instance import Instance
from .merger_list import MergerList, read_mergers
from .products import inside

_HEADER = "instance.toml"
_REMEDY = (
    "add a column new_nis or new_name to the list, or name the folder of an instance that "
    "'refzones instance merge' made"
)


def is_instance(path: Path) -> bool:
    """Tell whether a path is the folder of an instance."""
    return (path / _HEADER).is_file()


def past_of(instance: Instance, path: Path) -> Crosswalk:
    """Read how earlier municipalities became those of an instance.

    Parameters
    ----------
    instance : Instance
        The later one.
    path : Path
        A list of mergers that says what came out of each, or the folder of an instance that was made by one.

    Returns
    -------
    Crosswalk

    Raises
    ------
    InputError
        The list cannot be read, does not say what came out of a merger, or names municipalities that the
        instance does not have.
    """
    if not path.exists() and str(path) in {entry.name for entry in embedded_instances()}:
        reject(
            "this instance comes with the program, and was made from official files",
            "say with --from-vintage of which year the municipalities of a plan are",
            value=str(path),
        )
    if is_instance(path):
        changes = read_folder(path).changes
        if not changes:
            reject(
                "this instance has no crosswalk: it was not made by 'refzones instance merge'",
                "name the list of mergers",
                file=str(path),
            )
        return Crosswalk(changes)
    mergers = inside(instance, read_mergers(path))
    problems = Problems()
    crosswalk = _ended(Crosswalk.of(_changes(mergers, instance, problems)), mergers, instance, problems)
    problems.raise_if_any()
    if not crosswalk.changes:
        reject("the list has no mergers", "is it the right one?", file=mergers.file)
    return crosswalk


def _changes(mergers: MergerList, instance: Instance, problems: Problems) -> Iterator[Change]:
    """Give the changes of a list as it writes them; note mergers without a code and a name."""
    grouping = mergers.grouping
    usual = int(instance.vintage[:4]) if instance.vintage[:4].isdecimal() else 0
    for k, members in enumerate(grouping.groups):
        code, name = mergers.codes[k], mergers.names[k]
        if len(members) == 1 and (not (code or name) or instance.gazetteer.lookup(members[0])):
            continue  # it stayed
        if not (code or name):
            problems.add(
                f"the list does not say what {', '.join(members)} became",
                _REMEDY,
                file=grouping.file,
                row=min(grouping.rows[k], default=0),
            )
            continue
        for n, text in enumerate(members):
            old_name = grouping.beside_of(k, n) or text
            yield Change(mergers.years[k] or usual, text, old_name, code or name, name or code)


def _ended(crosswalk: Crosswalk, mergers: MergerList, instance: Instance, problems: Problems) -> Crosswalk:
    """Put the codes of the instance where changes end; note ends that it does not have."""
    later = {change.old_code for change in crosswalk.changes}
    ends: dict[str, str] = {}
    for change in crosswalk.changes:
        if change.code in later and change.code not in instance.index:
            continue
        found = instance.gazetteer.lookup(change.code) or instance.gazetteer.lookup(change.name)
        contradiction = instance.gazetteer.contradiction(found[0], change.name) if len(found) == 1 else ""
        if contradiction:
            problems.add(contradiction, "correct the list", file=mergers.file, value=change.now)
        elif len(found) == 1:
            ends[change.code] = instance.codes[found[0]]
        else:
            what = f"instance '{instance.name}' has no municipality of this code or name"
            remedy = "name the instance after these mergers with --instance"
            problems.add(what, remedy, file=mergers.file, value=change.now)
    return Crosswalk(tuple(replace(c, code=ends.get(c.code, c.code)) for c in crosswalk.changes))
