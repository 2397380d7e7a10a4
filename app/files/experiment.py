"""The folder of an experiment on steps: tables, `experiment.json`, a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ...instances.common.activity import doing
from ...instances.common.atomic import staged_folder
from ...solver.experiments import StepsExperiment
from ...solver.experiments.tables import (
    STATISTIC_COLUMNS,
    municipality_columns,
    municipality_rows,
    statistic_rows,
)
from ..dutch import Language
from .both_ways import with_belgian, write_both
from .plan_sets import about, write_json

EXPERIMENT_FILE = "experiment.json"
STATISTICS_FILE = "statistics.csv"
MUNICIPALITIES_FILE = "municipalities.csv"
PICTURE = "steps.png"


@doing("writing tables")
def write_steps(
    found: StepsExperiment, folder: Path, *, language: Language = "en", belgian: Language | None = None
) -> list[str]:
    """Write an experiment on steps into a folder.

    Parameters
    ----------
    found : StepsExperiment
    folder : Path
    language : {'en', 'nl'}
        Of the picture.
    belgian : {'en', 'nl'} or None
        Language of tables in the Belgian way; None for none.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    from ..pictures.of_steps import plot_steps

    towns = municipality_rows(found.instance, found.municipalities, found.maps)
    tables = [STATISTICS_FILE, MUNICIPALITIES_FILE]
    with staged_folder(folder, with_belgian(tables), last=EXPERIMENT_FILE) as staging:
        write_both(staging / STATISTICS_FILE, STATISTIC_COLUMNS, statistic_rows(found.maps), belgian)
        write_both(staging / MUNICIPALITIES_FILE, municipality_columns(found.measures), towns, belgian)
        write_json(staging / EXPERIMENT_FILE, steps_record(found))
        plot_steps(found, language=language).write(staging / PICTURE)
    return [EXPERIMENT_FILE, *(tables if belgian is None else with_belgian(tables)), PICTURE]


def steps_record(found: StepsExperiment) -> dict[str, Any]:
    """Say in JSON what was measured, from which sources, and how."""
    columns = {*found.scenario.columns, *(one.key for one in found.measures)}
    instance = {"name": found.instance.name, "hash": found.instance.hash_with(columns)}
    return about(found.instance, found.scenario) | {
        "instance": instance,
        "experiment": "steps",
        "regions": list(found.regions),
        "left_out": [{"region": region, "note": note} for region, note in found.left_out],
        "municipalities": len(found.municipalities),
        "inhabitants": int(found.instance.population[found.municipalities].sum()),
        "steps_of_inhabitants": found.bounds.model_dump(mode="json"),
        "measures": [
            {"name": one.name, "label": one.label, "unit": one.unit, "source": one.source}
            for one in found.measures
        ],
        "follow_from_equipment": list(found.circular),
        "not_known_of_all": [{"column": key, "municipalities": number} for key, number in found.unknown],
        "missing_layers": list(found.missing),
        "draws": found.draws,
        "seed": found.seed,
        "plans": None if found.plans is None else str(found.plans),
        "optimum_is_proved": found.proved,
        "seconds": found.seconds,
        "statistics": [dict(zip(STATISTIC_COLUMNS, row, strict=True)) for row in statistic_rows(found.maps)],
    }
