"""File names as texts that can be written: on some systems a name need not be valid Unicode."""

from __future__ import annotations

from pathlib import Path


def as_text(name: str | Path) -> str:
    """Give a name as text, with escapes for what is not valid Unicode."""
    return str(name).encode("utf-8", "backslashreplace").decode("utf-8")
