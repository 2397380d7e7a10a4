"""The municipalities after a list of mergers: members, codes, names and degrees of equipment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..common.problems import Problems
from ..common.text import fold, plain_code
from ..entities import EQUIPMENT
from ..groups import resolve_groups, without_elsewhere
from ..instance import Instance
from ..vintages import all_changes
from .merger_list import MergerList

_PREFIX = 2
"""Digits of a code that say where a municipality lies: those of its Flemish arrondissement."""


@dataclass(frozen=True)
class Product:
    """A municipality after the mergers.

    Attributes
    ----------
    members : tuple of int
        Indices in the instance before them, ascending.
    lead : int
        The best-equipped member.
    code, name : str
    degree : str
        Degree of equipment, empty where not known.
    is_named : bool
        Its name was given, or is that of the only member.
    is_coded : bool
        Its code was given, or is that of the only member.
    """

    members: tuple[int, ...]
    lead: int
    code: str
    name: str
    degree: str
    is_named: bool = True
    is_coded: bool = True

    @property
    def is_merger(self) -> bool:
        """Whether several municipalities became one."""
        return len(self.members) > 1


Rank = tuple[int, int, int, int]
"""Of a municipality by its equipment: the lowest leads."""


def equipment_ranks(instance: Instance) -> list[Rank]:
    """Rank the municipalities: by degree of equipment, number of centre functions, inhabitants, code."""
    place = {degree: k for k, degrees in enumerate(EQUIPMENT) for degree in degrees}
    functions = np.zeros(len(instance), dtype=np.int64)
    for function in instance.functions.values():
        functions += function.present
    return [
        (place.get(degree, len(EQUIPMENT)), -number, -people, i)
        for i, (degree, number, people) in enumerate(
            zip(instance.classes, functions.tolist(), instance.population.tolist(), strict=True)
        )
    ]


def products_of(
    instance: Instance,
    mergers: MergerList,
    problems: Problems,
    *,
    across_regions: bool = False,
    in_pieces: bool = False,
) -> list[Product]:
    """List the municipalities after the mergers, by code.

    Parameters
    ----------
    instance : Instance
    mergers : MergerList
    problems : Problems
        Receives municipalities that are unknown or listed twice, mergers across regions or in pieces where
        these are not allowed, and codes and names that two municipalities would have.
    across_regions, in_pieces : bool
        Allow mergers whose members lie in several reference regions, or are not connected.

    Returns
    -------
    list of Product
        Municipalities that no list names are products of their own.
    """
    groups = resolve_groups(instance, mergers.grouping, problems)
    ranks = equipment_ranks(instance)
    products, rows = [], {}
    for k, members in enumerate(groups):
        if not members:
            continue
        lead = min(members, key=ranks.__getitem__)
        products.append(_product(instance, members, lead, mergers, k))
        rows[members] = min(mergers.grouping.rows[k], default=0)
    if not across_regions:
        _check_regions(instance, products, mergers.file, rows, problems)
    if not in_pieces:
        _check_pieces(instance, products, mergers.file, rows, problems)
    named = {i for product in products for i in product.members}
    products += [_alone(instance, i) for i in range(len(instance)) if i not in named]
    products.sort(key=lambda product: product.members)
    coded = _with_codes(instance, products)
    _check_twice(coded, mergers.file, rows, problems)
    return sorted(coded, key=lambda product: product.code)


def inside(instance: Instance, mergers: MergerList) -> MergerList:
    """Leave out groups in Brussels and Wallonia, which official lists hold beside Flemish ones."""
    kept, _ = without_elsewhere(instance, mergers.grouping)
    if len(kept) == len(mergers.grouping):
        return mergers
    there = {group: k for k, group in enumerate(mergers.grouping.groups)}
    return mergers.only([there[group] for group in kept.groups])


def _alone(instance: Instance, i: int) -> Product:
    return Product((i,), i, instance.codes[i], instance.names[i], instance.classes[i])


def _product(
    instance: Instance, members: tuple[int, ...], lead: int, mergers: MergerList, group: int
) -> Product:
    code, name = mergers.codes[group], mergers.names[group]
    if len(members) == 1:
        code, name = code or instance.codes[lead], name or instance.names[lead]
    return Product(
        members,
        lead,
        code,
        name or instance.names[lead],
        mergers.classes[group] or instance.classes[lead],
        bool(name),
        bool(code),
    )


def _with_codes(instance: Instance, products: Sequence[Product]) -> list[Product]:
    """Give a code to the mergers that have none, in the order of their first members.

    It is one more than the highest code that begins with the same two digits as that of the best-equipped
    member. Codes that municipalities had before are not given again.
    """
    past = (*all_changes(), *instance.changes)
    used = {*instance.codes, *(product.code for product in products)}
    used |= {code for change in past for code in (change.old_code, change.code)}
    codes = _Codes(used)
    return [replace(p, code=p.code or codes.after(instance.codes[p.lead])) for p in products]


class _Codes:
    """Codes that are or were in use, and those that come after them."""

    def __init__(self, used: Iterable[str]) -> None:
        self._used = set(used)
        self._highest: dict[tuple[int, str], int] = {}
        for code in filter(str.isdecimal, self._used):
            alike = len(code), code[:_PREFIX]
            self._highest[alike] = max(self._highest.get(alike, 0), int(code))

    def after(self, like: str) -> str:
        """Give the code after the highest that begins as another does; with a number where none is left."""
        alike = len(like), like[:_PREFIX]
        following = str(self._highest.get(alike, 0) + 1).zfill(len(like))
        if like.isdecimal() and len(like) > _PREFIX and (len(following), following[:_PREFIX]) == alike:
            self._highest[alike] += 1
        else:
            tries = (f"{like}-{number}" for number in range(2, len(self._used) + 3))
            following = next(code for code in tries if code not in self._used)
        self._used.add(following)
        return following


def _called(instance: Instance, product: Product) -> str:
    return f"the merger of {', '.join(instance.names[i] for i in product.members)}"


def _check_regions(
    instance: Instance,
    products: Sequence[Product],
    file: str,
    rows: Mapping[tuple[int, ...], int],
    problems: Problems,
) -> None:
    """Note mergers across reference regions."""
    for product in products:
        regions = sorted({instance.regions[instance.region[i]] for i in product.members})
        if len(regions) > 1:
            problems.add(
                f"{_called(instance, product)} lies in more than one reference region: {', '.join(regions)}",
                "correct the list, or allow it with --across-regions: that of most inhabitants then counts",
                file=file,
                row=rows[product.members],
            )


def _check_pieces(
    instance: Instance,
    products: Sequence[Product],
    file: str,
    rows: Mapping[tuple[int, ...], int],
    problems: Problems,
) -> None:
    """Note mergers that are not connected."""
    import networkx as nx

    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(range(len(instance)))
    borders.add_edges_from(instance.borders.pairs.tolist())
    for product in products:
        pieces = sorted(map(sorted, nx.connected_components(borders.subgraph(product.members))))
        if len(pieces) > 1:
            listed = " | ".join(", ".join(instance.names[i] for i in piece) for piece in pieces)
            problems.add(
                f"{_called(instance, product)} is not connected: {listed}",
                "correct the list, or allow it with --in-pieces",
                file=file,
                row=rows[product.members],
            )


def _check_twice(
    products: Sequence[Product], file: str, rows: Mapping[tuple[int, ...], int], problems: Problems
) -> None:
    """Note codes and names that two municipalities would have."""
    for what in ("code", "name"):
        seen: dict[str, Product] = {}
        for product in products:
            text = product.code if what == "code" else product.name
            other = seen.setdefault(plain_code(text) if what == "code" else fold(text), product)
            if other is not product and (product.members in rows or other.members in rows):
                listed = product if product.members in rows else other
                problems.add(
                    f"two municipalities would have this {what}",
                    f"give a {what} that is not in use",
                    file=file,
                    row=rows[listed.members],
                    value=text,
                )
