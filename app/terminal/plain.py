"""Text from files and users, shown so that it can only be read."""

from __future__ import annotations

import re

_ACTIVE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, but for the end of a line
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the order of what is around them
    "\u2028\u2029\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"  # halves of characters: no encoding has them
)
_SHORT = {"\t": "\\t", "\r": "\\r", "\n": "\\n"}


def visible(text: str) -> str:
    """Show what would steer a terminal, or cannot be written, as an escape."""
    return _ACTIVE.sub(lambda match: _escaped(match[0]), text)


def one_line(text: str) -> str:
    """Show a text on one line, the ends of lines as escapes."""
    return visible(text).replace("\n", "\\n")


def _escaped(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
