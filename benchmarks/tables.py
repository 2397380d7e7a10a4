"""Results as Markdown tables, one maker a benchmark where the usual columns do not do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cells import amount, count, fact, gap_text, markdown, seconds, status_text, without_empty
from registry import benchmark
from results import cases_of
from tables_compared import MAKERS
from tables_families import MAKERS as FAMILIES

if TYPE_CHECKING:
    import pandas as pd


def table(name: str, frame: pd.DataFrame) -> str:
    """Give the table of a benchmark.

    Parameters
    ----------
    name : str
    frame : DataFrame
        Rows as `results.rows_of` makes them.
    """
    cases = cases_of(frame)
    return _MAKERS.get(name, _usual)(name, cases)


def _usual(name: str, cases: pd.DataFrame) -> str:
    phases = benchmark(name).phases
    header = ["instance", "municipalities", "method", "engine", "limit s", "candidates", "columns"]
    header += [f"{phase} s" for phase in phases] + ["MB", "status", "score", "bound", "gap", "note"]
    rows = [
        [
            row["instance"],
            count(row["size"] or None),
            row["method"],
            row["engine"],
            f"{row['limit']:g}",
            count(row["candidates"]),
            count(row["columns"]),
            *(seconds(row.get(f"t:{phase}")) for phase in phases),
            f"{row['peak_mb']:.0f}",
            status_text(row),
            amount(row["score"], row["unit"]),
            amount(row["bound"], row["unit"]),
            gap_text(row["score"], row["bound"]),
            row["note"],
        ]
        for _, row in cases.iterrows()
    ]
    return without_empty(header, rows, header[1:2] + header[4:-5] + header[-4:-1])


def _growth(name: str, cases: pd.DataFrame) -> str:
    header = ["instance", "municipalities", "regions", "proved", "with a plan", "candidates"]
    header += ["setup s", "solve s", "check s", "MB", "status", "gap"]
    rows = [
        [
            row["instance"],
            count(row["size"] or None),
            count(fact(row, "regions")),
            count(fact(row, "proved")),
            count(fact(row, "with a plan")),
            count(row["candidates"]),
            *(seconds(row.get(f"t:{phase}")) for phase in benchmark(name).phases),
            f"{row['peak_mb']:.0f}",
            status_text(row),
            gap_text(row["score"], row["bound"]),
        ]
        for _, row in cases.iterrows()
    ]
    return markdown(header, rows, header[1:10])


def _stages(_name: str, cases: pd.DataFrame) -> str:
    stages = [column for column in cases.columns if column.startswith("t:")]
    header = ["stage", *cases["instance"]]
    rows = [[stage[2:], *(seconds(value) for value in cases[stage])] for stage in stages]
    return markdown(header, rows, header[1:])


def _commands(_name: str, cases: pd.DataFrame) -> str:
    header = ["instance", "preset", "seconds", "MB", "exit code"]
    rows = [
        [
            row["instance"],
            row["method"],
            seconds(row.get("t:whole")),
            f"{fact(row, 'peak MB'):.0f}",
            count(fact(row, "exit code")),
        ]
        if row["status"] == "measured"
        else [row["instance"], row["method"], "-", "-", f"{row['status']}: {row['note']}"]
        for _, row in cases.iterrows()
    ]
    return markdown(header, rows, header[2:])


def _measures(_name: str, cases: pd.DataFrame) -> str:
    """Give a row to each measure: its median, the most of it, and its bar."""
    header = ["what", "median", "most", "bar", "unit", "kept"]
    rows = []
    for _, row in cases.iterrows():
        if row["status"] != "measured":
            rows.append([row["method"], "-", "-", "-", "", f"{row['status']}: {row['note']}"])
            continue
        for what, unit, median, most, bar in fact(row, "measures"):
            kept = "" if bar is None else "yes" if median <= bar else "no"
            shown = seconds if unit == "s" else "{:.0f}".format
            rows.append([what, shown(median), shown(most), "" if bar is None else f"{bar:g}", unit, kept])
    return markdown(header, rows, header[1:4])


_MAKERS: dict[str, Callable[[str, pd.DataFrame], str]] = {
    "growth": _growth,
    "stages": _stages,
    "commands": _commands,
    "page": _measures,
    "dossier": _measures,
    "certificates": _measures,
    "consequences": _measures,
    **MAKERS,
    **FAMILIES,
}
