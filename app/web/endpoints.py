"""Endpoints of the API, and the document that describes them (OpenAPI 3.2)."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ...instances.common.problems import InputError
from .contract.base import Fault, Refusal, Text
from .contract.saying import refused, said
from .workers import CancelledJobError, JobError, Message
from .works import StaleError, StorageError

Method = Literal["GET", "POST", "PUT", "DELETE"]
Handler = Callable[[Request, Any], Awaitable[Any]]

_STATUS = {
    "input": 422,
    "stale": 409,
    "unknown": 404,
    "forbidden": 403,
    "large": 413,
    "storage": 507,
    "defect": 500,
}


@dataclass(frozen=True)
class Endpoint:
    """One thing that can be asked of the server.

    Attributes
    ----------
    method : str
    path : str
        With parameters in braces.
    handler : callable
        Takes the request and its body, gives a model, a response, or a stream of messages.
    summary : str
    body, answer : pydantic model or None
    query : mapping of str to (type, str)
        Parameters in the query, with what they are.
    events : mapping of str to pydantic model
        What a stream tells, by the name of the event.
    file : str
        Media type of an answer that is a file.
    """

    method: Method
    path: str
    handler: Handler
    summary: str
    body: Any = None
    answer: type[BaseModel] | None = None
    query: Mapping[str, tuple[type, str]] = field(default_factory=dict)
    events: Mapping[str, type[BaseModel] | None] = field(default_factory=dict)
    file: str = ""
    is_upload: bool = False

    def route(self) -> Route:
        """Give the route that a server takes."""
        return Route(self.path, self._respond, methods=[self.method])

    async def _respond(self, request: Request) -> Response:
        try:
            answer = await self.handler(request, await self._read(request))
        except (InputError, ValidationError, StaleError, KeyError) as error:
            return refuse(_refusal(error))
        if isinstance(answer, Response):
            return answer
        if isinstance(answer, BaseModel):
            return JSONResponse(answer.model_dump(mode="json"))
        return StreamingResponse(_events(answer), media_type="text/event-stream")

    async def _read(self, request: Request) -> Any:
        if self.body is None:
            return None
        adapter = TypeAdapter(self.body)
        return adapter.validate_json(await request.body() or b"null")


def _refusal(error: Exception) -> Refusal:
    """Say why a request was not carried out."""
    if isinstance(error, InputError):
        refusal = refused(error)
        return refusal.model_copy(update={"kind": "storage"}) if isinstance(error, StorageError) else refusal
    if isinstance(error, ValidationError):
        return _invalid(error)
    if isinstance(error, StaleError):
        return Refusal(kind="stale", text=said("the work was changed in another tab meanwhile"))
    return Refusal(kind="unknown", text=said(f"there is no {str(error.args[0])[:80]!r} here"))


def refuse(refusal: Refusal) -> JSONResponse:
    """Answer that a request was not carried out, and why."""
    return JSONResponse(refusal.model_dump(mode="json"), _STATUS[refusal.kind])


def number(request: Request, name: str) -> int | None:
    """Read a whole number of the query; None where it is not given.

    Raises
    ------
    InputError
        It is none.
    """
    from ...instances.common.problems import reject

    text = request.query_params.get(name)
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 9:
        reject("this is no whole number", "leave it out, or write digits", column=name, value=text[:40])
    return int(text)


async def _events(messages: AsyncIterator[Message]) -> AsyncIterator[str]:
    """Write messages as server-sent events; the last one is `end`, or says why there is none."""
    try:
        async for name, data in messages:
            yield _event(name, data)
        yield _event("end", None)
    except CancelledJobError:
        yield _event("cancelled", None)
    except JobError as error:
        refusal = Refusal(kind="defect", text=said(str(error).strip().splitlines()[-1]))
        yield _event("refused", refusal.model_dump(mode="json"))


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n"


def _invalid(error: ValidationError) -> Refusal:
    """Say what is wrong with a body."""
    faults = []
    for one in error.errors(include_url=False, include_input=False):
        where = ".".join(str(part) for part in one["loc"])
        text = said(f"{where}: {one['msg']}" if where else str(one["msg"]))
        faults.append(Fault(text=text, what=text, remedy=Text(en="", nl=""), column=where))
    return Refusal(kind="input", text=said("; ".join(fault.text.en for fault in faults[:5])), faults=faults)


def document(endpoints: Sequence[Endpoint]) -> dict[str, Any]:
    """Describe the endpoints as an OpenAPI document."""
    models: dict[Any, None] = {Refusal: None}
    for one in endpoints:
        for model in (one.body, one.answer, *one.events.values()):
            if isinstance(model, type) and issubclass(model, BaseModel):
                models[model] = None
    keys, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, Any] = {}
    for one in endpoints:
        paths.setdefault(one.path, {})[one.method.lower()] = _operation(one, keys)
    return {
        "openapi": "3.2.0",
        "info": {"title": "refzones", "version": version("refzones"), "summary": "The planner's page"},
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


def _events_schema(one: Endpoint, keys: Mapping[Any, Any]) -> dict[str, Any]:
    """Describe each event of a stream: its name, and the JSON of its data."""
    data: dict[str, Any] = {
        name: {} if model is None else keys[model, "validation"] for name, model in one.events.items()
    }
    data |= {"end": {"type": "null"}, "cancelled": {"type": "null"}, "refused": keys[Refusal, "validation"]}
    return {
        "anyOf": [
            {
                "type": "object",
                "required": ["event", "data"],
                "properties": {
                    "event": {"const": name},
                    "data": {
                        "type": "string",
                        "contentMediaType": "application/json",
                        "contentSchema": schema,
                    },
                },
            }
            for name, schema in data.items()
        ]
    }


def _operation(one: Endpoint, keys: Mapping[Any, Any]) -> dict[str, Any]:
    names = [part[1:-1] for part in one.path.split("/") if part.startswith("{")]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
    ]
    kinds = {int: {"type": "integer", "minimum": 0}, str: {"type": "string"}}
    parameters += [
        {"name": name, "in": "query", "required": False, "schema": kinds[kind], "description": about}
        for name, (kind, about) in one.query.items()
    ]
    refusal = {"content": {"application/json": {"schema": keys[Refusal, "validation"]}}}
    told: dict[str, Any] = {"description": "done"}
    if one.events:
        about = ", ".join(one.events)
        told = {
            "description": f"server-sent events: {about}; then end, cancelled or refused",
            "content": {"text/event-stream": {"itemSchema": _events_schema(one, keys)}},
        }
    elif one.file:
        told["content"] = {one.file: {"schema": {"type": "string", "format": "binary"}}}
    elif one.answer is not None:
        told["content"] = {"application/json": {"schema": keys[one.answer, "validation"]}}
    operation: dict[str, Any] = {
        "summary": one.summary,
        "operationId": f"{one.method.lower()}{one.path.replace('/', '_').replace('{', '').replace('}', '')}",
        "responses": {"200": told}
        | {
            status: {"description": about} | refusal
            for status, about in {
                "401": "the token is missing or wrong",
                "403": "not from the page itself",
                "404": "there is none",
                "409": "the work was changed meanwhile",
                "413": "too large",
                "421": "under another name than those of this computer",
                "422": "cannot be used",
                "500": "an error of the program",
                "507": "the folder cannot be written",
            }.items()
        },
    }
    if parameters:
        operation["parameters"] = parameters
    if one.is_upload:
        schema = {
            "type": "object",
            "properties": {"file": {"type": "string", "format": "binary"}},
            "required": ["file"],
        }
        operation["requestBody"] = {"required": True, "content": {"multipart/form-data": {"schema": schema}}}
    elif one.body is not None:
        content = {"application/json": {"schema": keys[one.body, "validation"]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation
