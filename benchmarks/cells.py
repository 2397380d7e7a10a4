"""Cells and frames of Markdown tables: how seconds, scores, gaps and statuses are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

NANO = 1e9


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> str:
    """Write a table; columns named in `numbers` stand to the right."""
    rule = ["---:" if column in numbers else "---" for column in header]
    lines = [header, rule, *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def seconds(spent: Any) -> str:
    """Seconds with as many decimals as say something; a dash where nothing was measured."""
    if is_missing(spent):
        return "-"
    if spent < 0.1:
        return f"{spent:.3f}"
    return f"{spent:.2f}" if spent < 100 else f"{spent:.0f}"


def amount(number: Any, unit: str) -> str:
    """A score or a bound in points or parts; a dash where there is none."""
    if is_missing(number):
        return "-"
    return f"{int(number)}" if unit == "parts" else f"{int(number) / NANO:.6f}"


def gap_of(score: Any, bound: Any) -> float | None:
    """(bound - score) / max(|score|, 1), as the solver defines it; None where one is missing."""
    if is_missing(score) or is_missing(bound):
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
    return "-" if is_missing(number) else f"{int(number):,}"


def is_missing(value: Any) -> bool:
    """Whether nothing stands there."""
    import pandas as pd

    return value is None or bool(pd.isna(value))


def fact(row: pd.Series, name: str) -> Any:
    """A fact of a case; None where it was not noted."""
    return row.get(f"f:{name}")


def status_text(row: pd.Series) -> str:
    """Status with what a reader must know of its proof."""
    status = str(row["status"])
    if row["proof"] == "tolerance" and status in ("optimal", "infeasible"):
        status += " (within tolerance)"
    if row["verified"] is False or (not is_missing(row["verified"]) and not row["verified"]):
        status += ", NOT VERIFIED"
    return status


def without_empty(header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> str:
    """Leave out columns in which nothing stands."""
    keep = [k for k in range(len(header)) if any(row[k] not in ("", "-") for row in rows)]
    return markdown([header[k] for k in keep], [[row[k] for k in keep] for row in rows], numbers)
