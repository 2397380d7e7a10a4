"""The document that describes the API, against the server that it describes."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from support.served import Served

pytest.importorskip("starlette", reason="starlette is in the extra 'page'")
pytest.importorskip("schemathesis", reason="schemathesis is in the extra 'dev'")

import schemathesis
from refzones.app.web.server import application
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,  # of server-sent events, too
    status_code_conformance,
]
drawn = settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class _Desk:
    """Enough of a desk to ask which endpoints there are."""

    async def open(self, app: Any) -> Any:
        raise AssertionError("nobody comes in")


def described() -> dict[str, Any]:
    """Give the document, without a server."""
    app = application(_Desk(), "token", frozenset({"host"}))  # type: ignore[arg-type]
    (route,) = (route for route in app.app.routes if route.path == "/api/openapi.json")
    (cell,) = route.endpoint.__closure__
    return dict(cell.cell_contents)


SCHEMA = schemathesis.openapi.from_dict(described())


@pytest.fixture(scope="module")
def works(page_server: Served) -> tuple[str, str]:
    """Give a work that is acted upon, and one that only answers."""
    client = page_server.client()
    first, second = (client.post("/api/works", json={}).json()["id"] for _ in range(2))
    return first, second


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")  # whatever leads out of this computer


def called(case: Any, server: Served) -> Any:
    return case.call(base_url=server.origin, headers=server.headers, timeout=120)


def test_the_document_is_one(page_server: Served) -> None:
    SCHEMA.validate()
    assert page_server.client().get("/api/openapi.json").json() == described()


@SCHEMA.parametrize()
@drawn
def test_the_server_does_what_the_document_says(
    case: Any, page_server: Served, works: tuple[str, str]
) -> None:
    """Whatever is sent, the answer is one that the document has, with the content that it has."""
    if "id" in case.path_parameters:
        case.path_parameters["id"] = works[0 if case.path.endswith("/actions") else 1]
    case.validate_response(called(case, page_server), checks=CHECKS)


@SCHEMA.include(path_regex=r"\{id\}").parametrize()
@drawn
def test_of_a_work_that_there_is_not(case: Any, page_server: Served) -> None:
    answer = called(case, page_server)
    case.validate_response(answer, checks=CHECKS)
    assert answer.status_code in (401, 404, 405, 422)  # some are sent without the token, or by another method


@pytest.mark.parametrize("name", ["Work", "RegionData", "AnswerData"])
def test_an_answer_that_differs_from_the_document_is_noticed(
    page_server: Served, works: tuple[str, str], name: str
) -> None:
    changed = deepcopy(described())
    changed["components"]["schemas"][name]["required"].append("what_is_not_there")
    path = "/api/works/{id}" if name == "Work" else "/api/works/{id}/answer"
    case = schemathesis.openapi.from_dict(changed)[path]["GET"].Case(path_parameters={"id": works[1]})
    with pytest.raises(FailureGroup):
        case.validate_response(called(case, page_server), checks=CHECKS)
