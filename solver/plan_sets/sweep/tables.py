"""The tables of a sweep: settings, answers, plans, times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ....models.scenario.sweep_points import BOUNDS
from ....models.scoring.reported_values import pooled_values
from ....models.scoring.scorer import NANO
from ....models.terms import term_class
from ...results.counts import count_groups
from ...results.status import relative_gap, worst
from .plan import Setting, Work
from .records import AnswerRow, ChunkRecord, PlanRow, PlanValues

if TYPE_CHECKING:
    import pandas as pd

FILES = ("settings.parquet", "answers.parquet", "plans.parquet", "timings.parquet")
"""Tables of a sweep; the first three are the same however often it is run."""

_WHOLE = "Int64"  # of pandas: whole numbers, some of which may be missing
_STATUS = ("status", "string")
_SCORES = (
    ("score_nano", _WHOLE),
    ("bound_nano", _WHOLE),
    ("score", "float64"),
    ("bound", "float64"),
    ("gap", "float64"),
)
_COUNTS = tuple((key, _WHOLE) for key in ("inhabitants", "after", "mergers", "zones"))
_Row = dict[str, Any]
_Columns = Sequence[tuple[str, str]]


def tables_of(work: Work, records: Mapping[str, ChunkRecord]) -> dict[str, pd.DataFrame]:
    """Make all tables from the chunks, in the order of settings and regions.

    Returns
    -------
    dict of str to DataFrame
        By file.
    """
    place = {chunk.key: chunk for chunk in work.chunks()}
    answers: dict[tuple[int, int], tuple[AnswerRow, PlanValues | None]] = {}
    plans: dict[str, PlanRow] = {}
    for key, record in records.items():
        plans |= {plan.row.key: plan.row for plan in record.plans.values()}
        for answer in record.answers:
            rules = work.settings[answer.setting].rules
            plan = record.plans[f"{rules}/{answer.plan}"] if answer.plan else None
            answers[answer.setting, place[key].region] = answer, plan
    order = sorted(answers)
    rows = [_answer(work, setting, region, *answers[setting, region]) for setting, region in order]
    by_setting: dict[int, list[_Row]] = {setting.number: [] for setting in work.settings}
    plans_of: dict[int, list[PlanValues | None]] = {setting.number: [] for setting in work.settings}
    for row, (setting, region) in zip(rows, order, strict=True):
        by_setting[setting].append(row)
        plans_of[setting].append(answers[setting, region][1])
    times = [
        {"setting": s, "region": _region(work, s, r), "seconds": answers[s, r][0].seconds} for s, r in order
    ]
    values = _value_columns(work)
    return {
        "settings.parquet": _table(
            [_setting(work, s, by_setting[s.number], plans_of[s.number]) for s in work.settings],
            (*_setting_columns(work), *values),
        ),
        "answers.parquet": _table(rows, (*_ANSWER_COLUMNS, *values)),
        "plans.parquet": _table(
            [{"plan": key} | plan.model_dump() for key, plan in sorted(plans.items())], _PLAN_COLUMNS
        ),
        "timings.parquet": _table(
            times, (("setting", "int64"), ("region", "string"), ("seconds", "float64"))
        ),
    }


_ANSWER_COLUMNS = (
    ("setting", "int64"),
    ("region", "string"),
    _STATUS,
    *_SCORES,
    *_COUNTS,
    ("plan", "string"),
)
_PLAN_COLUMNS = (
    ("plan", "string"),
    ("instance", "string"),
    ("region", "string"),
    ("mergers", "object"),
    ("seats", "object"),
    ("zones", "object"),
    ("zone_seats", "object"),
)


def _setting_columns(work: Work) -> _Columns:
    return (
        ("setting", "int64"),
        ("instance", "string"),
        *((f"weight:{term}", "float64") for term in work.setup.terms),
        *((key, _WHOLE) for key in BOUNDS),
        ("locks", "string"),
        ("seed", "int64"),
        ("regions", "int64"),
        _STATUS,
        *_SCORES,
        *_COUNTS,
    )


def _value_columns(work: Work) -> _Columns:
    zones = work.spec.scenario.zones
    return (
        *((f"value:{term}", "float64") for term in work.setup.terms),
        *((f"zone_value:{term}", "float64") for term in ([] if zones is None else zones.weights)),
    )


def _answer(work: Work, setting: int, region: int, answer: AnswerRow, plan: PlanValues | None) -> _Row:
    row: _Row = {"setting": setting, "region": _region(work, setting, region), "plan": answer.plan or None}
    row |= _scores(answer.status, answer.score_nano, answer.bound_nano)
    if plan is not None:
        counts = count_groups((codes, "") for codes in plan.row.mergers)
        row |= {"inhabitants": plan.inhabitants, "after": counts.after, "mergers": counts.mergers}
        row["zones"] = len(plan.row.zones)
        names = [name for name, _ in _value_columns(work)]
        row |= dict(zip(names, [*plan.values, *plan.zone_values], strict=True))
    return row


def _region(work: Work, setting: int, region: int) -> str:
    return work.setup.instances[work.settings[setting].instance].regions[region]


def _scores(status: str, score: int | None, bound: int | None) -> _Row:
    return {
        "status": status,
        "score_nano": score,
        "bound_nano": bound,
        "score": None if score is None else score / NANO,
        "bound": None if bound is None else bound / NANO,
        "gap": relative_gap(score, bound),
    }


def _setting(
    work: Work, setting: Setting, answers: Sequence[_Row], plans: Sequence[PlanValues | None]
) -> _Row:
    """Put together the answers of a setting in its regions."""
    scenario, point = work.setup.rules[setting.rules], setting.point
    row: _Row = {
        "setting": setting.number,
        "instance": work.setup.instances[setting.instance].name,
        "locks": point.locks,
        "seed": point.seed,
        "regions": len(answers),
    }
    row |= {f"weight:{term}": weight for term, weight in zip(work.setup.terms, point.weights, strict=True)}
    for key in BOUNDS:
        table, name = key.split(".")
        row[key] = getattr(getattr(scenario, table), name)
    status = worst(answer["status"] for answer in answers)
    row |= _scores(status, _sum(answers, "score_nano"), _sum(answers, "bound_nano"))
    row |= {key: _sum(answers, key) for key, _ in _COUNTS}
    known = [plan for plan in plans if plan is not None]
    if len(known) == len(plans):
        for column, (name, _) in enumerate(_value_columns(work)):
            term = term_class(name.partition(":")[2])
            values = np.array([[*plan.values, *plan.zone_values][column] for plan in known])
            row[name] = float(pooled_values(term, values, np.array([plan.bases[column] for plan in known])))
    return row


def _sum(answers: Sequence[_Row], key: str) -> int | None:
    """Sum over regions; None when one of them has nothing."""
    values = [answer.get(key) for answer in answers]
    return None if None in values else sum(value for value in values if value is not None)


def _table(rows: Sequence[_Row], columns: _Columns) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=kind) for name, kind in columns}
    )


def write_tables(tables: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Write tables as Parquet, without anything that differs from run to run."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    # said, not guessed: lists that are all empty have no type that could be seen
    codes = pa.list_(pa.string())
    kinds = {"mergers": pa.list_(codes), "seats": codes, "zones": pa.list_(codes), "zone_seats": codes}
    for name, table in tables.items():
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        if name == "plans.parquet":
            fields = [pa.field(item.name, kinds.get(item.name, item.type)) for item in arrow.schema]
            schema = pa.schema(fields, metadata=arrow.schema.metadata)
            arrow = pa.Table.from_pandas(table, schema=schema, preserve_index=False)
        pq.write_table(arrow, folder / name, compression="zstd")


def read_table(file: Path) -> pd.DataFrame:
    """Read a table as it was written."""
    import pandas as pd

    table = pd.read_parquet(file, engine="pyarrow")
    if file.name == "plans.parquet":
        for name in ("mergers", "seats", "zones", "zone_seats"):
            table[name] = [_lists(value) for value in table[name]]
    return table


def _lists(value: Any) -> Any:
    """Plain lists of what Parquet gives back as arrays."""
    return value if isinstance(value, str) else [_lists(item) for item in value]
