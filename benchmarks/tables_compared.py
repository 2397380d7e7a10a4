"""Tables that put many measurements into one row: methods side by side, instances or seeds summed up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cells import NANO, amount, count, fact, gap_of, gap_text, is_missing, markdown, seconds, status_text
from results import BROKEN

if TYPE_CHECKING:
    import pandas as pd

_CHAINS = ("recom", "reversible recom")


def formulations(_name: str, cases: pd.DataFrame) -> str:
    """One row for each instance and formulation, a column for each engine."""
    cases = cases.assign(by=[row["engine"] or row["method"] for _, row in cases.iterrows()])
    return _beside(cases, "by", list(dict.fromkeys(cases["by"])), "{} s")


def gaps(_name: str, cases: pd.DataFrame) -> str:
    """One row for each instance and formulation, a column for each limit."""
    limits = sorted(set(cases["limit"]))
    return _beside(cases, "limit", limits, "within {:g} s")


def _beside(cases: pd.DataFrame, key: str, columns: Sequence[Any], heading: str) -> str:
    header = ["instance", "municipalities", "formulation", "candidates or columns", "MB", "score"]
    header += [heading.format(column) for column in columns]
    rows = []
    for (instance, method), group in cases.groupby(["instance", "method"], sort=False):
        size = group["candidates"].combine_first(group["columns"]).max()
        best = group["score"].max()
        rows.append(
            [
                str(instance),
                count(group["size"].max() or None),
                str(method),
                count(size),
                f"{group['peak_mb'].max():.0f}",
                amount(best, "nano-points"),
                *(_reached(group[group[key] == column], best) for column in columns),
            ]
        )
    return markdown(header, rows, [header[1], *header[3:6]])


def _reached(rows: pd.DataFrame, best: Any) -> str:
    """Seconds to the proof; what stood after them where there is none."""
    if not len(rows):
        return "-"
    row = rows.iloc[0]
    if row["status"] in BROKEN or row["status"] == "skipped":
        return f"{row['status']}: {row['note']}"
    spent = seconds(row["t:build"] + row["t:solve"])
    if row["status"] == "infeasible":
        return f"{spent} infeasible"
    if row["status"] == "optimal":
        return spent + (" ~" if row["proof"] == "tolerance" else "")
    bound = "no bound" if is_missing(row["bound"]) else f"bound {amount(row['bound'], row['unit'])}"
    if is_missing(row["score"]):
        return f"{spent} no plan, {bound}"
    lost = "" if int(row["score"]) == int(best) else f"{amount(row['score'], row['unit'])}, "
    return f"{spent} open: {lost}{bound}, gap {gap_text(row['score'], row['bound'])}"


def agreement(_name: str, cases: pd.DataFrame) -> str:
    """One row for each formulation over all instances, then those that stayed open."""
    header = ["formulation", "instances", "optimal", "infeasible", "open", "largest gap", "seconds"]
    header += ["disagreements", "open: instance, score, bound, gap"]
    known = cases[~cases["status"].isin(BROKEN)]
    instances = sum(int(fact(row, "instances") or 0) for _, row in known.iterrows())
    wrong = sum(int(fact(row, "disagreements") or 0) for _, row in known.iterrows())
    names = [name[2:] for name in cases.columns if name.startswith("f:") and _is_tally(known, name)]
    rows = []
    for name in names:
        tallies = [fact(row, name) for _, row in known.iterrows()]
        still = [tuple(left) for tally in tallies for left in tally["unfinished"]]
        known_gaps = [gap for _, score, bound in still if (gap := gap_of(score, bound)) is not None]
        rows.append(
            [
                name,
                count(instances),
                count(sum(tally["optimal"] for tally in tallies)),
                count(sum(tally["infeasible"] for tally in tallies)),
                count(len(still)),
                f"{100 * max(known_gaps):.2g} %" if known_gaps else "-",
                seconds(sum(tally["seconds"] for tally in tallies)),
                count(wrong),
                "; ".join(_left(*left) for left in still) or "-",
            ]
        )
    lost = [f"{row['instance']}: {row['status']}: {row['note']}" for _, row in cases.iterrows()]
    lost = [text for text, (_, row) in zip(lost, cases.iterrows(), strict=True) if row["status"] in BROKEN]
    rows += [["lost", "-", "-", "-", "-", "-", "-", "-", text] for text in lost]
    return markdown(header, rows, header[1:8])


def _is_tally(cases: pd.DataFrame, name: str) -> bool:
    return any(isinstance(value, dict) and "unfinished" in value for value in cases[name])


def _left(number: int, score: int | None, bound: int | None) -> str:
    return f"{number}, {amount(score, '')}, {amount(bound, '')}, {gap_text(score, bound)}"


def districting(_name: str, cases: pd.DataFrame) -> str:
    """Ours beside what is published, with sums."""
    header = ["instance", "units", "method", "ours s", "published s", "status", "ours", "published", "gap"]
    header += ["MB"]
    timed = "f:published seconds" in cases
    rows = []
    for _, row in cases.iterrows():
        rows.append(
            [
                row["instance"].partition("/")[2].replace("_", " "),
                count(row["size"] or None),
                f"{row['method']} {row['engine']}".strip(),
                seconds(_spent(row)),
                seconds(fact(row, "published seconds")),
                status_text(row),
                _value(row["score"]),
                _published(row),
                gap_text(row["score"], row["bound"]),
                f"{row['peak_mb']:.0f}",
            ]
        )
    if timed:
        rows.append(_sum("**sum**", cases))
        proved = [is_missing(of := fact(row, "in the sum")) or bool(of) for _, row in cases.iterrows()]
        if not all(proved):
            rows.append(_sum("**those that the paper proves**", cases[proved]))
    keep = [k for k, name in enumerate(header) if timed or name != "published s"]
    return markdown(
        [header[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        header[1:2] + header[3:5] + header[6:],
    )


def _sum(name: str, cases: pd.DataFrame) -> list[str]:
    """Add up seconds, ours and those published."""
    ours = sum(spent for _, row in cases.iterrows() if (spent := _spent(row)) is not None)
    proved = int(cases["status"].isin(["optimal", "infeasible"]).sum())
    both = [f"**{seconds(total)}**" for total in (ours, cases["f:published seconds"].sum())]
    return [name, "", "", *both, f"{proved} of {len(cases)} proved", "", "", "", ""]


def _published(row: pd.Series) -> str:
    optimum = fact(row, "published optimum")
    if is_missing(optimum):
        return "-" if fact(row, "unpublished") is True else "infeasible"
    return f"{optimum:.2f}".removesuffix(".00")


def _spent(row: pd.Series) -> float | None:
    phases = [row.get(f"t:{name}") for name in ("build", "solve")]
    known = [float(spent) for spent in phases if not is_missing(spent)]
    return sum(known) if known else None


def _value(score: Any) -> str:
    return "-" if is_missing(score) else f"{-int(score) / NANO:.2f}".removesuffix(".00")


def recombination(_name: str, cases: pd.DataFrame) -> str:
    """Ours and a chain for each objective, with what the chain lacks."""
    header = ["instance", "municipalities", "aims at", "program", "seconds", "value", "bound"]
    header += ["lost to our optimum", "lost after our time", "steps", "note"]
    ours = {(row["instance"], _aim(row)): row for _, row in cases[cases["method"] == "refzones"].iterrows()}
    rows = []
    for _, row in cases.iterrows():
        best = ours[row["instance"], _aim(row)]["score"]
        early = fact(row, "after our time")
        rows.append(
            [
                row["instance"],
                count(row["size"] or None),
                _aim(row),
                row["method"],
                seconds(row.get("t:solve")),
                _objective(row, row["score"]),
                _objective(row, row["bound"]),
                "-" if is_missing(row["score"]) else _objective(row, abs(int(best) - int(row["score"]))),
                "-" if is_missing(early) else _objective(row, abs(int(best) - int(early))),
                count(fact(row, "steps")),
                row["note"],
            ]
        )
    return markdown(header, rows, header[1:2] + header[4:10])


def _aim(row: pd.Series) -> str:
    return "cut edges" if "cut" in row["options"] else "score"


def _objective(row: pd.Series, number: Any) -> str:
    """Points, or a number of edges."""
    if _aim(row) == "score" or is_missing(number):
        return amount(number, "")
    return f"{abs(int(number)) / NANO:g}"


def first(_name: str, cases: pd.DataFrame) -> str:
    """Seconds to the first plan and gaps for each instance; drawn frames by their number of mergers."""
    from specs.first import MARKS

    gaps = [f"gap after {mark:g} s" for mark in MARKS]
    header = [
        "instances",
        "program",
        "cases",
        "ended",
        "with a plan",
        "first plan, median",
        "first plan, most",
        *gaps,
    ]
    kinds = [
        "drawn, {mergers} mergers".format(**json.loads(row["options"]))
        if "mergers" in row["options"]
        else row["instance"]
        for _, row in cases.iterrows()
    ]
    rows = []
    for (kind, program), group in cases.assign(kind=kinds).groupby(["kind", "method"], sort=False):
        found = [one for _, row in group.iterrows() if not is_missing(one := fact(row, "first plan"))]
        known = [
            [one for _, row in group.iterrows() if not is_missing(one := fact(row, gap))] for gap in gaps
        ]
        rows.append(
            [
                str(kind),
                str(program),
                count(len(group)),
                ", ".join(group["status"].unique()),
                count(len(found)),
            ]
            + ([seconds(_median(found)), seconds(max(found))] if found else ["-", "-"])
            + [_share(_median(some)) if some else "-" for some in known]
        )
    return markdown(header, rows, [header[2], *header[4:]])


def sampling(_name: str, cases: pd.DataFrame) -> str:
    """For each chain and number of steps the distances, medians over the seeds; then when they came near."""
    from specs.sampling import CHECKPOINTS, MEASURES, NEAR

    header = ["program", "steps", "seeds", "plans met", "seconds"]
    header += [f"largest difference, {measure}" for measure in MEASURES]
    header += [f"mean off, {measure}" for measure in MEASURES]
    blank = ["-"] * (2 * len(MEASURES))
    rows = [
        ["refzones", "-", "-", count(fact(row, "plans")), seconds(row.get("t:build")), *["0"] * len(blank)]
        for _, row in cases[cases["method"] == "refzones"].iterrows()
    ]
    for method in _CHAINS:
        runs = cases[(cases["method"] == method) & ~cases["status"].isin(BROKEN)]
        for steps in CHECKPOINTS:
            marks = [
                mark for _, row in runs.iterrows() if isinstance(mark := fact(row, f"after {steps}"), dict)
            ]
            if marks:
                figures = [_median([mark[name][k] for mark in marks]) for k in (0, 1) for name in MEASURES]
                rows.append([method, count(steps), str(len(marks)), "-", "-", *map(_share, figures)])
        if len(runs):
            near = [_steps_to(runs, measure, NEAR, CHECKPOINTS) for measure in MEASURES]
            spent, met = runs["t:solve"].median(), runs["f:met"].median() if "f:met" in runs else None
            told = [count(_median(list(runs["f:steps"]))), str(len(runs)), count(met), seconds(spent)]
            name = f"**{method}: steps to {NEAR:.0%}**"
            rows.append([name, *told, *near, *(["-"] * len(MEASURES))])
    rows += [
        [row["method"], "-", "1", "-", "-", *blank[:-1], f"{row['status']}: {row['note']}"]
        for _, row in cases[cases["status"].isin(BROKEN)].iterrows()
    ]
    return markdown(header, rows, header[1:])


def _steps_to(runs: pd.DataFrame, measure: str, near: float, checkpoints: Sequence[int]) -> str:
    """Checkpoint from which on every seed is near."""
    reached = None
    for steps in reversed(checkpoints):
        marks = [fact(row, f"after {steps}") for _, row in runs.iterrows()]
        known = [mark[measure][0] for mark in marks if isinstance(mark, dict)]
        if known and max(known) > near:
            break
        reached = steps if known else reached
    return "not reached" if reached is None else count(reached)


def census(_name: str, cases: pd.DataFrame) -> str:
    """One row a region, instances one after the other."""
    header = ["instance", "municipalities", "candidates", "plans", "known", "fewest mergers", "most mergers"]
    header += ["states", "seconds", "MB", "note"]
    rows = []
    for _, row in cases.iterrows():
        plans, guess = fact(row, "plans"), fact(row, "estimate")
        about = "-" if is_missing(guess) else f"about {float(guess):.3g}"
        broken = f"{row['status']}: " if row["status"] in BROKEN else ""
        rows.append(
            [
                row["instance"],
                count(row["size"] or None),
                count(row["candidates"]),
                about if is_missing(plans) else f"{int(plans):,}",
                *(count(fact(row, name)) for name in ("known", "fewest mergers", "most mergers", "states")),
                seconds(row.get("t:solve")),
                f"{row['peak_mb']:.0f}",
                broken + row["note"],
            ]
        )
    return markdown(header, rows, header[1:10])


def _median(numbers: Sequence[float]) -> float:
    from statistics import median

    return float(median(numbers))


def _share(number: float) -> str:
    return f"{100 * number:.1f} %"


def memory(_name: str, cases: pd.DataFrame) -> str:
    """What each question filled, beside what it might."""
    import json

    header = [
        "instance",
        "units",
        "mergers",
        "weights",
        "budget, GB",
        "filled, MB",
        "share",
        "s",
        "status",
        "gap",
    ]
    rows = []
    for _, row in cases.iterrows():
        asked = json.loads(row["options"]) if row["options"] else {}
        share = fact(row, "share of the budget")
        rows.append(
            [
                row["instance"].partition("/")[2].replace("_", " "),
                count(row["size"] or None),
                count(asked.get("number")),
                row["method"],
                count(asked.get("budget")),
                count(fact(row, "MB filled")),
                "-" if is_missing(share) else f"{100 * share:.0f} %",
                seconds(_spent(row)),
                status_text(row),
                gap_text(row["score"], row["bound"]),
            ]
        )
    return markdown(header, rows, [*header[1:3], *header[4:8], header[9]])


MAKERS: dict[str, Callable[[str, pd.DataFrame], str]] = {
    "formulations": formulations,
    "agreement": agreement,
    "gap": gaps,
    "districting": districting,
    "cutedges": districting,
    "memory": memory,
    "census": census,
    "first": first,
    "recombination": recombination,
    "sampling": sampling,
}
