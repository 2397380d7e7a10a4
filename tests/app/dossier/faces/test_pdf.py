"""A dossier as PDF, read back and looked at page by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from refzones.app.dossier.faces import pdf
from support.dossiers import NAMES, sample

pytest.importorskip("typst", reason="typst is in the extra 'dossier'")
pypdfium2 = pytest.importorskip("pypdfium2", reason="pypdfium2 is in the extra 'dev'")


def _opened(path: Path) -> Any:
    return pypdfium2.PdfDocument(path.read_bytes())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "dossier.pdf"
    pdf.write(sample(), file)
    return file


def _texts(path: Path) -> list[str]:
    book = _opened(path)
    texts = [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in book]
    book.close()
    return texts


def test_pages_are_numbered_and_have_their_foot(written: Path) -> None:
    texts = _texts(written)
    assert len(texts) > 5
    assert all(f"{k} / {len(texts)}" in text for k, text in enumerate(texts, 1))
    assert all("refzones 0.2.0" in text for text in texts)


def test_it_has_a_title_a_language_tags_and_an_outline(written: Path) -> None:
    book = _opened(written)
    assert book.get_metadata_value("Title").startswith("Voorstel van fusies – Kempen & Limburg")
    outline = [mark.get_title() for mark in book.get_toc()]
    assert outline[:3] == ["In het kort", "1\u2002Kempen", "1.1\u2002Fusies"]
    assert "Kempen: Geel + Mol" in outline
    book.close()
    content = written.read_bytes()
    assert b"/MarkInfo" in content
    assert b"(nl-BE)" in content
    assert b"pdfuaid" in content


def test_texts_are_texts(written: Path) -> None:
    text = "".join(_texts(written))
    assert all(name in text for name in NAMES)
    joined = "".join(text.split())
    assert joined.count('#panic("x")*b*_i_@a$x$<b>&amp;"q"\\u{41}`c`[d]{{7*7}}=h//c') >= 10


def test_a_long_table_goes_on_under_its_headings(written: Path) -> None:
    texts = [text for text in _texts(written) if "30.030" in text or "30.002" in text]
    assert len(texts) >= 2
    assert all("Aandeel" in text for text in texts[:2])


def test_nothing_sticks_out_of_a_page(written: Path) -> None:
    """The margins of every page are white, but for head and foot."""
    book = _opened(written)
    for page in book:
        drawn = page.render(scale=1, grayscale=True).to_pil()
        width, height = drawn.size
        assert drawn.crop((width - 40, 0, width, height)).getextrema()[0] > 250
        assert drawn.crop((0, 0, 40, height)).getextrema()[0] > 250
    book.close()


def test_the_same_dossier_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    pdf.write(sample(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == written.read_bytes()


def test_a_card_that_is_higher_than_a_page_loses_nothing(tmp_path: Path) -> None:
    from refzones.app.dossier.content.document import Bullets, Card, Document, Section

    card = Card("High", (Bullets(tuple(f"line {k}." for k in range(120))),))
    pdf.write(Document("t", "s", "en", "d", (Section("a", "A", (card,)),)), tmp_path / "a.pdf")
    text = "".join(_texts(tmp_path / "a.pdf"))
    assert all(f"line {k}." in text for k in range(120))
