"""`refzones page`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances import load
from ...instances.common.activity import WAITING, doing, keeps
from ...instances.common.atomic import check_file
from ...instances.common.problems import reject
from .options import BoundariesOption, InstanceOption, LayerOption

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ..web.tasks.room import Setup

LANGUAGES = ("nl", "en")

_SIDE_BY_SIDE = 2  # processes that compute: one answers, the other studies


def page_command(
    instance: InstanceOption = "flanders-2025",
    scenario: Annotated[
        str | None,
        typer.Option("--scenario", "-s", help="Begin with a preset or a TOML file. Default: the last work."),
    ] = None,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    plan: Annotated[
        Path | None,
        typer.Option(help="Begin with the scenario and the plan of a run.", metavar="RUN"),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder in which the work is kept.")] = Path("runs/page"),
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Default: that of the last time, or a free one."),
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help="Language of the page: nl or en. Default: that of the browser.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """See the map, change what you want, get the proved best one: a page in the browser.

    The page is served by this computer to this computer alone. Ctrl-C ends it; the work is kept.

    Exit codes: 0 it is open already. 130: it was ended by Ctrl-C. 2: bad input.
    """
    from ...instances.common.optional import require
    from ...models.scenario.scenario import Scenario
    from ...solver.memory import process_budget
    from ..terminal.console import say

    if lang is not None and lang not in LANGUAGES:
        reject("--lang: the page speaks Dutch and English", "write nl or en", value=lang)
    for package in ("starlette", "uvicorn", "multipart"):
        require(package, "page", "pages")
    from ..web.workers import warm_up

    warm_up()
    from ..web.desk import Desk
    from ..web.opening import open_browser, work_of_plan
    from ..web.running import SERVER_FILE, check_free, listen, remember, remembered, run, serves
    from ..web.tasks.room import Setup
    from ..web.works import Works

    data = load(instance)
    asked = Scenario.named(scenario or "mergers")
    check_file(out / SERVER_FILE)
    _say_what_is_drawn(data, boundaries, Setup(instance, str(boundaries), layer))
    works = Works(out, data)
    if plan is not None:
        begun = work_of_plan(works, plan)
    elif scenario is not None:
        begun = works.begin(asked)
    else:
        begun = None
    work = None if begun is None else begun.id
    before = remembered(out)
    if before is not None and serves(before):
        check_free(out, before, port, data.name)
        url = before.url(lang, work)
        say(f"the page of this folder is open already at {url}")
        if browser:
            open_browser(url)
        return
    taken, address = listen(port, before)
    remember(out, replace(address, instance=data.name))
    memory = process_budget().most / _SIDE_BY_SIDE
    desk = Desk(works, asked, Setup(instance, None if boundaries is None else str(boundaries), layer, memory))
    keeps(out, f"the work is kept in {out}")
    url = address.url(lang, work)
    if port is None and before is not None and address.port == before.port:
        say(f"port {address.port} is that of the last time, remembered; --port takes another")
    say(f"the page is at {url}")
    say(f"Ctrl-C ends it; the work is kept in {out}")
    with doing(WAITING):
        run(desk, address, taken, lambda: open_browser(url) if browser else None)


def _say_what_is_drawn(instance: Instance, boundaries: Path | None, setup: Setup) -> None:
    """Check the boundary file that is given, and say what is remembered of it or of an earlier one."""
    from ..maps.remembered import remembered_path
    from ..terminal.console import say
    from ..web.tasks.room import check_boundaries

    known = remembered_path(instance)
    if boundaries is None:
        if known is not None and known.exists():
            say(f"drawn with the boundaries of {known}, remembered; --boundaries none forgets them")
        return
    check_boundaries(setup)
    if remembered_path(instance) not in (None, known):
        say(f"{instance.name} is drawn with these boundaries from now on; --boundaries none forgets them")
