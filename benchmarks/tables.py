"""Results as Markdown tables, one maker a benchmark where the usual columns do not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from registry import benchmark
from results import cases_of

if TYPE_CHECKING:
    import pandas as pd

_NANO = 1e9


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


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> str:
    """Write a table; columns named in `numbers` stand to the right."""
    rule = ["---:" if column in numbers else "---" for column in header]
    lines = [header, rule, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def seconds(spent: Any) -> str:
    """Seconds with as many decimals as say something; a dash where nothing was measured."""
    if _missing(spent):
        return "-"
    if spent < 0.1:
        return f"{spent:.3f}"
    return f"{spent:.2f}" if spent < 100 else f"{spent:.0f}"


def amount(number: Any, unit: str) -> str:
    """A score or a bound in points or parts; a dash where there is none."""
    if _missing(number):
        return "-"
    return f"{int(number)}" if unit == "parts" else f"{int(number) / _NANO:.6f}"


def gap_of(score: Any, bound: Any) -> float | None:
    """(bound - score) / max(|score|, 1), as the solver defines it; None where one is missing."""
    if _missing(score) or _missing(bound):
        return None
    return (int(bound) - int(score)) / max(abs(int(score)), 1)


def gap_text(score: Any, bound: Any) -> str:
    """The gap in per cent; a dash where score or bound is missing."""
    gap = gap_of(score, bound)
    if gap is None:
        return "-"
    if gap == 0:
        return "0"
    if abs(gap) < 0.00005:
        return f"{100 * gap:.0e} %"
    return f"{100 * gap:.2f} %" if gap < 10 else "over 1000 %"


def count(number: Any) -> str:
    """A whole number with commas; a dash where there is none."""
    return "-" if _missing(number) else f"{int(number):,}"


def _missing(value: Any) -> bool:
    import pandas as pd

    return value is None or bool(pd.isna(value))


def _fact(row: pd.Series, name: str) -> Any:
    return row.get(f"f:{name}")


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
            _status(row),
            amount(row["score"], row["unit"]),
            amount(row["bound"], row["unit"]),
            gap_text(row["score"], row["bound"]),
            row["note"],
        ]
        for _, row in cases.iterrows()
    ]
    return _without_empty(header, rows, header[1:2] + header[4:-5] + header[-4:-1])


def _status(row: pd.Series) -> str:
    status = str(row["status"])
    if row["proof"] == "tolerance" and status in ("optimal", "infeasible"):
        status += " (within tolerance)"
    if row["verified"] is False or (not _missing(row["verified"]) and not row["verified"]):
        status += ", NOT VERIFIED"
    return status


def _without_empty(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> str:
    """Leave out columns in which nothing stands."""
    keep = [k for k in range(len(header)) if any(row[k] not in ("", "-") for row in rows)]
    return markdown([header[k] for k in keep], [[row[k] for k in keep] for row in rows], numbers)


def _growth(name: str, cases: pd.DataFrame) -> str:
    header = ["instance", "municipalities", "regions", "proved", "with a plan", "candidates"]
    header += ["setup s", "solve s", "check s", "MB", "status", "gap"]
    rows = [
        [
            row["instance"],
            count(row["size"] or None),
            count(_fact(row, "regions")),
            count(_fact(row, "proved")),
            count(_fact(row, "with a plan")),
            count(row["candidates"]),
            *(seconds(row.get(f"t:{phase}")) for phase in benchmark(name).phases),
            f"{row['peak_mb']:.0f}",
            _status(row),
            gap_text(row["score"], row["bound"]),
        ]
        for _, row in cases.iterrows()
    ]
    return markdown(header, rows, header[1:10])


def _districting(name: str, cases: pd.DataFrame) -> str:
    header = [
        "instance",
        "units",
        "method",
        "ours s",
        "published s",
        "status",
        "optimum",
        "published",
        "gap",
        "MB",
    ]
    rows = []
    for _, row in cases.iterrows():
        ours = row["t:build"] + row["t:solve"] if not _missing(row.get("t:build")) else None
        score = "-" if _missing(row["score"]) else f"{-int(row['score']) / _NANO:.2f}"
        optimum = _fact(row, "published optimum")
        rows.append(
            [
                row["instance"].partition("/")[2].replace("_", " "),
                count(row["size"] or None),
                f"{row['method']} {row['engine']}".strip(),
                seconds(ours),
                seconds(_fact(row, "published seconds")),
                _status(row),
                score,
                "infeasible" if _missing(optimum) else f"{optimum:.2f}",
                gap_text(row["score"], row["bound"]),
                f"{row['peak_mb']:.0f}",
            ]
        )
    for method, group in cases.groupby("method", sort=False):
        ours = group["t:build"].sum() + group["t:solve"].sum()
        proved = int(group["status"].isin(["optimal", "infeasible"]).sum())
        published = group["f:published seconds"].sum()
        both = [f"**{seconds(ours)}**", f"**{seconds(published)}**"]
        rows.append(["**sum**", "", str(method), *both, f"{proved} of {len(group)} proved", "", "", "", ""])
    return markdown(header, rows, header[1:2] + header[3:5] + header[6:])


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
            f"{_fact(row, 'peak MB'):.0f}",
            count(_fact(row, "exit code")),
        ]
        if row["status"] == "measured"
        else [row["instance"], row["method"], "-", "-", f"{row['status']}: {row['note']}"]
        for _, row in cases.iterrows()
    ]
    return markdown(header, rows, header[2:])


def _recombination(_name: str, cases: pd.DataFrame) -> str:
    header = [
        "instance",
        "municipalities",
        "program",
        "aims at",
        "seconds",
        "score",
        "bound",
        "lost to our optimum",
    ]
    header += ["best after our time", "cut edges", "steps", "note"]
    best = cases[cases["method"] == "refzones"].set_index("instance")["score"]
    rows = []
    for _, row in cases.iterrows():
        aim = "cut edges" if "cut" in row["options"] else "score"
        lost = None if _missing(row["score"]) else (int(best[row["instance"]]) - int(row["score"])) / _NANO
        early = _fact(row, "after our time") if aim == "score" else None
        rows.append(
            [
                row["instance"],
                count(row["size"] or None),
                row["method"],
                aim,
                seconds(row.get("t:solve")),
                amount(row["score"], row["unit"]),
                amount(row["bound"], row["unit"]),
                "-" if lost is None else f"{lost:.6f}",
                amount(early, ""),
                count(_fact(row, "cut edges")),
                count(_fact(row, "steps")),
                row["note"],
            ]
        )
    return markdown(header, rows, header[1:2] + header[4:11])


_MAKERS: dict[str, Callable[[str, pd.DataFrame], str]] = {
    "growth": _growth,
    "districting": _districting,
    "stages": _stages,
    "commands": _commands,
    "recombination": _recombination,
}
