"""Tables about families of plans: one row a region."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from cells import NANO, count, fact, markdown, seconds
from results import BROKEN

if TYPE_CHECKING:
    import pandas as pd


def fronts(_name: str, cases: pd.DataFrame) -> str:
    """One row for each region; points, supported ones and seconds for each pair of terms."""
    pairs = list(dict.fromkeys(cases["method"]))
    header = ["region", "municipalities"]
    header += [
        f"{pair.replace(' ', ' / ')}: {what}" for pair in pairs for what in ("points", "supported", "s")
    ]
    rows = []
    for region, group in _regions(cases):
        row = [region, count(group["size"].max() or None)]
        for pair in pairs:
            some = group[group["method"] == pair]
            row += _front(some.iloc[0]) if len(some) else ["-"] * 3
        rows.append(row)
    return markdown(header, rows, header[1:])


def _front(row: pd.Series) -> list[str]:
    if row["status"] in BROKEN:
        return [str(row["status"]), "-", "-"]
    more = " or more" if row["note"] else ""
    return [count(fact(row, "points")) + more, count(fact(row, "supported")), seconds(row.get("t:solve"))]


def best(_name: str, cases: pd.DataFrame) -> str:
    """One row for each region; seconds and the loss of the last plan for each number of plans."""
    cases = cases.assign(k=[_option(row, "k") for _, row in cases.iterrows()])
    numbers = sorted({int(k) for k in cases["k"]})
    header = ["region", "municipalities"]
    header += [f"k = {k}: {what}" for k in numbers for what in ("s", "loss of the last")]
    rows = []
    for region, group in _regions(cases):
        row = [region, count(group["size"].max() or None)]
        for k in numbers:
            some = group[group["k"] == str(k)]
            row += _last(some.iloc[0], k) if len(some) else ["-"] * 2
        rows.append(row)
    return markdown(header, rows, header[1:])


def _last(row: pd.Series, k: int) -> list[str]:
    if row["status"] in BROKEN:
        return [str(row["status"]), "-"]
    plans = int(fact(row, "plans"))
    few = "" if plans == k else f" ({plans:,} plans in all)"
    return [seconds(row.get("t:solve")), f"{int(fact(row, 'largest loss')) / NANO:.6f}{few}"]


def _regions(cases: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    cases = cases.assign(region=[_option(row, "region") for _, row in cases.iterrows()])
    return [(str(region), group) for region, group in cases.groupby("region", sort=False)]


def _option(row: pd.Series, name: str) -> str:
    """Value of an option of a case, as text."""
    return str(json.loads(row["options"])[name])


MAKERS: dict[str, Callable[[str, pd.DataFrame], str]] = {"fronts": fronts, "best": best}
