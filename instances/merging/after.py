"""The instance after a list of mergers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..changes import Change
from ..common.activity import doing
from ..common.limits import YEAR
from ..common.problems import Problems, reject
from ..entities import Column, Source
from ..instance import Instance
from .choices import choices_told
from .merger_list import MergerList
from .products import Product, inside, products_of
from .second_reading import check_merged
from .uniting import described, split_attributes, united

_SOURCE = "merger_list"
_NAMED = 12
"""Municipalities that a note names."""


@dataclass(frozen=True)
class Merged:
    """An instance after a list of mergers, and what was decided on the way.

    Attributes
    ----------
    instance : Instance
    notes : tuple of str
        One sentence each: codes and names that the list does not give, zones of which one was taken, columns
        that were left out.
    """

    instance: Instance
    notes: tuple[str, ...]


@doing("merging municipalities")
def merge_municipalities(
    instance: Instance,
    mergers: MergerList,
    *,
    year: int | None = None,
    name: str | None = None,
    across_regions: bool = False,
    in_pieces: bool = False,
) -> Merged:
    """Make the instance after a list of mergers.

    Inhabitants, areas, amounts, borders and flows are summed. What cannot be summed is that of the
    best-equipped member (its point, and its name and degree of equipment where the list gives none) or that
    of most inhabitants (region, zones and texts). Attributes whose unit does not say that they can be summed
    are left out.

    Parameters
    ----------
    instance : Instance
    mergers : MergerList
        See `read_mergers`.
    year : int, optional
        The mergers are there from 1 January of this year on; by default that of the list.
    name : str, optional
        Of the new instance; by default that of the given one and the year.
    across_regions, in_pieces : bool
        Allow mergers whose members lie in several reference regions, or are not connected.

    Returns
    -------
    Merged

    Raises
    ------
    InputError
        Lists all that is wrong with the list.
    """
    mergers = inside(instance, mergers)
    year = _year_of(instance, mergers, year)
    chosen, problems = _of_year(mergers, year), Problems()
    products = products_of(instance, chosen, problems, across_regions=across_regions, in_pieces=in_pieces)
    problems.raise_if_any()
    changes = _changes(instance, products, year)
    if not changes:
        reject("the list changes no municipality", "is it a list of other mergers?", file=mergers.file)
    kept, left = split_attributes(instance)
    merged = united(instance, products, year, kept)
    merged = replace(
        merged,
        name=name or f"{instance.name}-{year}",
        title=f"{instance.title or instance.name}, after the mergers of {year}",
        vintage=f"{year}-01-01",
        changes=(*instance.changes, *changes),
        sources={
            **instance.sources,
            _SOURCE: Source(f"Mergers of {year}: {mergers.file}", "", str(year), "that of the file"),
        },
        columns=described(instance, merged, year, mergers.file),
    )
    check_merged(instance, merged, changes)
    notes = [
        *_given_by_rule(products),
        *choices_told(instance, products),
        *_left_out(left),
        *_not_known(instance),
    ]
    notes += _degrees_told(instance, products)
    return Merged(merged, tuple(notes))


def _year_of(instance: Instance, mergers: MergerList, year: int | None) -> int:
    """Find the year of the mergers: the one given, else that of the list."""
    if year is None:
        sizes = [len(group) for group in mergers.grouping.groups]
        real = [y for y, size in zip(mergers.years, sizes, strict=True) if y and (size > 1 or max(sizes) < 2)]
        if len(set(real)) != 1:
            listed = ", ".join(map(str, sorted(set(real))))
            what = f"the list has mergers of several years: {listed}" if real else "the list gives no year"
            reject(what, "say from which year on the mergers are there, with --year", file=mergers.file)
        year = real[0]
    if not 1 <= year <= YEAR.most:
        reject("this is no year", "write it as 2031", value=year)
    last = max((change.year for change in instance.changes), default=0)
    if year <= last:
        what = f"the instance has mergers of {last} already"
        reject(what, "give a later year, or make one list of both", value=year)
    return year


def _of_year(mergers: MergerList, year: int) -> MergerList:
    """Leave out mergers that the list gives another year."""
    return mergers.only([k for k, own in enumerate(mergers.years) if own in (0, year)])


def _changes(instance: Instance, products: Sequence[Product], year: int) -> list[Change]:
    """List what became of each municipality that merged or has another code or name, by old code."""
    changes = [
        Change(year, instance.codes[i], instance.names[i], product.code, product.name)
        for product in products
        for i in product.members
        if product.is_merger or (product.code, product.name) != (instance.codes[i], instance.names[i])
    ]
    return sorted(changes, key=lambda change: change.old_code)


def _given_by_rule(products: Sequence[Product]) -> list[str]:
    """Tell the codes and names that the list does not give."""
    named = [p.name for p in products if p.is_merger and not p.is_named]
    coded = [f"{p.name} {p.code}" for p in products if p.is_merger and not p.is_coded]
    notes = []
    if named:
        number = f"{len(named)} mergers" if len(named) > 1 else "1 merger"
        notes.append(f"the list gives no name for {number}: that of the best-equipped member is taken")
    if coded:
        more = f" and {len(coded) - _NAMED} more" if len(coded) > _NAMED else ""
        listed = ", ".join(coded[:_NAMED])
        notes.append(f"the list gives no code for these; they have the next ones: {listed}{more}")
    return notes


def _degrees_told(instance: Instance, products: Sequence[Product]) -> list[str]:
    """Tell that functions do not follow degrees of equipment that the list gives."""
    given = [p.name for p in products if p.is_merger and p.degree != instance.classes[p.lead]]
    if not given or not instance.functions:
        return []
    what = "the list gives another degree of equipment than that of the best-equipped member"
    return [f"{what}, and functions stay those of the members: {', '.join(given)}"]


def _left_out(units: Mapping[str, str]) -> list[str]:
    return [
        f"attribute {key} is left out: its unit '{unit}' does not say that it can be summed; if it can, "
        f'write additive = true under [columns."municipalities.{key}"] in instance.toml'
        for key, unit in units.items()
    ]


def _not_known(instance: Instance) -> list[str]:
    units = {key: instance.columns.get(f"figures.{key}", Column("")) for key in instance.figures}
    return [
        f"figure {key} is not known of what merges: its unit '{column.unit}' does not say that it can be "
        "summed"
        for key, column in units.items()
        if not column.sums_up
    ]
