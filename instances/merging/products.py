"""The municipalities after a list of mergers: members, codes, names and degrees of equipment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import networkx as nx

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


def lead_of(instance: Instance, members: Iterable[int]) -> int:
    """Find the best-equipped municipality: degree of equipment, centre functions, inhabitants, code."""
    place = {degree: k for k, degrees in enumerate(EQUIPMENT) for degree in degrees}

    def rank(i: int) -> tuple[int, int, int, int]:
        functions = sum(bool(function.present[i]) for function in instance.functions.values())
        equipment = place.get(instance.classes[i], len(EQUIPMENT))
        return equipment, -functions, -int(instance.population[i]), i

    return min(members, key=rank)


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
    products, rows = [], {}
    for k, members in enumerate(groups):
        if not members:
            continue
        product = _product(instance, members, mergers, k)
        products.append(product)
        rows[product.members] = min(mergers.grouping.rows[k], default=0)
        if product.is_merger:
            _check_place(instance, product, mergers.file, rows[members], problems, across_regions, in_pieces)
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


def _product(instance: Instance, members: tuple[int, ...], mergers: MergerList, group: int) -> Product:
    lead = lead_of(instance, members)
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
    used = {*instance.codes, *(product.code for product in products)}
    used |= {
        code for change in (*all_changes(), *instance.changes) for code in (change.old_code, change.code)
    }
    coded = []
    for product in products:
        code = product.code or _next_code(instance.codes[product.lead], used)
        used.add(code)
        coded.append(replace(product, code=code))
    return coded


def _next_code(like: str, used: Iterable[str]) -> str:
    """Give the code after the highest of those that begin alike; the code and a number where it cannot be."""
    width, prefix = len(like), like[:_PREFIX]
    known = set(used)
    if like.isdecimal() and width > _PREFIX:
        alike = [
            int(code) for code in known if code.isdecimal() and len(code) == width and code[:2] == prefix
        ]
        following = str(max(alike) + 1).zfill(width)
        if following.startswith(prefix) and len(following) == width:
            return following
    return next(code for k in range(2, len(known) + 3) if (code := f"{like}-{k}") not in known)


def _check_place(
    instance: Instance,
    product: Product,
    file: str,
    row: int,
    problems: Problems,
    across_regions: bool,
    in_pieces: bool,
) -> None:
    """Note a merger across reference regions, or in pieces, where these are not allowed."""
    members = product.members
    called = f"the merger of {', '.join(instance.names[i] for i in members)}"
    regions = sorted({instance.regions[instance.region[i]] for i in members})
    if len(regions) > 1 and not across_regions:
        problems.add(
            f"{called} lies in more than one reference region: {', '.join(regions)}",
            "correct the list, or allow it with --across-regions: that of most inhabitants then counts",
            file=file,
            row=row,
        )
    borders: nx.Graph[int] = nx.Graph()
    borders.add_nodes_from(members)
    within = [tuple(pair) for pair in instance.borders.pairs.tolist() if set(pair) <= set(members)]
    borders.add_edges_from(within)
    pieces = sorted(sorted(piece) for piece in nx.connected_components(borders))
    if len(pieces) > 1 and not in_pieces:
        listed = " | ".join(", ".join(instance.names[i] for i in piece) for piece in pieces)
        problems.add(
            f"{called} is not connected: {listed}",
            "correct the list, or allow it with --in-pieces",
            file=file,
            row=row,
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
