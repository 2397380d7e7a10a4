"""The blocks of a dossier in a word processor."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from . import word_parts as parts

if TYPE_CHECKING:
    from docx.document import Document as Word

_WIDTH_MM = 170.0  # of the text on A4
_HIGHEST_MM = 185.0  # a picture, with room for a heading and a few lines above it
_ACROSS = 3  # small cards beside each other

_SHOWN = ("picture", "table", "gallery", "card")
"""What the paragraph before it stays with."""

_STYLES = {"plain": "Normal", "lead": "Lead", "note": "Note", "warning": "Warning"}


def _with_next(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Give each block with the one that follows it."""
    yield from zip_longest(blocks, blocks[1:])


class Writer:
    """Writes a dossier, block below block.

    Parameters
    ----------
    word : docx.document.Document
        Where it is written.
    words : dict
        Those of the frame around the text; see `numbered`.
    """

    def __init__(self, word: Word, words: dict[str, str]) -> None:
        self._word = word
        self._words = words

    def whole(self, data: dict[str, Any]) -> None:
        """Write all of it."""
        parts.add_paragraph(self._word, "Title", data["title"])
        parts.add_paragraph(self._word, "Subtitle", data["subtitle"])
        parts.add_paragraph(self._word, "Date", data["date"])
        first = [one for one in data["sections"] if not one["number"]]
        for section in first:
            self._section(section)
        if len(data["sections"]) > 1:
            parts.add_contents(self._word, self._words["contents"], data["sections"])
        for section in data["sections"][len(first) :]:
            self._section(section)

    def _section(self, section: dict[str, Any]) -> None:
        title = f"{section['number']} {section['title']}".strip()
        heading = parts.add_paragraph(self._word, f"Heading {min(section['level'] - 1, 9)}", title)
        parts.add_bookmark(heading, section["key"])
        heading.paragraph_format.page_break_before = section["own_page"]
        for block, after in _with_next(section["blocks"]):
            self._block(self._word, block, keep=after is not None and after["kind"] in _SHOWN)
        for inner in section["sections"]:
            self._section(inner)

    def _block(
        self, place: Any, block: dict[str, Any], width_mm: float = _WIDTH_MM, *, keep: bool = False
    ) -> None:
        match block["kind"]:
            case "paragraph":
                paragraph = parts.add_paragraph(place, _STYLES[block["tone"]], block["text"])
                paragraph.paragraph_format.keep_with_next = True if keep else None
            case "group":
                parts.add_paragraph(place, f"Heading {min(block['level'] - 1, 9)}", block["title"])
            case "bullets":
                for item in block["items"]:
                    paragraph = parts.add_paragraph(place, "List Bullet", item)
                    paragraph.paragraph_format.keep_with_next = True if keep else None
            case "facts":
                parts.add_facts(place, block["rows"], width_mm, keep=keep)
            case "table":
                self._caption(place, block, "table", above=True)
                parts.add_table(place, block, width_mm)
            case "picture":
                self._picture(place, block, width_mm)
            case "card":
                self._card(place, block)
            case "gallery":
                self._gallery(place, block)

    def _caption(self, place: Any, block: dict[str, Any], kind: str, *, above: bool) -> None:
        if block["caption"]:
            number = None if block["number"] is None else (self._words[kind], block["number"])
            parts.add_caption(place, block["caption"], number, above=above)

    def _picture(self, place: Any, block: dict[str, Any], width_mm: float) -> None:
        paragraph = parts.add_paragraph(place, "Picture")
        paragraph.paragraph_format.keep_with_next = bool(block["caption"])
        share = block["width"] if width_mm == _WIDTH_MM else 1.0
        width = min(share * width_mm, _HIGHEST_MM / block["ratio"])
        parts.add_picture(paragraph, io.BytesIO(block["picture"].png), block["alt"], width)
        self._caption(place, block, "figure", above=False)

    def _card(self, place: Any, card: dict[str, Any]) -> None:
        """A heading with the colour of the thing beside it, and what there is to say below."""
        heading = parts.add_paragraph(self._word, f"Heading {min(card['level'] - 1, 9)}", card["title"])
        if card["colour"]:
            parts.add_bar(heading, card["colour"])
        inside = list(card["blocks"])
        for group in card["groups"]:
            inside += [
                {"kind": "group", "title": group["title"], "level": card["level"] + 1},
                *group["blocks"],
            ]
        for block, after in _with_next(inside):
            self._block(place, block, keep=after is not None and after["kind"] != "group")

    def _gallery(self, place: Any, gallery: dict[str, Any]) -> None:
        cards = gallery["cards"]
        across = 2 if len(cards) in (2, 4) else _ACROSS
        width_mm = _WIDTH_MM / across
        for start in range(0, len(cards), across):
            row = parts.add_row_of_cells(place, across, width_mm)
            for cell, card in zip(row, cards[start : start + across], strict=False):
                parts.set_style(cell.paragraphs[0], "Card Title")
                cell.paragraphs[0].add_run(card["title"])
                if card["colour"]:
                    parts.add_bar(cell.paragraphs[0], card["colour"])
                inner = [*card["blocks"]]
                for group in card["groups"]:
                    inner += [{"kind": "paragraph", "text": group["title"], "tone": "note"}, *group["blocks"]]
                for block in inner:
                    self._block(cell, block, width_mm - 5)
        parts.add_paragraph(place, "Small Gap")
