"""Files of the page, held in memory: they are few and small, and a browser asks for all of them at once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

PAGE = Path(__file__).parent / "page"
"""Folder with the files of the page."""

_KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
_INDEX = "index.html"


@dataclass(frozen=True)
class _File:
    content: bytes
    kind: str

    @property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:20]}"'


class PageFiles:
    """Gives the files of the page; a file that the browser has already is not sent again.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path = PAGE) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _File(path.read_bytes(), _KINDS[path.suffix])
            for path in sorted(folder.rglob("*"))
            if path.suffix in _KINDS
        }
        self._files[""] = self._files[_INDEX] = self._with_modules(self._files[_INDEX])
        self._tags = {name: file.tag for name, file in self._files.items()}

    def _with_modules(self, index: _File) -> _File:
        """Name all modules in the page, so that a browser asks for all of them at once."""
        scripts = [name for name in self._files if name.endswith(".js") and not name.startswith("texts/")]
        links = "".join(f'<link rel="modulepreload" href="{name}">\n' for name in scripts)
        head = b"</head>"
        return _File(index.content.replace(head, links.encode() + head, 1), index.kind)

    async def answer(self, request: Request) -> Response:
        """Answer a request for a file."""
        name = request.path_params["path"]
        file = self._files.get(name)
        if file is None:
            return PlainTextResponse("there is no such file", 404)
        headers = {"etag": self._tags[name]}
        if request.headers.get("if-none-match") == self._tags[name]:
            return Response(status_code=304, headers=headers)
        return Response(file.content, headers=headers, media_type=file.kind)
