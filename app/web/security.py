"""Who may ask: the token, the host, the origin, how much may be sent, and what browsers are told."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .contract.base import Refusal
from .contract.saying import said

MOST_BYTES = 64 * 2**20
"""Longest body of an upload; others are far shorter."""

SHORT = 4 * 2**20
"""Longest body of anything else."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing is loaded from anywhere but the server, and no script stands in a page."""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class TooLargeError(Exception):
    """A body has more bytes than it may; the argument says how many it may."""


@dataclass(frozen=True)
class Guard:
    """Middleware that lets in whoever knows the token, from the page itself.

    Attributes
    ----------
    app : callable
        What is guarded.
    token : str
    hosts : collection of str
        Values that the header Host may have; they name this computer, so that no other name can be made to
        lead here (DNS rebinding).
    """

    app: ASGIApp
    token: str
    hosts: frozenset[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        sending = _with_headers(send, private=scope["path"].startswith("/api"))
        if refusal is not None:
            await refusal(scope, receive, sending)
            return
        await self.app(scope, _at_most(receive, _most(scope)), sending)

    def _refusal(self, scope: Scope, headers: Headers) -> JSONResponse | None:
        """Say why a request is refused; None where it is not."""
        if headers.get("host", "") not in self.hosts:
            return _refuse(421, "this server answers under its own address alone")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        known = {None, *(f"http://{host}" for host in self.hosts)}
        if origin not in known or site not in ("same-origin", "none"):
            return _refuse(403, "the request comes from another page")
        if not scope["path"].startswith("/api"):
            return None
        given = headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            return _refuse(401, "this address lacks its token, or has an old one: open the page again")
        length = headers.get("content-length", "0")
        most = _most(scope)
        return None if length.isdecimal() and int(length) <= most else too_large(most)


def hosts_of(port: int, more: Iterable[str] = ()) -> frozenset[str]:
    """Give the values of the header Host that name this computer."""
    names = ("127.0.0.1", "localhost", "[::1]", *more)
    return frozenset(f"{name}:{port}" for name in names) | (frozenset(names) if port == 80 else frozenset())


def _most(scope: Scope) -> int:
    return MOST_BYTES if scope["path"].endswith("/files") else SHORT


def _refuse(status: int, text: str) -> JSONResponse:
    return JSONResponse(Refusal(kind="forbidden", text=said(text)).model_dump(mode="json"), status)


def too_large(most: int) -> JSONResponse:
    """Refuse a body of more bytes than it may have."""
    refusal = Refusal(kind="large", text=said(f"this is larger than {most // 2**20} MB"))
    return JSONResponse(refusal.model_dump(mode="json"), 413)


def _with_headers(send: Send, *, private: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if private:
                headers["cache-control"] = "no-store"
            else:
                headers.setdefault("cache-control", "no-cache")
        await send(message)

    return sending


def _at_most(receive: Receive, most: int) -> Receive:
    """Count what comes in; a body without a length may be too large as well."""
    received = 0

    async def receiving() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > most:
            raise TooLargeError(most)
        return message

    return receiving
