"""The application: endpoints, the document that describes them, and the files of the page."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from . import work_routes
from .contract.base import Refusal
from .contract.saying import said
from .desk import Desk
from .endpoints import document, refuse
from .security import Guard

PAGE = Path(__file__).parent / "page"
"""Files of the page."""

_ROUTES = (work_routes,)


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
        Mount("/", StaticFiles(directory=PAGE, html=True)),
    ]
    return Guard(Starlette(routes=routes, lifespan=desk.open), token, hosts)
