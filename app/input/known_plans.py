"""Plans that every instance has: its municipalities as they are, and mergers that were carried out since."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...instances.common.problems import reject
from ...instances.groups import Grouping
from ...instances.instance import Instance
from ...instances.vintages import all_changes, vintage_of

Groups = tuple[tuple[int, ...], ...]

AS_IS = "as-is"
"""Every municipality for itself."""

_MERGERS = "mergers-"


def known_plans(instance: Instance) -> dict[str, Groups]:
    """Give the plans that are known of an instance.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    dict of str to tuple of tuple of int
        By `AS_IS` and, such as ``mergers-2025``, by the year in which mergers took effect; every municipality
        is in one group, for itself where it did not merge.
    """
    plans: dict[str, Groups] = {AS_IS: tuple((i,) for i in range(len(instance)))}
    here = vintage_of(instance.codes)
    years = sorted({change.year for change in all_changes()}) if here is not None else []
    for year in years:
        groups = _merged_in(instance, year)
        if any(len(group) > 1 for group in groups):
            plans[f"{_MERGERS}{year}"] = groups
    return plans


def is_known_name(text: str) -> bool:
    """Tell whether a text is the name of such a plan, if not of every instance."""
    return text == AS_IS or re.fullmatch(rf"{_MERGERS}\d{{4}}", text) is not None


def known_grouping(instance: Instance, name: str) -> Grouping:
    """Give a plan that is known of an instance as if it stood in a file, each group with a name.

    Raises
    ------
    InputError
        The instance has no such plan; those that it has are listed.
    """
    plans = known_plans(instance)
    if name not in plans:
        reject("the instance has no such plan", f"known: {', '.join(plans)}", value=name)
    groups = tuple(tuple(instance.codes[i] for i in group) for group in plans[name])
    names = tuple(instance.names[group[0]] if len(group) == 1 else "" for group in plans[name])
    return Grouping(name, groups, tuple((0,) * len(group) for group in groups), names)


def year_of(key: str) -> int | None:
    """Give the year of a plan of mergers that were carried out; None for another one."""
    return int(key.removeprefix(_MERGERS)) if key.startswith(_MERGERS) else None


def _merged_in(instance: Instance, year: int) -> Groups:
    place = {code: i for i, code in enumerate(instance.codes)}
    became = {
        place[change.old_code]: change.code
        for change in all_changes()
        if change.year == year and change.old_code in place
    }
    groups: dict[str, list[int]] = {}
    for i in range(len(instance)):
        groups.setdefault(became.get(i, instance.codes[i]), []).append(i)
    return _sorted(groups.values())


def _sorted(groups: Iterable[Iterable[int]]) -> Groups:
    return tuple(sorted(tuple(sorted(group)) for group in groups))
