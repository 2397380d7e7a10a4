"""What dossiers of runs tell, for tests: each gathered once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from refzones.app.dossier.chapters.book import compose
from refzones.app.dossier.content.document import (
    Block,
    Bullets,
    Card,
    Document,
    Facts,
    Figure,
    Gallery,
    Paragraph,
    Picture,
    Section,
    Table,
    figures,
)
from refzones.app.dossier.facts.gather import DossierFacts, gather
from refzones.app.dutch import Language
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import Instance, load
from refzones.models import Scenario
from refzones.solver import record_of, solve


@cache
def flanders() -> Instance:
    """The embedded instance."""
    return load("flanders-2025")


def facts_of(instance: Instance, scenario: Scenario, regions: tuple[str, ...] = ()) -> DossierFacts:
    """Solve a scenario and gather what there is to tell."""
    result = solve(instance, scenario, regions=regions or None, decided=True)
    return gather(instance, record_of(result), regions, generalised_shapes(instance))


@cache
def preset_facts(preset: str, regions: tuple[str, ...]) -> DossierFacts:
    """Facts of some regions under a preset, or where much is agreed."""
    if preset == "locked":
        return locked_facts()
    return facts_of(flanders(), Scenario.preset(preset), regions)


LOCKED: dict[str, Any] = {
    "preset": "mergers",
    "locks": {
        "together": [["Aalst", "Lede"], ["Turnhout", "Hoogstraten", "Ravels"]],
        "apart": [["Mol", "Balen"], ["Geel", "Laakdal", "Retie"]],
        "alone": ["Retie"],
        "seat": ["Geel"],
    },
    "existing": {"mode": "keep", "mergers": [["Herentals", "Olen"]]},
    "rules": {"joined": ["Ronse"], "merged": "kept"},
    "borders": {"added": [["Mol", "Geel"]], "removed": [["Geel", "Kasterlee"]]},
    "count": {"min": 1, "regions": {"Waasland": [1, 1]}},
    "requires": {"classes": ["a0", "a1", "a2", "b0", "c0", "c1", "c2"]},
}
"""Much that is agreed, and a region in which it cannot be."""

LOCKED_REGIONS = ("Denderregio", "Kempen", "Vlaamse Ardennen", "Waasland")


@cache
def locked_facts() -> DossierFacts:
    """Facts where much is agreed, and a region has no plan."""
    return facts_of(flanders(), Scenario.from_dict(LOCKED), LOCKED_REGIONS)


@cache
def composed(preset: str, regions: tuple[str, ...], language: Language) -> Document:
    """The document of these."""
    return compose(preset_facts(preset, regions), language)


def all_sections(sections: tuple[Section, ...]) -> Iterator[Section]:
    """Every section, nested ones included."""
    for section in sections:
        yield section
        yield from all_sections(section.sections)


def all_figures(document: Document) -> list[Figure]:
    """Every figure."""
    return [one for section in all_sections(document.sections) for one in figures(section.blocks)]


def resolved(data: Any, pointer: str) -> Any:
    """What a JSON pointer points at."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]
    return data


def all_texts(document: Document) -> Iterator[str]:
    """Every text that people read."""
    yield from (document.title, document.subtitle, document.date)
    for section in all_sections(document.sections):
        yield section.title
        for block in section.blocks:
            yield from texts_of(block)


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block."""
    match block:
        case Paragraph(text=text):
            yield text
        case Bullets(items=items):
            yield from items
        case Table(caption=caption, headings=headings, rows=rows):
            yield from (caption, *headings)
            yield from (cell if isinstance(cell, str) else cell.text for row in rows for cell in row)
        case Facts(rows=pairs):
            yield from (
                cell if isinstance(cell, str) else cell.text
                for label, value in pairs
                for cell in (label, value)
            )
        case Picture(alt=alt, caption=caption):
            yield from (alt, caption)
        case Card(title=title, blocks=blocks, groups=groups):
            yield title
            for one in blocks:
                yield from texts_of(one)
            for heading, some in groups:
                yield heading
                for one in some:
                    yield from texts_of(one)
        case Gallery(cards=cards):
            for card in cards:
                yield from texts_of(card)
