"""A dossier whose every text could be taken for markup of some kind, with each kind of block."""

from __future__ import annotations

import io
from dataclasses import replace

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
)
from refzones.app.dutch import Language

MARKUP = '#panic("x") *b* _i_ @a $x$ <b>&amp; "q" \\u{41} `c` [d] {{ 7*7 }} = h // c'
"""Nothing of this is markup to any of the faces."""

NAMES = ("Sint-Genesius-Rode", "Heist-op-den-Berg", "Geel <b>&", "Mol #1 *", "Ham_", "@Balen $5", 'Olen "q"')


def picture(
    width_mm: float = 120.0, height_mm: float = 80.0, *, alt: str = "A square", caption: str = ""
) -> Picture:
    """Draw something as both SVG and PNG."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Drawing

    with mpl.rc_context({"svg.hashsalt": "refzones"}):
        drawing = Drawing(figsize=(width_mm / 25.4, height_mm / 25.4))
        axes = drawing.add_axes((0.02, 0.02, 0.96, 0.96))
        axes.set_axis_off()
        axes.fill([0, 1, 1, 0], [0, 0, 1, 1], facecolor="#9ecae1", edgecolor="#333333")
        axes.text(0.5, 0.5, "Kempen", ha="center", va="center")
        svg, png = io.BytesIO(), io.BytesIO()
        drawing.savefig(svg, format="svg", metadata={"Date": None})
        drawing.savefig(png, format="png", dpi=150)
    return Picture(svg.getvalue(), png.getvalue(), alt, caption)


def sample(language: Language = "nl", *, rows: int = 60) -> Document:
    """Make a dossier of two regions."""
    return Document(
        title="Voorstel van fusies" if language == "nl" else "A plan of mergers",
        subtitle=f"Kempen & Limburg {MARKUP}",
        language=language,
        date="26 november 2026" if language == "nl" else "26 November 2026",
        sections=(
            Section("start", "In het kort" if language == "nl" else "In short", (_lead(), _facts("/plan"))),
            _region("kempen", "Kempen", rows),
            _region("limburg", f"Limburg {MARKUP}", 3),
        ),
        foot=f"refzones 0.2.0; {MARKUP}",
    )


def without_pictures(document: Document) -> Document:
    """Leave the pictures out."""

    def plain(section: Section) -> Section:
        blocks = tuple(one for one in section.blocks if not isinstance(one, Picture | Card | Gallery))
        return replace(section, blocks=blocks, sections=tuple(map(plain, section.sections)))

    return replace(document, sections=tuple(map(plain, document.sections)))


def _lead() -> Block:
    return Paragraph(f"De 28 gemeenten worden er 11. {MARKUP} https://www.vlaanderen.be/nl?a=1&b=2", "lead")


def _facts(pointer: str) -> Block:
    return Facts(
        (
            ("Inwoners", Figure(1234567, "1.234.567", f"{pointer}/population")),
            (f"Zetel {MARKUP}", "Geel"),
            ("Afstand", Figure(5.25, "5,3 km", f"{pointer}/distance")),
        )
    )


def _region(key: str, name: str, rows: int) -> Section:
    table = Table(
        f"Fusies {MARKUP}",
        ("Fusie", "Gemeenten", "Inwoners", "Aandeel"),
        (
            *(
                (
                    NAMES[k % len(NAMES)],
                    f"{NAMES[k % 3]} + {NAMES[-1]}",
                    Figure(30_000 + k, f"{30 + k // 1000}.{k:03d}", f"/regions/{key}/{k}/population"),
                    Figure(0.5, "50 %", f"/regions/{key}/{k}/share"),
                )
                for k in range(rows)
            ),
            ("Samen", "", Figure(30_000 * rows, f"{30 * rows}.000", f"/regions/{key}/population"), ""),
        ),
        total=True,
    )
    card = Card(
        f"{name}: Geel + Mol",
        (Paragraph("Zeer beslist.", "note"), _facts(f"/regions/{key}/card")),
        (
            ("Bestuurskracht", (_facts(f"/regions/{key}/capacity"),)),
            ("Democratie", (_facts(f"/regions/{key}/reach"), Bullets(("een", "twee")))),
        ),
        "#3b6ea5",
    )
    small = Card("Alternatief", (picture(50, 40, alt="Small map"), Paragraph("Geel hoort bij Mol.")))
    return Section(
        key,
        name,
        (Paragraph("Wat volgt is bewezen."), picture(alt=f"Map {MARKUP}", caption=f"Kaart van {name}")),
        (
            Section(f"{key}-mergers", "Fusies", (table, Bullets((MARKUP, "en nog een")))),
            Section(f"{key}-cards", "Elke fusie", (card, card, card)),
            Section(
                f"{key}-others",
                "Alternatieven",
                (Paragraph("Let op.", "warning"), Gallery((small, small, small))),
            ),
        ),
        own_page=True,
    )
