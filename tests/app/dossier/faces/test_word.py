"""A dossier as DOCX, read back by its library and by another word processor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refzones.app.dossier.faces import word
from support import office
from support.dossiers import MARKUP, NAMES, sample
from support.word_files import cells, descriptions, paragraphs, tag

docx = pytest.importorskip("docx", reason="python-docx is in the extra 'dossier'")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("word") / "dossier.docx"
    word.write(sample(), file)
    return file


def test_it_has_styles_of_a_word_processor(written: Path) -> None:
    book = docx.Document(str(written))
    styles = {one.style.name for one in book.paragraphs}
    assert styles >= {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet"}
    assert styles >= {"Lead", "Note", "Warning", "toc 1", "toc 2"} or styles >= {"TOC 1", "TOC 2"}
    titles = [one.text for one in book.paragraphs if one.style.name == "Heading 1"]
    assert titles == ["In het kort", "1 Kempen", f"2 Limburg {MARKUP}"]


def test_language_page_and_properties(written: Path) -> None:
    book = docx.Document(str(written))
    languages = {one.get(tag("w:val")) for one in book.styles.element.iter(tag("w:lang"))}
    assert languages == {"nl-BE"}
    page = book.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    properties = book.core_properties
    assert (properties.title, properties.author, properties.language) == (
        "Voorstel van fusies",
        "refzones",
        "nl-BE",
    )
    assert "python-docx" not in properties.comments
    foot = page.footer.paragraphs[0]._p
    assert "refzones 0.2.0" in page.footer.paragraphs[0].text
    codes = [(one.text or "").strip() for one in foot.iter(tag("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_of_tables_come_back_on_each_page(written: Path) -> None:
    book = docx.Document(str(written))
    wide = [table for table in book.tables if len(table.columns) == 4]
    assert len(wide) == 2
    for table in wide:
        assert table.rows[0]._tr.trPr.find(tag("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(tag("w:cantSplit")) is not None for row in table.rows[1:])


def test_contents_lead_to_headings(written: Path) -> None:
    body = docx.Document(str(written)).element.body
    links = {one.get(tag("w:anchor")) for one in body.iter(tag("w:hyperlink"))}
    marks = [one.get(tag("w:name")) for one in body.iter(tag("w:bookmarkStart"))]
    assert len(links) == 9
    assert links <= set(marks)
    assert len(marks) == len(set(marks))
    numbers = [one.get(tag("w:id")) for one in body.iter(tag("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    assert any((one.text or "").strip().startswith("TOC ") for one in body.iter(tag("w:instrText")))


def test_texts_figures_and_pictures_are_there(written: Path) -> None:
    told = paragraphs(written)
    assert all(any(name == text for text in cells(written)) for name in NAMES)
    assert sum(MARKUP in text for text in told) >= 10
    assert "30.017" in cells(written)
    assert descriptions(written).count(f"Map {MARKUP}") == 2
    assert len(descriptions(written)) == 2 + 6
    assert "Figuur 1. Kaart van Kempen" in told
    assert f"Tabel 2. Fusies {MARKUP}" in told


def test_the_same_dossier_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    word.write(sample(), tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == written.read_bytes()


def test_another_word_processor_saves_the_same(need_office: None, written: Path, tmp_path: Path) -> None:
    """The round trip keeps every text, figure, table and picture, and what is said of pictures."""
    back = office.converted(written, "docx", tmp_path)
    assert paragraphs(back) == paragraphs(written)
    assert cells(back) == cells(written)
    assert descriptions(back) == descriptions(written)
    before, after = docx.Document(str(written)), docx.Document(str(back))
    assert [len(table.rows) for table in after.tables] == [len(table.rows) for table in before.tables]
    assert _outline(after) == _outline(before)


def _outline(book: Any) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in book.paragraphs if one.style.name.startswith("Heading")]


def test_it_prints_with_numbers_of_pages(need_office: None, written: Path, tmp_path: Path) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is in the extra 'dev'")
    book = pypdfium2.PdfDocument(office.converted(written, "pdf", tmp_path).read_bytes())
    texts = [page.get_textpage().get_text_range() for page in book]
    book.close()
    assert all(f"{k} / {len(texts)}" in text for k, text in enumerate(texts, 1))
