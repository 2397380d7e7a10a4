"""Endpoints of files: what is dropped on the page, and what is taken away from it."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from ...instances.common.problems import reject
from ..dutch import Language
from ..files.naming import folder_name
from .contract.actions import DrawAction, ReplaceAction
from .contract.base import Refusal, Text
from .contract.files import FileProgress, FileRead, FileTaken
from .contract.works import Work
from .desk import Desk
from .endpoints import Endpoint, number, refuse
from .tasks.filing import PROVED, WRITTEN

_LONGEST_NAME = 120
_SECONDS = 120.0  # to find what is written, where it is not known yet


def endpoints(desk: Desk) -> list[Endpoint]:
    """Give the endpoints."""

    async def take(request: Request, body: None) -> FileTaken | Response:
        desk.work(request)
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="refzones-"))
        try:
            name = await _received(request, folder / "raw")
            inside = folder / "inside"
            inside.mkdir()
            event, data = await desk.apart(
                "read_file",
                raw=str(folder / "raw"),
                name=name,
                folder=str(inside),
                scenario=desk.work(request).state.scenario,
            )
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        if event == "refused":
            return refuse(Refusal.model_validate(data))
        read = FileRead.model_validate(data)
        work = None if request.query_params.get("only") == "read" else await _acted(desk, request, read)
        return FileTaken(**read.model_dump(), work=work)

    progress: dict[str, FileProgress] = {}

    async def follow(request: Request, body: None) -> FileProgress:
        return progress.get(desk.work(request).id, FileProgress())

    async def give(request: Request, body: None) -> Response:
        history = desk.work(request)
        name = request.path_params["name"]
        if name not in WRITTEN:
            raise KeyError(name)
        is_best = request.query_params.get("plan") == "best" or name in PROVED
        drawn = None if is_best else history.state.drawn
        folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="refzones-"))
        away = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        scenario, kept = history.state.scenario, None
        language: Language = "nl" if request.query_params.get("lang") == "nl" else "en"

        def tell(far: dict[str, Any]) -> None:
            progress[history.id] = FileProgress(name=name, **far)

        try:
            tell({})
            if name in PROVED or (drawn is None and name != "scenario.toml"):
                kept = str(folder / "answer")
                said_of = await desk.told(
                    "answers",
                    f"keep {history.id}",
                    "keep_answer",
                    scenario=scenario,
                    path=kept,
                    seconds=_SECONDS,
                )
                if said_of.status_code >= 400:
                    await away()
                    return said_of
            event, data = await desk.apart(
                "write_file",
                tell,
                name=name,
                folder=str(folder),
                scenario=scenario,
                drawn=None if drawn is None else [list(group) for group in drawn],
                kept=kept,
                language=language,
                regions=request.query_params.getlist("region"),
            )
        except BaseException:
            await away()
            raise
        finally:
            progress.pop(history.id, None)
        if event == "refused":
            await away()
            return refuse(Refusal.model_validate(data))
        title = folder_name(history.title).encode("ascii", "ignore").decode() or "work"
        headers = {"content-disposition": f'attachment; filename="{title}-{name}"'}
        return FileResponse(folder / name, headers=headers, background=away)

    return [
        Endpoint(
            "POST",
            "/api/works/{id}/files",
            take,
            "take a file: a scenario becomes what is asked, a plan becomes what is drawn by hand",
            answer=FileTaken,
            is_upload=True,
            query={
                "base": (int, "revision that the tab saw; by default the present one"),
                "only": (str, "'read' to be told what the file holds, and leave the work as it is"),
            },
        ),
        Endpoint(
            "GET",
            "/api/works/{id}/files/{name}",
            give,
            f"a file of the work: {', '.join(WRITTEN)}",
            file="application/octet-stream",
            query={
                "plan": (str, "'best' for the best plan where another one is drawn by hand"),
                "lang": (str, "language of what people read: nl or en"),
                "region": (str, "what a dossier is about; by default all regions"),
            },
        ),
        Endpoint(
            "GET",
            "/api/works/{id}/writing",
            follow,
            "how far the file is that is being written",
            answer=FileProgress,
        ),
    ]


async def _received(request: Request, path: Path) -> str:
    """Put the file of a form on disk; give its name, as text.

    Raises
    ------
    InputError
        The body is no form with one file.
    """
    try:
        async with request.form(max_files=1, max_fields=0) as form:
            file = form.get("file")
            if isinstance(file, UploadFile):
                with path.open("wb") as target:
                    await asyncio.to_thread(shutil.copyfileobj, file.file, target)
                # browsers write a quotation mark in a name like this
                name = PurePosixPath((file.filename or "").replace("\\", "/")).name.replace("%22", '"')
                return "".join(sign for sign in name if sign.isprintable())[-_LONGEST_NAME:] or "file"
    except (HTTPException, AssertionError):
        pass
    reject("this is no form with one file", "send the file as the field 'file' of a form")


async def _acted(desk: Desk, request: Request, read: FileRead) -> Work:
    """Make what a file holds the state of the work."""
    id = request.path_params["id"]
    base = number(request, "base")
    text = Text(en=f"Opened: {read.name}", nl=f"Geopend: {read.name}")
    action: Any
    if read.groups is None:
        action = ReplaceAction(kind="replace", scenario=read.scenario or {}, said="open", text=text)
    else:
        codes = desk.instance.codes
        groups = [[codes[i] for i in group] for group in read.groups]
        action = DrawAction(kind="draw", groups=groups, said="open", text=text)
    revision = desk.works.get(id).revision if base is None else base
    history = await asyncio.to_thread(desk.works.act, id, revision, action)
    return history.shown(desk.instance)
