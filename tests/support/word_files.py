"""DOCX as its library reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def tag(name: str) -> str:
    """Give the whole name of an element or attribute, such as w:p."""
    from docx.oxml.ns import qn

    return str(qn(name))


def body(path: Path) -> Any:
    """Give the body of a document."""
    import docx

    return docx.Document(str(path)).element.body


def paragraphs(path: Path) -> list[str]:
    """Texts in reading order, those of cells between the others."""
    texts = [_text(one) for one in body(path).iter(tag("w:p"))]
    return [text.strip() for text in texts if text.strip()]


def cells(path: Path) -> list[str]:
    """Texts of the cells of all tables, in reading order."""
    return [_text(one) for one in body(path).iter(tag("w:tc"))]


def descriptions(path: Path) -> list[str]:
    """What is said of each picture for those who do not see it."""
    return [one.get("descr") or "" for one in body(path).iter(tag("wp:docPr"))]


def _text(element: Any) -> str:
    return "".join(node.text or "" for node in element.iter(tag("w:t")))
