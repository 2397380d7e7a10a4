"""The page as a planner has it: a server in a folder of its own, and a browser that notices what is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from support import browsing, served
from support.browsing import View, Watch
from support.served import Served

REQUIRED = "REFZONES_REQUIRE_BROWSER"
"""Variable with which a missing browser is a failure; CI sets it once it has installed one."""


def need_browser() -> None:
    """Skip where the page cannot be driven, or fail where it must be."""
    if reason := browsing.missing():
        if os.environ.get(REQUIRED):
            pytest.fail(f"{REQUIRED} is set, but {reason}")
        pytest.skip(reason)


def need_server() -> None:
    """Skip where the extra is missing."""
    pytest.importorskip("starlette", reason="starlette is in the extra 'page'")
    pytest.importorskip("uvicorn", reason="uvicorn is in the extra 'page'")
    pytest.importorskip("httpx", reason="httpx is in the extra 'dev'")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Start pages with words of the command, each in the folder that is given or in a new one."""
    need_server()
    running: list[Served] = []

    def start(*arguments: str, folder: Path | None = None, **more: str) -> Served:
        running.append(served.started(folder or tmp_path / f"page-{len(running)}", *arguments, **more))
        return running[-1]

    yield start
    for server in running:
        server.end()


@pytest.fixture(scope="module")
def page_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Have one server for the tests of a module; works that they make stay."""
    need_server()
    with served.serving(tmp_path_factory.mktemp("page")) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Have one browser for the tests of a module.

    Not for the whole session: while Playwright runs, no event loop can be started in its thread.
    """
    need_browser()
    with browsing.chromium() as one:
        yield one


Open = Callable[..., Any]


@pytest.fixture
def open_page(browser: Any, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Open the page of a server in a browser of its own, or as a further tab (``context=page.context``).

    The test fails when a page asks another host, breaks the content-security policy, or says an error or
    a warning on its console; ``page.watch.allow(pattern)`` expects what the test brings about. A picture of
    every page that is open when the test ends is kept.
    """
    opened: dict[Any, Watch] = {}

    def start(server: Served, view: View | None = None, *, address: str = "", context: Any = None) -> Any:
        if context is None:
            context = browser.new_context(**(view or View()).options)
            context.set_default_timeout(30_000)
            watch = Watch(server.origin.split("//")[1])
            watch.follow(context)
            opened[context] = watch
        page = context.new_page()
        page.watch = opened[context]
        page.goto(address or server.address)
        return page

    yield start
    complaints = []
    for number, (context, watch) in enumerate(opened.items()):
        for page in context.pages:
            browsing.shot(page, f"{request.node.path.stem}-{request.node.name}-{number}")
        context.close()
        complaints += watch.complaints
    assert complaints == []
