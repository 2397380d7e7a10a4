"""The application: endpoints, the document that describes them, and the files of the page."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import (
    alternative_routes,
    change_routes,
    compare_routes,
    draw_routes,
    effect_routes,
    file_routes,
    wish_routes,
    work_routes,
)
from .contract.base import Refusal
from .contract.saying import said
from .desk import Desk
from .endpoints import document, refuse
from .page_files import PageFiles
from .security import Guard, TooLargeError, too_large

_ROUTES = (
    work_routes,
    wish_routes,
    file_routes,
    draw_routes,
    change_routes,
    compare_routes,
    alternative_routes,
    effect_routes,
)


def application(desk: Desk, token: str, hosts: frozenset[str]) -> Guard:
    """Make the application that a server runs."""
    endpoints = [endpoint for module in _ROUTES for endpoint in module.endpoints(desk)]
    described = document(endpoints)

    async def openapi(request: Request) -> Response:
        return JSONResponse(described)

    async def nothing(request: Request) -> Response:
        return refuse(Refusal(kind="unknown", text=said("there is nothing at this address")))

    routes = [
        Route("/api/openapi.json", openapi),
        *(endpoint.route() for endpoint in endpoints),
        Route("/api/{path:path}", nothing, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        Route("/{path:path}", PageFiles().answer),
    ]
    handlers: Any = {TooLargeError: _refuse_body, Exception: _confess}
    app = Starlette(routes=routes, lifespan=desk.open, exception_handlers=handlers)
    return Guard(app, token, hosts)


async def _refuse_body(request: Request, error: TooLargeError) -> Response:
    return too_large(error.args[0])


async def _confess(request: Request, error: Exception) -> Response:
    """Say that the program is at fault; the terminal is told the rest."""
    told = str(error).strip().splitlines() or [type(error).__name__]
    return refuse(Refusal(kind="defect", text=said(told[-1])))
