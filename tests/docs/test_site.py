"""Pages of the site load nothing from other hosts, and the check that says so can tell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
sys.path.insert(0, str(DOCS / "extensions"))

from offline import loaded_from_elsewhere  # noqa: E402


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        ('<script src="https://a.example/x.js"></script>', ["https://a.example/x.js"]),
        ('<img alt="" src="//a.example/x.png">', ["//a.example/x.png"]),
        ('<link rel="stylesheet" href="http://a.example/x.css">', ["http://a.example/x.css"]),
        ('<p style="background: url(https://a.example/x.png)">', ["https://a.example/x.png"]),
        ('<a href="https://a.example/">read</a> <link rel="canonical" href="https://a.example/">', []),
        ('<script src="_static/x.js"></script> <img src="_images/x.png">', []),
    ],
)
def test_what_a_page_loads_is_found(page: str, addresses: list[str]) -> None:
    assert loaded_from_elsewhere(page, ".html") == addresses


def test_what_a_style_sheet_loads_is_found() -> None:
    text = '@import "https://a.example/f.css"; p { src: url(font.woff2) } q { src: url("//a.example/g") }'
    assert loaded_from_elsewhere(text, ".css") == ["https://a.example/f.css", "//a.example/g"]
