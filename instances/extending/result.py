"""An instance with new columns: their names, their sources, and what there is to say of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..common.problems import Problems, reject
from ..common.text import fold
from ..entities import Column, Source
from ..instance import Instance

_NAME = re.compile(r"[^\W\d][\w-]*")
_RULE = "a name is a word of letters, digits and underscores that begins with a letter"


@dataclass(frozen=True)
class Extended:
    """An instance with what a table added to it.

    Attributes
    ----------
    instance : Instance
    notes : tuple of str
        One sentence each: what was added, what was left out, which values stand for missing ones.
    """

    instance: Instance
    notes: tuple[str, ...]


def name_from(text: str) -> str:
    """Make a name of the heading of a column or of a file: lower case, one underscore between words."""
    return re.sub(r"\W+", "_", fold(text)).strip("_")


def paired(columns: Collection[str], names: Collection[str]) -> dict[str, str]:
    """Pair the columns of a table with the names that they get; by default made of their headings.

    Returns
    -------
    dict of str to str
        Column by name.

    Raises
    ------
    InputError
        There are more or fewer names than columns, a name stands twice, or none can be made of a heading.
    """
    if names and len(names) != len(columns):
        reject(
            f"there are {len(columns)} columns and {len(names)} names for them",
            "give one name for each column, in the same order, or none",
            value=", ".join(names),
        )
    pairs: dict[str, str] = {}
    for column, name in zip(columns, names or map(name_from, columns), strict=True):
        if not _NAME.fullmatch(name):
            reject(_RULE, f"name the column '{column}' with --as", value=name)
        if name in pairs:
            reject(f"'{pairs[name]}' and '{column}' would have one name", "give each its own", value=name)
        pairs[name] = column
    return pairs


def check_names(
    names: Collection[str],
    there: Collection[str],
    kind: str,
    problems: Problems,
    *,
    may_replace: bool,
    reserved: Collection[str] = (),
) -> None:
    """Note names that cannot be used, or that the instance has already.

    Parameters
    ----------
    names : collection of str
        Of the new columns.
    there : collection of str
        Names of this kind that the instance has.
    kind : str
        What the columns are, such as ``layer``.
    problems : Problems
    may_replace : bool
        A new column takes the place of one with its name.
    reserved : collection of str
        Names of columns that every instance has.
    """
    for name in names:
        if not _NAME.fullmatch(name):
            problems.add(_RULE, "name it anew with --as", value=name)
        elif name in reserved:
            problems.add("every instance has a column of this name", "name it anew with --as", value=name)
        elif name in there and not may_replace:
            remedy = "give another name with --as, or replace it with --replace"
            problems.add(f"the instance has this {kind} already", remedy, value=name)


def extended(
    instance: Instance,
    name: str | None,
    table: str,
    columns: Mapping[str, Column],
    source: Source,
    **data: Any,
) -> Instance:
    """Make the instance with new data, their columns and their source; the rest stays.

    Parameters
    ----------
    instance : Instance
    name : str, optional
        Of the new instance.
    table : str
        The table of an instance folder that the columns stand in, such as ``functions``.
    columns : mapping of str to Column
        By their names; the key of their source is filled in.
    source : Source
        A source that columns refer to no more, because all of them were replaced, is left out.
    data
        Fields of `Instance` that change.
    """
    key = _key_of(source, instance.sources)
    described = {f"{table}.{column}": replace(entry, source=key) for column, entry in columns.items()}
    before = {instance.columns[column].source for column in described if column in instance.columns}
    described = {**instance.columns, **described}
    idle = before - {column.source for column in described.values()}
    sources = {old: entry for old, entry in instance.sources.items() if old not in idle}
    return replace(
        instance,
        name=name or instance.name,
        sources={**sources, key: source},
        columns=described,
        **data,
    )


def _key_of(source: Source, sources: Mapping[str, Source]) -> str:
    """Give the key of an equal source; else a new one, from its title."""
    for key, known in sources.items():
        if known == source:
            return key
    stem = name_from(source.title.partition(".")[0])[:40].strip("_") or "own"
    keys = (stem, *(f"{stem}_{number}" for number in range(2, len(sources) + 3)))
    return next(key for key in keys if key not in sources)
