"""Files of the page: all modules at once, and none twice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")

from refzones.app.web.page_files import PAGE


@pytest.fixture
def client(page_server: Served) -> Any:
    return page_server.client(headers={})


def test_all_modules_are_named_in_the_page(client: Any) -> None:
    named = set(re.findall(r'<link rel="modulepreload" href="([^"]+)">', client.get("/").text))
    assert named == {f"js/{path.relative_to(PAGE / 'js').as_posix()}" for path in (PAGE / "js").rglob("*.js")}
    assert client.get("/index.html").text == client.get("/").text


def test_files_come_as_they_are_and_not_twice(client: Any) -> None:
    for path in PAGE.rglob("*.js"):
        name = path.relative_to(PAGE).as_posix()
        answer = client.get(f"/{name}")
        assert (answer.status_code, answer.content) == (200, path.read_bytes())
        assert answer.headers["content-type"].startswith("text/javascript")
        again = client.get(f"/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "name", ["js", "js/", "nothing.js", "tsconfig.json", "../web/server.py", "%2e%2e/server.py"]
)
def test_nothing_else_is_given(client: Any, name: str) -> None:
    assert client.get(f"/{name}").status_code == 404
