"""Sphinx extension: refuse pages that load anything from another host.

Reading the site tells nobody, and needs no network. Links that a reader may follow are another matter.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOADING = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "video": "src",
}
QUIET_LINKS = {"canonical", "author", "license", "help", "index", "search", "next", "prev", "top"}
STYLE = re.compile(r"""(?:@import\s+|url\()\s*["']?((?:https?:)?//[^"')\s]+)""")


class _Loaded(HTMLParser):
    """Collects addresses on other hosts that a page loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        address = values.get(LOADING.get(tag, ""), "")
        quiet = tag == "link" and values.get("rel") in QUIET_LINKS
        if address.startswith(("http:", "https:", "//")) and not quiet:
            self.addresses.append(address)
        self.addresses += STYLE.findall(values.get("style", ""))


def loaded_from_elsewhere(text: str, ending: str) -> list[str]:
    """List the addresses on other hosts that a page or a style sheet loads."""
    if ending == ".css":
        return STYLE.findall(text)
    parser = _Loaded()
    parser.feed(text)
    return parser.addresses


def check_pages(app: Sphinx, error: Exception | None) -> None:
    """Warn of each page that loads something from elsewhere; `--fail-on-warning` makes it an error."""
    from sphinx.util import logging

    if error is not None or app.builder.name != "html":
        return
    folder = Path(app.outdir)
    for file in sorted((*folder.rglob("*.html"), *folder.rglob("*.css"))):
        for address in loaded_from_elsewhere(file.read_text(encoding="utf-8"), file.suffix):
            name = file.relative_to(folder).as_posix()
            logging.getLogger(__name__).warning("%s loads %s", name, address, type="offline")


def setup(app: Sphinx) -> dict[str, bool]:
    """Enter the extension."""
    app.connect("build-finished", check_pages)
    return {"parallel_read_safe": True}
