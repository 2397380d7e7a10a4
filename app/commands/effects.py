"""`refzones effects`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ...instances.common.atomic import check_file, check_folder, write_file
from ...instances.common.path_names import as_text
from .changes import NONE, ScenarioChanges
from .extras import wanted_tables
from .option_groups import takes_options
from .options import CsvOption
from .plan_options import PLAN_HELP, PlanOptions


@takes_options
def effects_command(
    plan: Annotated[Path, typer.Argument(help=PLAN_HELP)],
    plans: PlanOptions = PlanOptions(),
    changes: ScenarioChanges = NONE,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            help="Only this indicator, as councillors or executives(first); repeat for more. Default: all "
            "that the instance has figures for.",
            metavar="NAME",
        ),
    ] = None,
    scheme: Annotated[
        list[Path] | None,
        typer.Option(
            "--scheme",
            help="Also by this scheme file, such as one of a merger bonus; repeat for more.",
            metavar="FILE",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            help="Also by merger, region, class (degree of equipment) or a layer, such as police; repeat for "
            "more.",
            metavar="GROUP",
        ),
    ] = None,
    tables: Annotated[
        Path | None,
        typer.Option(
            "--tables",
            help="Folder for effects.csv, a row for each indicator and each merger, region and degree of "
            "equipment; and for lists: fund.csv, rates.csv, bodies.csv.",
            metavar="FOLDER",
        ),
    ] = None,
    csv: CsvOption = "plain",
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            help="Workbook for effects on the whole, regions, degrees of equipment and mergers, with "
            "sources; its name ends in .xlsx.",
            metavar="FILE",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="JSON file for everything that was found.")] = None,
) -> None:
    """Tell what a plan does: mandates, money, rates, capacity, cooperation and access, before and after.

    Exit code 0: done. 2: bad input.
    """
    from ...solver.review.effects import check_grouping, effects_of, names_of, own_schemes
    from ...solver.review.effects_record import effects_record
    from ..dutch import spoken
    from ..files.effects import write_effects
    from ..files.effects_workbook import write_effects_workbook
    from ..files.workbook import check_workbook_file
    from ..input.schemes import with_schemes
    from ..terminal.console import say
    from ..terminal.effects import show_effects

    style = wanted_tables(csv)
    names = None if indicator is None else names_of(indicator)
    levels = list(dict.fromkeys(by or ()))
    read = plans.read([plan], changes)
    (given,), (own,) = read.given, read.plans
    for level in levels:
        check_grouping(read.instance, level)
    if tables is not None:
        check_folder(tables)
    if out is not None:
        check_file(out)
    if xlsx is not None:
        check_workbook_file(xlsx)
    asked = with_schemes(read.scenario, scheme or ())
    if names is not None:
        names = tuple(dict.fromkeys((*names, *own_schemes(read.instance, asked.levels[0]))))
    effects = effects_of(read.instance, asked, own, names)
    show_effects(effects, levels, named=names is not None)
    if out is not None:
        digest = "" if given.record is None else given.record.digest
        record = effects_record(effects, as_text(plan), levels, plan_digest=digest)
        write_file(out, record.model_dump_json(indent=1) + "\n")
        say(f"written to {out}")
    if xlsx is not None:
        write_effects_workbook(xlsx, effects, as_text(plan), levels, spoken())
        say(f"written to {xlsx}")
    if tables is not None:
        files = write_effects(effects, tables, levels, belgian=style)
        say(f"written to {tables}: {', '.join(files)}")
