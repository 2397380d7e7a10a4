"""Blocks as plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from refzones.app.dossier.content.document import Document, Figure, Paragraph, Section, Table, figures
from refzones.app.dossier.faces.numbered import numbered
from support.dossiers import picture, sample


def walk(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for section in sections for one in (section, *walk(section["sections"]))]


def test_sections_behind_the_first_page_are_numbered() -> None:
    told = [(one["number"], one["level"]) for one in walk(numbered(sample())["sections"])]
    assert told == [
        ("", 2),
        *((number, 2 + number.count(".")) for number in ("1", "1.1", "1.2", "1.3", "2", "2.1", "2.2", "2.3")),
    ]


def test_a_heading_begins_the_page_of_the_section_right_below_it() -> None:
    inner = Section("b", "B", (Paragraph("x"),), own_page=True)
    document = Document("t", "", "en", "", (Section("a", "A", (), (inner, inner)),))
    told = [one["own_page"] for one in walk(numbered(document)["sections"])]
    assert told == [True, False, True]
    (outer,) = numbered(replace(document, sections=(Section("a", "A", (Paragraph("y"),), (inner,)),)))[
        "sections"
    ]
    assert [outer["own_page"], outer["sections"][0]["own_page"]] == [False, True]


def test_pictures_with_a_caption_and_tables_are_numbered_but_in_cards() -> None:
    shown = picture(20, 20, caption="A map")
    table = Table("A table", ("a",), (("b",),))
    blocks = (shown, table, picture(20, 20), shown, table)
    told = numbered(Document("t", "", "en", "", (Section("a", "A", blocks),)))["sections"][0]["blocks"]
    assert [(one["kind"], one["number"]) for one in told] == [
        ("picture", 1),
        ("table", 1),
        ("picture", None),
        ("picture", 2),
        ("table", 2),
    ]
    cards = [one for section in walk(numbered(sample())["sections"]) for one in section["blocks"]]
    gallery = next(one for one in cards if one["kind"] == "gallery")
    assert {
        block["number"] for card in gallery["cards"] for block in card["blocks"] if "number" in block
    } == {None}


def test_all_figures_are_there_with_their_places() -> None:
    document = sample(rows=3)

    def of(value: Any) -> list[tuple[str, float]]:
        if isinstance(value, dict):
            inner = [one for part in value.values() for one in of(part)]
            return [(value["of"], value["value"]), *inner] if "of" in value else inner
        return [one for part in value for one in of(part)] if isinstance(value, list) else []

    def expected(section: Section) -> list[Figure]:
        return [*figures(section.blocks), *(one for inner in section.sections for one in expected(inner))]

    wanted = [(one.of, one.value) for section in document.sections for one in expected(section)]
    assert of(numbered(document)["sections"]) == wanted
    assert len(wanted) > 20


def test_columns_of_figures_keep_to_the_right() -> None:
    one = Figure(1, "1", "/a")
    table = Table("", ("name", "figure", "mostly", "empty"), (("a", one, one, ""), ("b", one, "none", "")))
    told = numbered(Document("t", "", "en", "", (Section("a", "A", (table,)),)))["sections"][0]["blocks"][0]
    assert told["right"] == [False, True, True, False]


def test_words_of_the_frame_are_in_its_language() -> None:
    assert numbered(sample("nl"))["words"]["contents"] == "Inhoud"
    assert numbered(sample("en"))["words"]["contents"] == "Contents"
