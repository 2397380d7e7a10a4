"""Groups of municipalities in files, as the mergers of a plan: complete, of the regions asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from ...instances.common.problems import Problems, reject
from ...instances.groups import Grouping, resolve_groups, without_elsewhere
from ...instances.instance import Instance
from ...instances.plan_files import GROUP_COLUMNS, read_groups
from ..candidates.sets import Part
from ..results.record import PLAN_FILE, read_record
from .similarity import Parts

_LISTED = 20
"""How many missing municipalities an error names."""


def read_parts(
    path: Path, instance: Instance, columns: Sequence[str] = GROUP_COLUMNS
) -> list[tuple[int, ...]]:
    """Read the groups of a file: which municipalities are merged with which.

    Parameters
    ----------
    path : Path
        The folder of a run, or a table as `instances.groups.read_groups` takes it: a column with codes or
        names and a column `merger`, `zone` or `group`. An empty group: the municipality stays alone.
    instance : Instance
    columns : sequence of str
        Columns that may hold the group; the first that is not empty throughout is taken.

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions touched; or the
        run is of other data.
    """
    if path.is_dir() or path.name == PLAN_FILE:
        read_record(path).check_instance(instance)
    return parts_of(instance, read_groups(path, columns))


def parts_of(
    instance: Instance,
    grouping: Grouping,
    *,
    others_alone: bool = False,
    regions: Sequence[str] | None = None,
) -> list[tuple[int, ...]]:
    """Look up the groups of a file that holds every municipality of the regions it touches.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    others_alone : bool
        Municipalities of these regions that the file leaves out stay alone.
    regions : sequence of str, optional
        Leave out all that is in no other region. By default the regions in which a municipality has a group.

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities, or those missing in the regions.
    """
    parts = groups_of(instance, grouping, regions=regions)
    held = {i for part in parts for i in part}
    names = regions_of(instance, parts) if regions is None else regions
    if not others_alone:
        check_touched(names, regions_of(instance, _resolved(instance, grouping)), grouping.file)
    missing = {
        name: [i for i in instance.members(region).tolist() if i not in held]
        for name, region in zip(names, instance.region_indices(names), strict=True)
    }
    if any(missing.values()) and not others_alone:
        _reject_incomplete(missing, instance, grouping.file)
    return sorted([*parts, *((i,) for some in missing.values() for i in some)])


def groups_of(
    instance: Instance, grouping: Grouping, *, regions: Sequence[str] | None = None
) -> list[tuple[int, ...]]:
    """Look up the groups of a file, whatever it leaves out.

    Parameters
    ----------
    instance : Instance
    grouping : Grouping
    regions : sequence of str, optional
        Leave out all that is in no other region. By default the regions in which a municipality has a group.

    Returns
    -------
    list of tuple of int
        Members of each part, ascending, by first member.

    Raises
    ------
    InputError
        Lists unknown, ambiguous and repeated municipalities.
    """
    wanted = None if regions is None else set(instance.region_indices(regions))
    parts = _resolved(instance, grouping)
    if wanted is not None:
        return sorted(part for part in parts if any(int(instance.region[i]) in wanted for i in part))
    return sorted(_grouped(instance, without_elsewhere(instance, grouping)[0], parts))


def _resolved(instance: Instance, grouping: Grouping) -> list[Part]:
    """Look up all groups of a file that are not elsewhere."""
    problems = Problems()
    grouping, elsewhere = without_elsewhere(instance, grouping)
    parts = resolve_groups(instance, grouping, problems)
    problems.raise_if_any()
    if not any(parts):
        remedy = "name another instance with --instance" if elsewhere else "add a row for each of them"
        reject(f"no municipality of instance '{instance.name}' is in the file", remedy, file=grouping.file)
    return parts


def labels_of(instance: Instance, grouping: Grouping) -> dict[tuple[int, ...], str]:
    """Give what a file calls its groups of two or more, by members; not what this program calls them."""
    names = without_elsewhere(instance, grouping)[0].names
    labelled = zip(_resolved(instance, grouping), names, strict=True)
    return {part: name for part, name in labelled if len(part) > 1 and name and not _OURS.search(name)}


_OURS = re.compile(r" \+\d+$")
"""The end of a name that this program gives to a merger, which another plan may not deserve."""


def _grouped(instance: Instance, grouping: Grouping, parts: Sequence[Part]) -> list[Part]:
    """Leave out the regions of a file without any group, unless there is none anywhere.

    A blank means that a municipality stays alone where others are grouped; where none is, it means nothing.
    """
    named = {k for k, part in enumerate(parts) if grouping.names[k] or len(part) > 1}
    filled = {int(instance.region[i]) for k in named for i in parts[k]}
    return [part for part in parts if part and (not filled or int(instance.region[part[0]]) in filled)]


def _reject_incomplete(by_region: Mapping[str, Sequence[int]], instance: Instance, file: str) -> NoReturn:
    missing = [i for some in by_region.values() for i in some]
    names = ", ".join(instance.label(i) for i in missing[:_LISTED])
    more = " and others" if len(missing) > _LISTED else ""
    remedy = "add a row for each; an empty group means that it stays alone"
    complete = [name for name, some in by_region.items() if not some]
    if complete:
        remedy += f"; or name the regions that are complete with --region: {', '.join(complete)}"
    lacks = "1 municipality of its regions is missing"
    if len(missing) > 1:
        lacks = f"{len(missing)} municipalities of its regions are missing"
    reject(f"the plan is not complete: {lacks} ({names}{more})", remedy, file=file)


def regions_of(instance: Instance, parts: Parts) -> list[str]:
    """Name the regions that some parts touch, sorted."""
    return sorted({instance.regions[instance.region[i]] for part in parts for i in part})


def check_touched(regions: Sequence[str], there: Sequence[str], file: str = "") -> None:
    """Check that a plan has municipalities of all regions that are asked for."""
    lacking = [name for name in regions if name not in there]
    if lacking:
        reject(
            f"the plan has no municipality of {', '.join(lacking)}; it is for {', '.join(there)}",
            "name other regions with --region",
            file=file,
        )
