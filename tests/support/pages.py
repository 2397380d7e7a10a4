"""HTML as a parser sees it."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class Read(HTMLParser):
    """Figures, headings, addresses and texts of a page.

    Attributes
    ----------
    figures : list of (str, str, str)
        Of each ``data`` element: where it stands in the record, its value, and its text.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str, str]] = []
        self.headings: list[int] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self._figure: tuple[str, str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [value or "" for key, value in attrs if key in ("src", "href", "srcset")]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "data":
            self._figure = given["data-of"] or "", given["value"] or ""

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self._figure:
            self.figures.append((*self._figure, data))
            self._figure = None
