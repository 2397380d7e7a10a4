"""The blocks of a dossier as plain values, with the numbers of its sections, figures and tables."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Any

from ...dutch.speaking import told
from ...terminal.plain import visible
from ..content.document import (
    Block,
    Bullets,
    Card,
    Cell,
    Document,
    Facts,
    Figure,
    Gallery,
    Paragraph,
    Picture,
    Section,
    Table,
)

_WORDS = {"contents": "Contents", "figure": "Figure", "table": "Table", "skip": "Skip to the text"}
"""Words of the frame around the text, in English."""


def numbered(document: Document) -> dict[str, Any]:
    """Give a document as dictionaries and lists, as templates read it.

    Sections are numbered, but for a first one that stands below the title: it is the first page. Pictures
    with a caption and tables are numbered through the document, unless they stand in a card.

    Returns
    -------
    dict
        Attributes of the document by their names, and ``words``, those of the frame around the text in its
        language. Each section has a ``number`` and a ``level`` (2 at the top), each block a ``kind``; a cell
        has ``text``, and for a figure ``value`` and ``of``. A picture is itself under ``picture``.
    """
    told_of = _Numbering()
    has_first = bool(document.sections) and not document.sections[0].own_page
    sections = [
        told_of.section(section, str(k) if k else "", 2)
        for k, section in enumerate(document.sections, 0 if has_first else 1)
    ]
    shown: dict[str, Any] = _readable(
        {
            "title": document.title,
            "subtitle": document.subtitle,
            "language": document.language,
            "date": document.date,
            "foot": document.foot,
            "words": {key: told(text, document.language) for key, text in _WORDS.items()},
            "sections": sections,
        }
    )
    return shown


def _on_one_page(section: Section) -> Section:
    """Let a heading right above a section that begins a page begin that page itself."""
    if section.blocks or not section.sections or not section.sections[0].own_page:
        return section
    first = replace(section.sections[0], own_page=False)
    return replace(section, sections=(first, *section.sections[1:]), own_page=True)


def _readable(value: Any) -> Any:
    """Show in every text what no file can hold, such as a control character, as an escape."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _readable(one) for key, one in value.items()}
    return [_readable(one) for one in value] if isinstance(value, list) else value


class _Numbering:
    """Counts figures and tables while a document is read from its beginning."""

    def __init__(self) -> None:
        self._figures = count(1)
        self._tables = count(1)

    def section(self, section: Section, number: str, level: int) -> dict[str, Any]:
        section = _on_one_page(section)
        return {
            "key": section.key,
            "title": section.title,
            "number": number,
            "level": level,
            "own_page": section.own_page,
            "blocks": self._blocks(section.blocks, level),
            "sections": [
                self.section(inner, f"{number}.{k}" if number else "", level + 1)
                for k, inner in enumerate(section.sections, 1)
            ],
        }

    def _blocks(self, blocks: Iterable[Block], level: int, *, in_card: bool = False) -> list[dict[str, Any]]:
        return [self._block(block, level, in_card=in_card) for block in blocks]

    def _block(self, block: Block, level: int, *, in_card: bool) -> dict[str, Any]:
        match block:
            case Table():
                return _table(block) | {"number": None if in_card else next(self._tables)}
            case Picture():
                own = not in_card and bool(block.caption)
                return {
                    "kind": "picture",
                    "picture": block,
                    "alt": block.alt,
                    "caption": block.caption,
                    "width": block.width,
                    "ratio": _ratio(block.png),
                    "number": next(self._figures) if own else None,
                }
            case Card():
                return self._card(block, level + 1)
            case Gallery():
                return {"kind": "gallery", "cards": [self._card(card, level + 1) for card in block.cards]}
            case _:
                return _plain(block)

    def _card(self, card: Card, level: int) -> dict[str, Any]:
        return {
            "kind": "card",
            "title": card.title,
            "level": level,
            "colour": card.colour,
            "blocks": self._blocks(card.blocks, level, in_card=True),
            "groups": [
                {"title": title, "blocks": self._blocks(blocks, level + 1, in_card=True)}
                for title, blocks in card.groups
            ],
        }


def _ratio(png: bytes) -> float:
    """Give the height of a picture in widths, from the head of its PNG."""
    width, height = struct.unpack(">II", png[16:24])
    return float(height / width)


def _plain(block: Paragraph | Bullets | Facts) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "tone": block.tone}
        case Bullets():
            return {"kind": "bullets", "items": list(block.items)}
        case Facts():
            return {"kind": "facts", "rows": [[label, _cell(cell)] for label, cell in block.rows]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "headings": list(table.headings),
        "right": [_is_of_figures(row[k] for row in table.rows) for k in range(len(table.headings))],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "total": table.total,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, Figure):
        return {"text": cell.text, "value": cell.value, "of": cell.of}
    return {"text": cell}


def _is_of_figures(cells: Iterable[Cell]) -> bool:
    """Whether a column keeps to the right: half of what stands in it, or more, are figures."""
    given = [isinstance(cell, Figure) for cell in cells if isinstance(cell, Figure) or cell]
    return bool(given) and 2 * sum(given) >= len(given)
