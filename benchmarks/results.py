"""Results as tidy tables: one row for each phase or fact of each measurement."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import Measured
from refzones.instances.common.atomic import staged_folder
from registry import Benchmark, Case

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

CASE = ["benchmark", "instance", "method", "engine", "options", "limit"]
"""Columns that tell cases apart."""

_WHOLE = ("score", "bound", "size", "candidates", "rows", "columns", "parts", "repeat", "cores")


def rows_of(
    benchmark: Benchmark, case: Case, repeat: int, measured: Measured, about: Mapping[str, Any]
) -> list[Row]:
    """Give one row for each phase and each fact; a measurement without any still has one.

    Parameters
    ----------
    benchmark, case : Benchmark, Case
    repeat : int
        Counted from 1.
    measured : Measured
    about : mapping
        Facts about machine and moment, put into every row.
    """
    outcome = measured.outcome
    common: Row = {
        "benchmark": benchmark.name,
        "instance": case.instance,
        "method": case.method,
        "engine": case.engine,
        "options": json.dumps(dict(case.options), sort_keys=True),
        "limit": float(case.limit),
        "repeat": repeat,
        "status": outcome.status,
        "score": outcome.score,
        "bound": outcome.bound,
        "unit": outcome.unit,
        "size": outcome.size,
        "candidates": outcome.candidates,
        "rows": outcome.rows,
        "columns": outcome.columns,
        "parts": outcome.parts,
        "proof": outcome.proof,
        "verified": outcome.verified,
        "note": outcome.note,
        "peak_mb": round(measured.peak_mb, 1),
    }
    figures = [
        {"kind": "phase", "name": name, "seconds": seconds, "value": ""}
        for name, seconds in outcome.phases.items()
    ]
    figures += [
        {"kind": "fact", "name": name, "seconds": None, "value": json.dumps(value)}
        for name, value in outcome.facts.items()
    ]
    figures = figures or [{"kind": "none", "name": "", "seconds": None, "value": ""}]
    return [common | row | dict(about) for row in figures]


def write_rows(rows: Sequence[Row], folder: Path, name: str) -> None:
    """Write rows as ``name.parquet``, by one rename.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    frame = frame_of(rows)
    with staged_folder(folder) as staging:
        frame.to_parquet(staging / f"{name}.parquet", index=False)


def frame_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Rows as a table with the types that they have on disk."""
    import pandas as pd

    types: dict[str, Any] = dict.fromkeys(_WHOLE, "Int64") | {"verified": "boolean", "seconds": "Float64"}
    columns = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        # given with its type from the start: on the way through floats scores would lose their last digits
        columns[name] = pd.array(values, dtype=types[name]) if name in types else values
    return pd.DataFrame(columns)


def read_rows(folder: Path, name: str) -> pd.DataFrame | None:
    """Read what `write_rows` wrote; None where there is nothing."""
    import pandas as pd

    file = folder / f"{name}.parquet"
    return pd.read_parquet(file) if file.is_file() else None


def cases_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Give one row a case: median seconds as ``t:phase``, the last status, facts as ``f:name``.

    A case of which one repeat broke down counts as broken: the worst is not averaged away.
    """
    import pandas as pd

    rows = []
    for key, group in frame.groupby(CASE, sort=False, dropna=False):
        bad = group[group["status"].isin(BROKEN)]
        row: Row = dict(zip(CASE, key, strict=True)) | _facts_of(bad if len(bad) else group)
        phases = group[group["kind"] == "phase"]
        row |= {
            f"t:{name}": float(times.median())
            for name, times in phases.groupby("name", sort=False)["seconds"]
        }
        row["repeats"] = int(group["repeat"].nunique())
        row["peak_mb"] = float(group["peak_mb"].max())
        facts = group[group["kind"] == "fact"]
        row |= {
            f"f:{name}": json.loads(value) for name, value in zip(facts["name"], facts["value"], strict=True)
        }
        rows.append(row)
    return pd.DataFrame(rows)


BROKEN = ("died", "out of memory", "ended", "error")

_FACTS = [
    "status",
    "score",
    "bound",
    "unit",
    "size",
    "candidates",
    "rows",
    "columns",
    "parts",
    "proof",
    "verified",
    "note",
]


def _facts_of(group: pd.DataFrame) -> Row:
    last = group.iloc[-1]
    return {name: last[name] for name in _FACTS}


def complaints(frame: pd.DataFrame, benchmark: Benchmark) -> list[str]:
    """Say what cannot be: unclean plans, proofs that disagree, bounds below a plan of the same question."""
    cases = cases_of(frame)
    told = [
        f"{row['instance']} {row['method']} {row['engine']}".strip() + f": {row['status']}: {row['note']}"
        for row in cases.to_dict("records")
        if row["status"] in ("died", "error") or (_known(row["verified"]) and not row["verified"])
    ]
    if benchmark.same_question:
        for _, group in cases.groupby(["instance", "options", "unit"], sort=False):
            told += _disagreements(group.to_dict("records"))
    return told


def _disagreements(group: Sequence[Mapping[Any, Any]]) -> list[str]:
    """Say which answers to the same question cannot all be right."""
    scores = [int(row["score"]) for row in group if _known(row["score"])]
    if not scores:
        return []
    best, told = max(scores), []
    for row in group:
        # a proof within the tolerance of its engine may be off by about 1e-6 of the largest costs
        off = 0 if row["proof"] == "exact" else max(1_000, abs(best) // 100_000)
        name = f"{row['instance']}: {row['method']} {row['engine']}".strip()
        if row["status"] == "optimal" and row["score"] < best - off:
            told.append(f"{name} calls {row['score']} optimal; {best} was found")
        if row["status"] == "infeasible":
            told.append(f"{name} calls it infeasible; a plan was found")
        if _known(row["bound"]) and row["bound"] < best - off:
            told.append(f"{name} proves no more than {row['bound']}; {best} was found")
    return told


def _known(number: Any) -> bool:
    import pandas as pd

    return not pd.isna(number)
