"""Parts of a document of a word processor for which its library has no words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

_TWIPS, _MARGIN = 56.7, 108  # in a millimetre; beside the text of a cell
_CELL_MM, _BOLD_MM, _TEXT_MM = 4.0, 2.2, 1.8  # beside the text of a cell; a letter of headings and of texts
_EVEN_MM = 6.0  # of what is left, that each column gets alike
_NARROW_MM = 80.0  # below which labels get more than half
_LONG = 45  # letters of a text beyond which it is broken

TABLE_STYLE = "Dossier Table"


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def set_style(paragraph: Any, style: str) -> None:
    """Give a paragraph a style; the library would look through all styles for each one."""
    paragraph._p.style = style.replace(" ", "")  # how the library names them inside


def add_paragraph(place: Any, style: str, text: str = "") -> Any:
    """Add a paragraph of a style."""
    paragraph = place.add_paragraph(text)
    set_style(paragraph, style)
    return paragraph


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field, with what it shows until it is reckoned anew."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        run._r.append(_element("w:fldChar", fldCharType=kind))
        if kind == "begin":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {code} "
            paragraph.add_run()._r.append(text)
        if kind == "separate":
            paragraph.add_run(shown)


def add_foot(paragraph: Any, text: str) -> None:
    """Write a foot: a text to the left, the number of the page and of pages to the right."""
    paragraph.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\t")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" / ")
    add_field(paragraph, "NUMPAGES", "1")


def add_bookmark(paragraph: Any, key: str) -> None:
    """Let links lead to a paragraph."""
    before = paragraph._p.getroottree().getroot().iter(qn("w:bookmarkStart"))
    number, name = str(sum(1 for _ in before) + 1), bookmark_name(key)
    paragraph._p.insert(
        1 if paragraph._p.pPr is not None else 0, _element("w:bookmarkStart", id=number, name=name)
    )
    paragraph._p.append(_element("w:bookmarkEnd", id=number))


def bookmark_name(key: str) -> str:
    """Give a name that a word processor takes: a letter first, no hyphen, 40 signs at most."""
    return ("_" + "".join(one if one.isalnum() else "_" for one in key))[:40]


def add_contents(word: Any, title: str, sections: Sequence[dict[str, Any]]) -> None:
    """Add the table of contents as a field, with what it lists now: a link to each section."""
    add_paragraph(word, "Contents Heading", title)
    listed = [
        (one, level)
        for section in sections
        for one, level in [(section, 1), *((inner, 2) for inner in section["sections"])]
    ]
    paragraphs = []
    for section, level in listed:
        paragraph = add_paragraph(word, f"TOC {level}")
        link = _element("w:hyperlink", anchor=bookmark_name(section["key"]), history="1")
        run = paragraph.add_run(f"{section['number']} {section['title']}".strip())
        link.append(run._r)
        paragraph._p.append(link)
        paragraphs.append(paragraph)
    if paragraphs:
        _wrap_in_field(paragraphs[0], paragraphs[-1], r'TOC \o "1-2" \n \h \z \u')


def _wrap_in_field(first: Any, last: Any, code: str) -> None:
    place = 1 if first._p.pPr is not None else 0
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    for part in (
        _element("w:fldChar", fldCharType="separate"),
        text,
        _element("w:fldChar", fldCharType="begin"),
    ):
        run = OxmlElement("w:r")
        run.append(part)
        first._p.insert(place, run)
    last.add_run()._r.append(_element("w:fldChar", fldCharType="end"))


def add_caption(place: Any, text: str, number: tuple[str, int] | None, *, above: bool) -> None:
    """Add a caption; with a number where it has one, which is reckoned anew when others come before it."""
    paragraph = add_paragraph(place, "Caption")
    paragraph.paragraph_format.keep_with_next = above
    if number is not None:
        word, k = number
        paragraph.add_run(f"{word} ").bold = True
        before = len(paragraph.runs)
        add_field(paragraph, rf"SEQ {word} \* ARABIC", str(k))
        paragraph.add_run(". ")
        for run in paragraph.runs[before:]:
            run.bold = True
    paragraph.add_run(text)


def add_picture(paragraph: Any, png: IO[bytes], alt: str, width_mm: float) -> None:
    """Add a picture, with what it shows for those who do not see it."""
    picture = paragraph.add_run().add_picture(png, width=Mm(width_mm))
    properties = picture._inline.docPr
    properties.set("descr", alt)
    properties.set("name", f"picture {properties.get('id')}")


def add_bar(paragraph: Any, colour: str) -> None:
    """Draw a bar of a colour to the left of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:left", val="single", sz="48", space="6", color=colour.lstrip("#")))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
    )


