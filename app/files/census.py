"""The folder of a census: tables, `census.json`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.deadline import Deadline
from ...solver.plan_sets.census import Census, RegionCensus, Standing
from ...solver.plan_sets.census.tables import (
    DISTRIBUTION_COLUMNS,
    PAIR_COLUMNS,
    REGION_COLUMNS,
    STANDING_COLUMNS,
    standing_rows,
)
from ...solver.results.census_certificate import CensusCertificate
from ...solver.results.certificate import CERTIFICATE_FILE
from ...solver.results.mergers import part_key
from ...solver.results.plan import Plan
from ..dutch import Language
from .belgian import belgian_name
from .both_ways import with_belgian, write_both
from .naming import earlier, picture_name
from .plan_sets import Pictures, Written, about, write_json

CENSUS_FILE = "census.json"
REGIONS_FILE = "regions.csv"
DISTRIBUTION_FILE = "distribution.csv"
PAIRS_FILE = "pairs.csv"
STANDINGS_FILE = "standings.csv"
SAMPLES_FILE = "samples.csv"
DISTRIBUTION = "distribution-"
PROBABILITIES = "probabilities-"


@doing("writing tables")
def write_census(
    census: Census,
    standings: list[Standing] | None,
    drawn: list[Plan] | None,
    folder: Path,
    plan: Plan | None = None,
    deadline: Deadline = Deadline(),
    *,
    certificate: CensusCertificate | None = None,
    language: Language = "en",
    belgian: Language | None = None,
) -> Written:
    """Write a census into a folder.

    Parameters
    ----------
    census : Census
    standings : list of Standing or None
        None where no plan is placed.
    drawn : list of Plan or None
        Verified already; None where no sample was asked for.
    folder : Path
    plan : Plan, optional
        Marked in the pictures of distributions.
    deadline : Deadline
        Pictures for which there is no time are left out.
    certificate : CensusCertificate, optional
    language : {'en', 'nl'}
        Of the pictures.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.

    Returns
    -------
    Written

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    tables: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        REGIONS_FILE: (REGION_COLUMNS, census.region_rows()),
        PAIRS_FILE: (PAIR_COLUMNS, census.pair_rows()),
    }
    rows = census.distribution_rows()
    if rows:
        tables[DISTRIBUTION_FILE] = (DISTRIBUTION_COLUMNS, rows)
    if standings is not None:
        tables[STANDINGS_FILE] = (STANDING_COLUMNS, standing_rows(standings))
    if drawn is not None:
        tables[SAMPLES_FILE] = (_sample_columns(census), _sample_rows(census, drawn))
    stale = earlier(folder, f"{DISTRIBUTION}*.png", f"{PROBABILITIES}*.png")
    optional = with_belgian([DISTRIBUTION_FILE, STANDINGS_FILE, SAMPLES_FILE])
    optional += [*map(belgian_name, (REGIONS_FILE, PAIRS_FILE)), CERTIFICATE_FILE]
    with staged_folder(folder, replaces=[*optional, *stale], last=CENSUS_FILE) as staging:
        write_json(staging / CENSUS_FILE, _record(census))
        if certificate is not None:
            (staging / CERTIFICATE_FILE).write_text(certificate.text(), encoding="utf-8", newline="\n")
        for name, (columns, cells) in tables.items():
            write_both(staging / name, columns, cells, belgian)
        pictures = Pictures(staging, deadline)
        _draw(census, plan, pictures, language)
    certified = [] if certificate is None else [CERTIFICATE_FILE]
    names = [CENSUS_FILE, *certified, *_names(tables, belgian), *pictures.listed(4)]
    return Written(names, pictures.left_out)


def _names(tables: Iterable[str], belgian: Language | None) -> list[str]:
    return list(tables) if belgian is None else with_belgian(tables)


def _draw(census: Census, plan: Plan | None, pictures: Pictures, language: Language) -> None:
    """Draw the distribution of the score, and how often neighbours share a merger, of each region counted."""
    from ..pictures.of_census import plot_census, plot_probabilities

    def distribution(region: str, path: Path) -> None:
        plot_census(census, plan, region=region, language=language).write(path)

    def probabilities(region: str, path: Path) -> None:
        plot_probabilities(census, region=region, language=language).write(path)

    for one in census.by_region:
        if one.distributions:
            pictures.draw(picture_name(DISTRIBUTION, one.region), partial(distribution, one.region))
        if one.graph is not None:
            pictures.draw(picture_name(PROBABILITIES, one.region), partial(probabilities, one.region))


def _sample_columns(census: Census) -> tuple[str, ...]:
    part = part_key(census.scenario.level)
    return ("sample", "region", "seat_nis", part, "member_nis", "population", "score")


def _sample_rows(census: Census, drawn: list[Plan]) -> list[tuple[object, ...]]:
    """One row a merger of each plan."""
    instance = census.instance
    return [
        (
            number,
            instance.regions[instance.region[merger.seat]],
            instance.codes[merger.seat],
            merger.name(instance),
            "; ".join(instance.codes[i] for i in merger.members),
            merger.population(instance),
            merger.score_nano / 1e9,
        )
        for number, plan in enumerate(drawn, start=1)
        for merger in plan.mergers
    ]


def _record(census: Census) -> dict[str, object]:
    """Give all facts as `census.json` holds them: numbers of plans as text, as they pass what JSON reads."""
    return about(census.instance, census.scenario) | {
        "plans": None if census.count is None else str(census.count),
        "seconds": census.seconds,
        "regions": [_region(census, one) for one in census.by_region],
    }


def _region(census: Census, one: RegionCensus) -> dict[str, Any]:
    estimated = one.estimated
    ends = one.scores
    return {
        "region": one.region,
        "municipalities": len(one.municipalities),
        "inhabitants": census.inhabitants_of(one),
        "candidates": one.candidates,
        "plans": None if one.count is None else str(one.count),
        "estimated": None
        if estimated is None
        else {"plans": estimated.count, "error": estimated.error, "probes": estimated.probes},
        "by_number": {str(k): str(plans) for k, plans in enumerate(one.by_number) if plans},
        "states": one.states,
        "score_nano": None if ends is None else dict(zip(("least", "most", "mean", "sd"), ends, strict=True)),
        "terms": {
            name: {
                "unit": term.unit,
                "sense": term.sense,
                "weight": term.weight,
                "least": term.least,
                "most": term.most,
                "mean": term.mean,
                "sd": term.sd,
                "sample": term.sample,
                "scale": term.scale,
            }
            for name, term in one.distributions.items()
        },
        "seconds": one.seconds,
        "note": one.note,
    }
