"""The chapters of a dossier, in order, and the document that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ....instances.common.problems import Problems, suggest
from ...dutch import Language, date_text
from ..content.document import Document, Section
from ..facts.known import DossierFacts
from .agreements import agreements
from .alternatives import alternatives
from .before_after import before_after
from .conflicts import conflicts
from .effects import effect_sources, effects
from .mergers import mergers
from .overview import overview
from .proof import proof
from .question import question
from .region_map import region_map
from .settled import settled
from .sources import sources
from .teller import Teller, key_of


@dataclass(frozen=True)
class Chapter:
    """A chapter of a dossier.

    Attributes
    ----------
    title : str
        In English, with its Dutch in a table of messages.
    of_region : callable or None
        Tells it of a region; None where there is nothing to tell.
    of_all : callable or None
        Tells it of all regions together.
    is_first : bool
        Whether what it tells of all stands before the regions.
    """

    title: str
    of_region: Callable[[Teller, str], Section | None] | None = None
    of_all: Callable[[Teller], Section | None] | None = None
    is_first: bool = False


CHAPTERS: Mapping[str, Chapter] = {
    "overview": Chapter("In short", of_all=overview, is_first=True),
    "map": Chapter("The map", region_map),
    "question": Chapter("What was asked", question),
    "figures": Chapter("Before and after in figures", before_after),
    "effects": Chapter("What the plan does", effects, of_all=effect_sources),
    "conflicts": Chapter("What was asked and cannot be", conflicts),
    "mergers": Chapter("The mergers one by one", mergers),
    "agreements": Chapter("What each agreement costs", agreements),
    "alternatives": Chapter("Alternatives", alternatives),
    "settled": Chapter("What is settled and what is open", settled),
    "sources": Chapter("Sources", of_all=sources),
    "proof": Chapter("How it was proved, and how to check it", of_all=proof),
}
"""By the keys by which they are asked for, in the order of the dossier."""


def compose(
    facts: DossierFacts,
    language: Language,
    chapters: Sequence[str] | None = None,
    *,
    day: date | None = None,
    run: str = "RUN",
) -> Document:
    """Make the document of a dossier.

    Parameters
    ----------
    facts : DossierFacts
    language : {'en', 'nl'}
    chapters : sequence of str, optional
        Keys of `CHAPTERS`, all by default; they stand in the order of the dossier.
    day : date, optional
        Of its making; today by default.
    run : str
        The folder of the run, as a command names it.

    Raises
    ------
    InputError
        There is no such chapter.
    """
    teller = Teller(facts, language, run)
    wanted = [CHAPTERS[key] for key in chapter_keys(chapters)]
    before = [one.of_all(teller) for one in wanted if one.of_all and one.is_first]
    after = [one.of_all(teller) for one in wanted if one.of_all and not one.is_first]
    regions = [_of_region(teller, name, wanted) for name in facts.regions]
    digest = facts.record.plan.digest[:12]
    return Document(
        title=_title(teller),
        subtitle=teller.told(facts.scenario.description) or facts.scenario.name,
        language=language,
        date=date_text(day or date.today(), language),
        sections=tuple(one for one in (*before, *regions, *after) if one is not None),
        foot=f"refzones {facts.result.versions.get('refzones', '')} · {teller.instance.name} · {digest}",
    )


def chapter_keys(chapters: Sequence[str] | None) -> list[str]:
    """Give the keys of the chapters that are asked for, in the order of the dossier.

    Raises
    ------
    InputError
        There is no such chapter.
    """
    problems = Problems()
    for key in chapters or ():
        if key not in CHAPTERS:
            problems.add("the dossier has no such chapter", suggest(key, CHAPTERS), value=key)
    problems.raise_if_any()
    return [key for key in CHAPTERS if not chapters or key in chapters]


def _of_region(teller: Teller, region: str, wanted: Sequence[Chapter]) -> Section | None:
    sections = [one.of_region(teller, region) for one in wanted if one.of_region]
    told = tuple(one for one in sections if one is not None)
    return Section(key_of(region), region, (), told, own_page=True) if told else None


def _title(teller: Teller) -> str:
    names = list(teller.facts.regions)
    everything = len(names) == len(teller.instance.regions)
    whole = teller.told(teller.instance.title).partition(",")[0] or teller.instance.name
    where = whole if everything else teller.listed(names)
    match teller.scenario.level:
        case "zones":
            return teller.say("Reference zones: {regions}", regions=where)
        case "nested":
            return teller.say("Reference zones and mergers: {regions}", regions=where)
    return teller.say("Mergers of municipalities: {regions}", regions=where)