def _new_table(place: Any, rows: int, columns: int, width_mm: float) -> Any:
    inside = hasattr(place, "merge")  # a cell
    table = place.add_table(rows, columns) if inside else place.add_table(rows, columns, style=None)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:w"), str(round(width_mm * _TWIPS)))
    width.set(qn("w:type"), "dxa")
    properties.insert_element_before(
        _element("w:tblInd", w=str(_MARGIN), type="dxa"), "w:tblBorders", "w:shd", "w:tblLayout", "w:tblLook"
    )
    return table


def _set_widths(table: Any, widths_mm: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(width)


def _write(cell: Any, text: str, style: str = "Cell", *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    set_style(paragraph, style)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(text)
    run.bold = True if bold else None


def _look(table: Any, **rows: bool) -> None:
    """Say which rows of a table have a style of their own."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for key in list(look.attrib):
        del look.attrib[key]
    for key in ("firstRow", "lastRow", "firstColumn", "lastColumn"):
        look.set(qn(f"w:{key}"), "1" if rows.get(key, key == "firstRow") else "0")
    for key in ("noHBand", "noVBand"):
        look.set(qn(f"w:{key}"), "1")


def add_facts(place: Any, rows: Sequence[Any], width_mm: float, *, keep: bool = False) -> None:
    """Add labels with what there is to say of each: a table without lines, perhaps kept with what follows."""
    table = _new_table(place, len(rows), 2, width_mm)
    for row, (label, cell) in zip(table.rows, rows, strict=True):
        _write(row.cells[0], label)
        _write(row.cells[1], cell["text"], bold="of" in cell)
        _keep_whole(row)
        for paragraph in (one.paragraphs[0] for one in row.cells):
            paragraph.paragraph_format.keep_with_next = True if keep or row is not table.rows[-1] else None
    share = 0.4 if width_mm > _NARROW_MM else 0.6
    _set_widths(table, (share * width_mm, (1 - share) * width_mm))
    add_paragraph(place, "Small Gap").paragraph_format.keep_with_next = True if keep else None


def add_table(place: Any, block: dict[str, Any], width_mm: float) -> None:
    """Add a table whose first row comes back on each page."""
    rows, right = block["rows"], block["right"]
    table = _new_table(place, len(rows) + 1, len(right), width_mm)
    table.style = TABLE_STYLE
    _look(table, lastRow=block["total"])
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for cell, text, is_right in zip(head.cells, block["headings"], right, strict=True):
        _write(cell, text, "Cell Heading", right=is_right)
    last = len(rows) - 1
    for k, cells in enumerate(rows):
        row = table.rows[k + 1]
        is_total = block["total"] and k == last
        _keep_whole(row)
        for cell, one, is_right in zip(row.cells, cells, right, strict=True):
            _write(cell, one["text"], bold=is_total, right=is_right)
    _set_widths(table, _widths(block, width_mm))
    add_paragraph(place, "Small Gap")


def _widths(block: dict[str, Any], width_mm: float) -> list[float]:
    """Share the width among columns: words and figures stay whole, and long texts get more of the rest."""
    least, more = [], []
    for k, (heading, is_right) in enumerate(zip(block["headings"], block["right"], strict=True)):
        texts = [row[k]["text"] for row in block["rows"]]
        longest = max(map(len, texts), default=0)
        word = longest if is_right else max((len(one) for text in texts for one in text.split()), default=0)
        heading_word = max(map(len, heading.split()), default=0)
        least.append(_CELL_MM + max(_BOLD_MM * heading_word, _TEXT_MM * min(word, _LONG)))
        more.append(_EVEN_MM + max(0.0, _CELL_MM + _TEXT_MM * min(longest, _LONG) - least[-1]))
    left = max(0.0, width_mm - sum(least))
    scale = min(1.0, width_mm / sum(least))
    return [scale * one + left * part / sum(more) for one, part in zip(least, more, strict=True)]


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def add_row_of_cells(place: Any, number: int, width_mm: float) -> list[Any]:
    """Add a row of cells without lines, for small cards beside each other."""
    table = _new_table(place, 1, number, number * width_mm)
    _keep_whole(table.rows[0])
    _set_widths(table, [width_mm] * number)
    return list(table.rows[0].cells)
