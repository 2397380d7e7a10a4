"""A dossier as it is read: sections of paragraphs, tables, cards and pictures, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from ...dutch import Language

Tone = Literal["plain", "lead", "note", "warning"]


@dataclass(frozen=True)
class Figure:
    """A number of the record, as people read it.

    Attributes
    ----------
    value : int or float
        As the record has it.
    text : str
        In the language of the dossier, with its unit where the place does not say it.
    of : str
        Where it stands in the record of the dossier: a JSON pointer (RFC 6901).
    """

    value: float
    text: str
    of: str


Cell: TypeAlias = str | Figure


@dataclass(frozen=True)
class Paragraph:
    """Sentences in the language of the dossier."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with a header row; columns of figures keep to the right.

    Attributes
    ----------
    caption : str
        What the table tells, in a line.
    headings : tuple of str
    rows : tuple of tuple of str or Figure
    total : bool
        Whether the last row sums the others up.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False


@dataclass(frozen=True)
class Facts:
    """Labels with what there is to say of each."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Picture:
    """A map or another picture.

    Attributes
    ----------
    svg, png : bytes
        The same picture twice.
    alt : str
        What it shows, for those who do not see it.
    caption : str
    width : float
        Share of the width of the text.
    """

    svg: bytes = field(repr=False)
    png: bytes = field(repr=False)
    alt: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True)
class Card:
    """What there is to say of one thing, such as a merger, under a few headings.

    Attributes
    ----------
    title : str
    blocks : tuple of Block
        Before the groups.
    groups : tuple of (str, tuple of Block)
        Heading and what stands under it.
    colour : str
        Of the thing on the map, as ``#rrggbb``; empty for none.
    """

    title: str
    blocks: tuple[Block, ...]
    groups: tuple[tuple[str, tuple[Block, ...]], ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Gallery:
    """Small cards beside each other, as many as there is room for."""

    cards: tuple[Card, ...]


Block: TypeAlias = Paragraph | Bullets | Table | Facts | Picture | Card | Gallery


@dataclass(frozen=True)
class Section:
    """A chapter, or a part of one.

    Attributes
    ----------
    key : str
        For links: unique in the document, ASCII.
    title : str
    blocks : tuple of Block
    sections : tuple of Section
    own_page : bool
        Whether it begins on a page of its own in print.
    """

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    own_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole dossier.

    Attributes
    ----------
    title, subtitle : str
    language : {'en', 'nl'}
    date : str
        Of its making, in words.
    sections : tuple of Section
        The first is the first page.
    foot : str
        A line for the foot of each page: program, version, digest of the plan.
    """

    title: str
    subtitle: str
    language: Language
    date: str
    sections: tuple[Section, ...]
    foot: str = ""


def figures(blocks: tuple[Block, ...]) -> Iterator[Figure]:
    """List the figures of some blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row if isinstance(cell, Figure))
        elif isinstance(block, Facts):
            yield from (cell for _, cell in block.rows if isinstance(cell, Figure))
        elif isinstance(block, Card):
            yield from figures(block.blocks)
            for _, inner in block.groups:
                yield from figures(inner)
        elif isinstance(block, Gallery):
            yield from figures(block.cards)
