"""Running the server: a port of this computer, a token, a folder, and a browser."""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from ...instances.common.problems import reject

if TYPE_CHECKING:
    from .desk import Desk

LOOPBACK = "127.0.0.1"
SERVER_FILE = "server.json"


@dataclass(frozen=True)
class Address:
    """Where the page is.

    Attributes
    ----------
    port : int
    token : str
    instance : str
        Name of the instance that is served there.
    """

    port: int
    token: str
    instance: str = ""

    def url(self, language: str | None = None, work: str | None = None) -> str:
        """Give the address that a browser opens; what follows the # is never sent."""
        more = (f"&lang={language}" if language else "") + (f"&work={work}" if work else "")
        return f"http://{LOOPBACK}:{self.port}/#token={self.token}{more}"


def remembered(folder: Path) -> Address | None:
    """Give the address that a folder was served at last, so that pages that are still open go on."""
    try:
        data = json.loads((folder / SERVER_FILE).read_text(encoding="utf-8"))
        return Address(int(data["port"]), str(data["token"]), str(data.get("instance", "")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(folder: Path, address: Address) -> None:
    """Remember an address, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SERVER_FILE
    unfinished = path.with_suffix(".new")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(address), file)
    unfinished.replace(path)


def serves(address: Address) -> bool:
    """Whether a server is at work at an address, and knows its token."""
    connection = HTTPConnection(LOOPBACK, address.port, timeout=2)
    try:
        connection.request("GET", "/api/works", headers={"Authorization": f"Bearer {address.token}"})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def check_free(folder: Path, address: Address, port: int | None, instance: str) -> None:
    """Make sure that a folder which is served already is asked for as it is served.

    Raises
    ------
    InputError
        It is served for another instance, or at another port than the one asked for.
    """
    if address.instance != instance or port not in (None, address.port):
        reject(
            f"this folder is served already, for instance {address.instance}, at port {address.port}",
            "end that server, or name another folder with --out",
            value=folder,
        )


def listen(port: int | None, before: Address | None) -> tuple[socket.socket, Address]:
    """Take a port: the one asked for, else that of the last time, else a free one.

    Raises
    ------
    InputError
        The port that was asked for is in use, or may not be taken.
    """
    token = before.token if before is not None else secrets.token_urlsafe(24)
    if port is not None:
        try:
            taken = _bind(port)
        except OSError as error:
            reject(
                f"--port: this port cannot be used ({os.strerror(error.errno or 0)})",
                "name another one, or leave --port out",
                value=port,
            )
        return taken, Address(taken.getsockname()[1], token)
    if before is not None:
        try:
            return _bind(before.port), before
        except OSError:
            token = secrets.token_urlsafe(24)  # another server of this folder may be at work
    taken = _bind(0)
    return taken, Address(taken.getsockname()[1], token)


def _bind(port: int) -> socket.socket:
    # the protocol is named, because asyncio switches Nagle's algorithm off for such sockets alone: with it a
    # browser waits 40 ms for the body of each answer
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((LOOPBACK, port))
        taken.listen(128)
    except OSError:
        taken.close()
        raise
    return taken


def run(desk: Desk, address: Address, taken: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until the process is told to end.

    Parameters
    ----------
    desk : Desk
    address : Address
    taken : socket
        Bound to the port, and listening.
    ready : callable
        Called once, when requests are answered.
    """
    import uvicorn

    from .security import hosts_of
    from .server import application

    config = uvicorn.Config(
        application(desk, address.token, hosts_of(address.port)),
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    # what comes before waits in the queue of the socket, so the browser may be opened at once
    ready()
    server.run(sockets=[taken])
