"""Makes the pictures of the dossier that the documentation shows: pages of one, from generalised boundaries.

Needs the extra `dev`: ``python docs/images/dossier.py``. Few colours keep the pictures small.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLOURS = 96
SCALE = 1.1
GAP = 12
AGREED = ("Leuven", "Herent", "Rotselaar")
REGION = "Oost-Brabant"
SHOWN = {
    "nl": ("De kaart", "De fusies een voor een", "Alternatieven"),
    "en": ("The map", "The mergers", "Alternatives"),
}
"""Headings of the pages that are shown, each the first one with it behind the table of contents."""


def refzones(folder: str, *words: str) -> None:
    """Run a command where no boundaries are remembered."""
    command = [sys.executable, "-c", "from refzones.app.cli import main; main()", *words]
    environment = os.environ | {"REFZONES_CONFIG_DIR": folder}
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)


def pages(file: Path, headings: tuple[str, ...]) -> list[Any]:
    """Draw the pages of a PDF that begin with these headings."""
    import pypdfium2

    book = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range() for page in book]
    numbers = [next(k for k, text in enumerate(texts) if k and heading in text) for heading in headings]
    drawn = [book[number].render(scale=SCALE).to_pil().convert("RGB") for number in numbers]
    book.close()
    return drawn


def side_by_side(pictures: list[Any]) -> Any:
    """Put pages beside each other on a grey ground."""
    from PIL import Image

    width = sum(one.width + GAP for one in pictures) + GAP
    sheet = Image.new("RGB", (width, pictures[0].height + 2 * GAP), "#c8ccd0")
    left = GAP
    for one in pictures:
        sheet.paste(one, (left, GAP))
        left += one.width + GAP
    return sheet


def main() -> None:
    """Make the pictures in both languages."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        refzones(folder, "solve", "--region", REGION, "--together", *AGREED, "--out", "run")
        for language, headings in SHOWN.items():
            refzones(folder, "dossier", "run", "--lang", language, "--format", "pdf", "--out", "taken")
            (file,) = Path(folder, "taken").glob(f"*.{language}.pdf")
            sheet = side_by_side(pages(file, headings))
            small = sheet.quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(HERE / f"dossier-{language}.png", optimize=True)


if __name__ == "__main__":
    main()
