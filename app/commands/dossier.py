"""`refzones dossier`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...instances.common.activity import doing, seconds_so_far
from ...instances.common.atomic import check_folder
from ...instances.common.path_names import as_text
from .options import BoundariesOption, ClusterOption, LayerOption, PlanInstanceOption, RegionOption, seconds

if TYPE_CHECKING:
    from ...solver.progress import Step

_OTHERWISE = "a dossier tells of a run of refzones, with its scenario and its proof; this is a list of groups"
_PICTURES = 2
"""For how many maps of a region time is kept."""


def dossier_command(
    run: Annotated[Path, typer.Argument(help="Folder of a run, or its plan.json.", metavar="RUN")],
    region: RegionOption = None,
    form: Annotated[
        list[str] | None,
        typer.Option("--format", help="html, pdf, docx or all; repeat for more. Default: html."),
    ] = None,
    chapter: Annotated[
        list[str] | None,
        typer.Option("--chapter", help="Chapter, by its key; repeat for more. Default: all.", metavar="KEY"),
    ] = None,
    instance: PlanInstanceOption = None,
    cluster: ClusterOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds for all; what is not known by then is said to be not known.")
    ] = None,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Folder for the dossier. Default: RUN-dossier, beside the run."),
    ] = None,
) -> None:
    """Write what a planner takes to the meeting: map, figures, reasons, alternatives and proof of a plan.

    Exit code 0: written. 1: written, but not all was known in time. 2: bad input, such as a run that does not
    pass verification.
    """
    from ...solver.deadline import Limits
    from ..dossier.chapters.book import chapter_keys, compose
    from ..dossier.facts.gather import gather
    from ..dossier.writing import faces_named, stem_of, write_dossier
    from ..dutch.speaking import spoken
    from ..files.check import check_plan
    from ..input.named import shapes_to_draw
    from ..input.runs import verified_run
    from ..terminal.console import say
    from .clock import Clock

    clock = Clock.of(time_limit)
    faces, chapters = faces_named(form), chapter_keys(chapter)
    folder = out or _beside(run)
    check_folder(folder)
    data, record = verified_run(run, instance, _OTHERWISE, check_plan)
    shapes = shapes_to_draw(data, boundaries, layer)
    limits = Limits(clock.search(len(data), _PICTURES * len(region or record.regions)))
    facts = gather(data, record, region or (), shapes, limits=limits, progress=_tell, cluster=cluster)
    with doing("drawing the maps of the dossier"):
        document = compose(facts, spoken(), chapters, run=as_text(_folder(run).name))
    stem = stem_of(list(facts.regions), all_regions=len(facts.regions) == len(record.regions))
    names = write_dossier(document, facts.record, folder, stem, faces)
    say(f"verified: clean; written to {folder}: {', '.join(names)} ({seconds_so_far():.1f} s)")
    if not facts.is_complete:
        say("not all was found out in time; the dossier says of what is not known that it is not")
        raise typer.Exit(1)


def _beside(run: Path) -> Path:
    """Give the folder of the dossier of a run where nobody named one: beside it."""
    folder = _folder(run)
    return folder.with_name(f"{folder.name}-dossier")


def _folder(run: Path) -> Path:
    """Give the folder of a run, with a name."""
    from ...instances.plan_files import PLAN_FILE

    folder = run.parent if run.name == PLAN_FILE else run
    return folder.resolve() if folder.name in ("", "..") else folder


def _tell(step: Step) -> None:
    """Say which region is ready."""
    from ..terminal.console import say

    say(f"{step.name}: ready ({step.done} of {step.total})")
