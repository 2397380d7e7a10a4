"""The styles, the page and the properties of a dossier in a word processor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from . import word_parts as parts

if TYPE_CHECKING:
    from docx.document import Document as Word

ACCENT: Final = "1F4E79"
INK: Final = "1D2733"
QUIET: Final = "4F5B67"
WARNING: Final = "8A4100"
LINE: Final = "B9C6D3"
PALE: Final = "EEF3F8"
_FONT = "Calibri"  # every word processor has it, or one of the same widths
_LOCALES = {"nl": "nl-BE", "en": "en-GB"}

_PARAGRAPHS = {  # style: size in points, colour, bold, space before and after in points
    "Normal": (10.5, INK, False, 0, 6),
    "Title": (26, ACCENT, True, 0, 4),
    "Subtitle": (14, INK, False, 0, 2),
    "Date": (10.5, QUIET, False, 0, 14),
    "Heading 1": (18, ACCENT, True, 18, 6),
    "Heading 2": (14, ACCENT, True, 14, 4),
    "Heading 3": (12, ACCENT, True, 12, 4),
    "Heading 4": (10.5, ACCENT, True, 8, 2),
    "Heading 5": (10.5, QUIET, True, 6, 2),
    "Caption": (9.5, QUIET, False, 2, 10),
    "List Bullet": (10.5, INK, False, 0, 3),
    "Lead": (12.5, INK, False, 0, 8),
    "Note": (9.5, QUIET, False, 0, 6),
    "Warning": (10.5, WARNING, False, 4, 8),
    "Picture": (10.5, INK, False, 6, 2),
    "Cell": (9, INK, False, 1, 1),
    "Cell Heading": (9, ACCENT, True, 1, 1),
    "Card Title": (10.5, ACCENT, True, 2, 2),
    "Small Gap": (4, INK, False, 0, 4),
    "Contents Heading": (14, ACCENT, True, 14, 4),
    "TOC 1": (10.5, INK, True, 4, 1),
    "TOC 2": (10.5, INK, False, 0, 1),
    "Header": (8.5, QUIET, False, 0, 0),
    "Footer": (8.5, QUIET, False, 0, 0),
}

_KEPT_WITH_NEXT = (*(f"Heading {k}" for k in range(1, 6)), "Contents Heading", "Card Title")


def new_document(data: dict[str, Any]) -> Word:
    """Start a document on A4 with styles, head and foot, language and properties; see `numbered`."""
    word = docx.Document()
    for name, values in _PARAGRAPHS.items():
        _style(word, name, *values)
    for name in _KEPT_WITH_NEXT:
        word.styles[name].paragraph_format.keep_with_next = True
    word.styles["Picture"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.styles["TOC 2"].paragraph_format.left_indent = Mm(6)
    _add_table_style(word)
    _set_language(word, _LOCALES[data["language"]])
    _set_page(word, data)
    _set_properties(word, data)
    return word


def _style(word: Word, name: str, size: float, colour: str, bold: bool, before: float, after: float) -> None:
    styles: Any = word.styles
    if name not in [one.name for one in styles]:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("TOC") or name == "Date")
        styles[name].base_style = styles["Normal"]
    style = styles[name]
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for other in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(other), _FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.widow_control = True
    for mark in ("w:pBdr", "w:tabs"):  # a line below the title; stops of another width of page
        for element in style.element.pPr.findall(qn(mark)):
            style.element.pPr.remove(element)


def _add_table_style(word: Word) -> None:
    """Add the style of tables: lines between rows, headings in colour, a ground for a row that sums up."""
    style: Any = word.styles.add_style(parts.TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    style.base_style = word.styles["Normal Table"]
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    ground = f'w:val="clear" w:color="auto" w:fill="{PALE}"'
    for tag, inside in (
        ("tblPr", f"<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"),
        (
            'tblStylePr w:type="firstRow"',
            f'<w:rPr><w:b/><w:color w:val="{ACCENT}"/></w:rPr>'
            f"<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders></w:tcPr>",
        ),
        ('tblStylePr w:type="lastRow"', f"<w:rPr><w:b/></w:rPr><w:tcPr><w:shd {ground}/></w:tcPr>"),
    ):
        end = tag.partition(" ")[0]
        style.element.append(parse_xml(f"<w:{tag} {nsdecls('w')}>{inside}</w:{end}>"))


def _set_language(word: Word, locale: str) -> None:
    """Set the language of proofing where all styles take it from."""
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for language in word.styles.element.iter(qn("w:lang")):
        language.getparent().remove(language)
    language = OxmlElement("w:lang")
    for key in ("w:val", "w:eastAsia"):
        language.set(qn(key), locale)
    defaults.append(language)


def _set_page(word: Word, data: dict[str, Any]) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin, page.bottom_margin = Mm(22), Mm(22)
    page.header_distance = page.footer_distance = Mm(11)
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].text = f"{data['title']} – {data['subtitle']}"
    for foot in (page.footer, page.first_page_footer):
        paragraph = foot.paragraphs[0]
        paragraph.style = "Footer"
        parts.add_foot(paragraph, data["foot"])


def _set_properties(word: Word, data: dict[str, Any]) -> None:
    properties = word.core_properties
    properties.title, properties.subject = data["title"], data["subtitle"]
    properties.author = properties.last_modified_by = "refzones"
    properties.comments, properties.keywords = data["foot"], ""
    properties.language = _LOCALES[data["language"]]
    for moment in ("created", "modified"):  # those of the library's template
        for element in properties._element.findall(qn(f"dcterms:{moment}")):
            properties._element.remove(element)
