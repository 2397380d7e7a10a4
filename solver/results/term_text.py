"""What the values of terms are means over, in words: said wherever values are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...instances.instance import Instance
from ...models.terms import term_class
from .terms import TermRecord

_LISTED = 3
"""How many regions are named."""

_WHOSE = {
    "inhabitants": ("inhabitants", "inhabitants"),
    "commuters": ("commuters between municipalities who live there", "commuters"),
}


def values_text(instance: Instance, regions: Sequence[str], terms: Mapping[str, TermRecord]) -> str:
    """Say what values are means over, and how points follow from them.

    Parameters
    ----------
    instance : Instance
    regions : sequence of str
        Those that are answered for.
    terms : mapping of str to TermRecord

    Returns
    -------
    str
        Empty where there are no terms.
    """
    where = regions_text(instance, regions)
    texts = []
    for divided_by, (whose, of) in _WHOSE.items():
        names = [name for name, term in terms.items() if term.divided_by == divided_by]
        if not names:
            continue
        term = terms[names[0]]
        text = "values are means over" if divided_by == "inhabitants" else f"{listed(names)}: over"
        text += f" the {number_text(term.divisor)} {whose}"
        text += f" in {where}" if divided_by == "inhabitants" else ""
        text += "; points are weight x value"
        text += f" x {term.share:.6g}, their share in the {of} of the instance" if term.share != 1 else ""
        texts.append(text)
    counted = [name for name, term in terms.items() if term.divided_by == "nothing"]
    if counted:
        texts.append(f"{listed(counted)}: a sum, divided by nothing; points are weight x value")
    return "; ".join(texts)


def means_text(terms: Sequence[str], *, several: bool) -> str:
    """Say what values are where they stand region by region, and perhaps for all together."""
    kinds = {name: term_class(name).divided_by for name in terms}
    who = {"inhabitants": "inhabitants", "commuters": "commuters between municipalities who live there"}
    texts = [
        f"{listed(names)}: {f'means over the {who[kind]}' if kind in who else 'sums'}"
        for kind in ("inhabitants", "commuters", "nothing")
        if (names := [name for name, divided_by in kinds.items() if divided_by == kind])
    ]
    return "; ".join(texts) + (" (each region's own; 'all': of all regions together)" if several else "")


def regions_text(instance: Instance, regions: Sequence[str]) -> str:
    """Name some regions; all of an instance, and many, by their number."""
    if len(regions) == len(instance.regions):
        return "the whole instance" if len(regions) != 1 else regions[0]
    return listed(regions) if len(regions) <= _LISTED else f"{len(regions)} regions"


def number_text(number: float) -> str:
    """Write a number of people: inhabitants are whole, commuters may have hundredths."""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def listed(names: Sequence[str]) -> str:
    """List names in a sentence."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
