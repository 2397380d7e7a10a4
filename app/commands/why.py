"""`refzones why`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from ...instances.common.atomic import check_file, check_folder, write_file
from ...instances.common.problems import Problems, reject, suggest
from .options import (
    AloneOption,
    ApartOption,
    BoundariesOption,
    FromVintageOption,
    LayerOption,
    PlanInstanceOption,
    TogetherOption,
    municipalities,
    seconds,
)
from .words import words_of

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.record import PlanRecord
    from ...solver.review.whatif_locks import Level, WhatIf

WISHES = ("--together", "--apart", "--alone", "--seat", "--merger")
"""Options that are followed by as many municipalities as one likes."""

_LEVELS = ("mergers", "zones")
_MERGER_COLUMNS = ("merger", "group")
_ZONE_COLUMNS = ("zone", "group", "merger")
"""Columns of a file that may hold the mergers, or the zones."""


def why_command(
    plan: Annotated[Path, typer.Argument(help="Folder of a run, or its plan.json.", metavar="PLAN")],
    together: TogetherOption = None,
    apart: ApartOption = None,
    alone: AloneOption = None,
    seat: Annotated[list[str] | None, municipalities("Each is the seat of its merger.")] = None,
    merger: Annotated[list[str] | None, municipalities("Exactly this merger, whatever its size.")] = None,
    existing: Annotated[
        Path | None,
        typer.Option(
            help="Price each merger of a file by itself: a run, a table or workbook with columns nis (or "
            "name) and merger, or a list as 'Melle (44040) + Merelbeke (44043)'.",
            metavar="FILE",
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            help="What the wish is about in a plan of zones and mergers: mergers (the default) or zones."
        ),
    ] = None,
    from_vintage: FromVintageOption = None,
    instance: PlanInstanceOption = None,
    time_limit: Annotated[
        float | None, seconds("Seconds for each wish; then the best plan and bound so far.")
    ] = None,
    boundaries: BoundariesOption = None,
    layer: LayerOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder for the plan with the wish; with --existing, a CSV file for the prices."),
    ] = None,
) -> None:
    """Say what a wish costs: the best plan with it, in points, in each term, and in mergers that change.

    Name the plan first, then whom each wish is about, by name or code:
    --together Aalst Lede --apart "Aalst, Ninove" --merger Lede+Erpe-Mere
    An option may stand more than once; all of them make one wish.

    Exit code 0: there is a plan with the wish. 1: it contradicts a rule, or no plan has it. 2: bad input.
    """
    data, record = _plan_of(plan, instance)
    about = _level(level)
    given = {"--together": together, "--apart": apart, "--alone": alone, "--seat": seat, "--merger": merger}
    if existing is not None:
        _check_alone([option for option, texts in given.items() if texts])
        _price_list(data, record, existing, from_vintage, about, time_limit, out)
        return
    wished = _wish(data, given, about)
    _answer(data, record, wished, time_limit, (boundaries, layer), out)


def _plan_of(path: Path, named: str | None) -> tuple[Instance, PlanRecord]:
    """Load a plan and its instance, and verify it."""
    from ...solver.audit.consistency import inconsistencies
    from ...solver.verification.verifier import verify
    from ..input.runs import verified_run

    def wrong(record: PlanRecord, data: Instance) -> list[str]:
        solved = [region.name for region in record.regions if region.score_nano is not None]
        broken = verify(data, record.scenario, record.plan(data), regions=solved)
        return [violation.text for violation in broken] or inconsistencies(record, data)

    otherwise = (
        "a wish is held against a plan of refzones, with its scenario and its proof; this is a list of groups"
    )
    return verified_run(path, named, otherwise, wrong)


def _level(text: str | None) -> Level | None:
    if text is not None and text not in _LEVELS:
        reject("--level: there is no such level", suggest(text, _LEVELS), value=text)
    return cast("Level | None", text)


def _check_alone(others: Sequence[str]) -> None:
    """A file is priced merger by merger: no other wish goes with it."""
    if others:
        reject(
            f"--existing prices each merger of its file by itself, without {', '.join(others)}",
            "leave out one of them; --merger, repeated, asks for several mergers at once",
        )


def _wish(instance: Instance, given: dict[str, list[str] | None], level: Level | None) -> WhatIf:
    """Look up the municipalities that the options name."""
    from ...solver.review.whatif_locks import WhatIf
    from ..input.municipalities import codes_named

    problems = Problems()
    codes = {
        option: tuple(codes_named(instance, option, words_of(text), problems) for text in texts or ())
        for option, texts in given.items()
    }
    problems.raise_if_any()
    if not any(codes.values()):
        reject("nothing is wished", f"add {', '.join(WISHES[:-1])}, {WISHES[-1]} or --existing")
    return WhatIf(
        together=codes["--together"],
        apart=codes["--apart"],
        alone=tuple(code for group in codes["--alone"] for code in group),
        seat=tuple(code for group in codes["--seat"] for code in group),
        mergers=codes["--merger"],
        level=level,
    )


def _answer(
    instance: Instance,
    record: PlanRecord,
    wished: WhatIf,
    time_limit: float | None,
    boundaries: tuple[Path | None, str | None],
    out: Path | None,
) -> None:
    """Answer one wish, and write the plan with it."""
    from ...solver.deadline import Limits
    from ...solver.review.whatif import what_if
    from ..files.formats import run_names
    from ..files.run_folder import write_run
    from ..input.named import shapes_to_draw
    from ..terminal.console import say
    from ..terminal.results import verified_text
    from ..terminal.whatif import show_wish
    from .answers import verify_or_stop
    from .clock import Clock

    clock = Clock.of(time_limit)
    if out is not None:
        check_folder(out, run_names())
    shapes = None if out is None else shapes_to_draw(instance, *boundaries)
    answer = what_if(
        instance, record, wished, limits=Limits(clock.search(len(instance), 0 if out is None else 1))
    )
    if answer.result is not None:
        verify_or_stop(answer.result)
    show_wish(answer)
    if out is not None and shapes is not None and answer.result is not None and answer.possible:
        left_out = write_run(answer.result, out, shapes, clock.deadline)
        if left_out:
            say(left_out)
        say(f"{verified_text(answer.result)}written to {out}")
    raise typer.Exit(0 if answer.possible else 1)


def _price_list(
    instance: Instance,
    record: PlanRecord,
    file: Path,
    from_vintage: str | None,
    level: Level | None,
    time_limit: float | None,
    out: Path | None,
) -> None:
    """Price each merger of a file."""
    from ...instances.plan_files import read_groups
    from ...instances.tables.table import table_text
    from ...instances.vintages import vintage_named
    from ...solver.deadline import Limits
    from ...solver.review.merger_prices import PRICE_COLUMNS, price_mergers, price_rows
    from ..input.moments import brought_here
    from ..terminal.console import say
    from ..terminal.whatif import prices_progress, show_prices
    from .answers import verify_or_stop

    if out is not None:
        check_file(out)
    is_zones = "zones" in (level, record.scenario.level)
    vintage = None if from_vintage is None else vintage_named(from_vintage)
    grouping = read_groups(file, _ZONE_COLUMNS if is_zones else _MERGER_COLUMNS)
    grouping = brought_here(grouping, instance, vintage)
    called = "zone" if is_zones else "merger"
    with prices_progress(sum(len(group) > 1 for group in grouping.groups), called) as progress:
        prices = price_mergers(
            instance, record, grouping, level=level, limits=Limits(time_limit), progress=progress
        )
    for price in prices:
        for answer in (price.together, price.exactly):
            if answer is not None and answer.result is not None:
                verify_or_stop(answer.result)
    show_prices(instance, prices, called)
    if out is not None:
        write_file(out, table_text((called, *PRICE_COLUMNS[1:]), price_rows(instance, prices)))
        say(f"written to {out}")
