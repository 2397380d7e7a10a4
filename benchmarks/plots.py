"""Figures of the report: time against size, gap against time, performance profiles, peers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from cells import gap_of
from results import BROKEN, cases_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NANO = 1e9
_CLOSED = 1e-6
"""Gaps below this are drawn as closed: engines' tolerance, in the words of the tables."""
_SIZE = (7.0, 4.2)  # inches
_MARKERS = "osD^vP*X<>hp"
_LINES = ("-", "--", "-.", ":")


def profile(times: pd.DataFrame) -> pd.DataFrame:
    """Performance profile: share of instances that each method solves within a factor of the fastest.

    Parameters
    ----------
    times : DataFrame
        Seconds by instance (rows) and method (columns); NaN where a method did not finish.

    Returns
    -------
    DataFrame
        Shares by factor (index, ascending from 1) and method. Instances that no method solved count in the
        denominator.

    Notes
    -----
    Performance profiles after Dolan and Moré (2002).
    """
    import pandas as pd

    ratios = times.div(times.min(axis=1), axis=0)
    factors = np.unique(np.concatenate([[1.0], ratios.to_numpy()[~np.isnan(ratios.to_numpy())]]))
    shares = {method: [(ratios[method] <= factor).mean() for factor in factors] for method in times.columns}
    return pd.DataFrame(shares, index=pd.Index(factors, name="factor"))


def draw_profile(frame: pd.DataFrame) -> Figure:
    """Draw the performance profile of formulations and engines; proofs within tolerance count.

    Only instances that each of them was tried on: what was not tried is not unsolved. A colour stands for a
    formulation, a marker for an engine.
    """
    cases = cases_of(frame)
    cases["name"] = (cases["method"] + " " + cases["engine"]).str.strip()
    cases["seconds"] = cases["t:build"] + cases["t:solve"]
    cases.loc[~cases["status"].isin(["optimal", "infeasible"]), "seconds"] = np.nan
    tried = cases.groupby("instance")["name"].nunique()
    cases = cases[cases["instance"].isin(tried.index[tried == tried.max()])]
    shares = profile(cases.pivot(index="instance", columns="name", values="seconds").astype(float))
    figure, axes = _figure("times the seconds of the fastest", "share of instances proved")
    last = max(float(shares.index.max()) * 1.5, 10.0)
    methods, engines = list(dict.fromkeys(cases["method"])), list(dict.fromkeys(cases["engine"]))
    for name, method, engine in dict.fromkeys(
        zip(cases["name"], cases["method"], cases["engine"], strict=True)
    ):
        x, y = [*shares.index, last], [*shares[name], shares[name].iloc[-1]]
        kind = engines.index(engine)
        axes.step(
            x,
            y,
            where="post",
            label=name,
            color=f"C{methods.index(method)}",
            linestyle=_LINES[kind % len(_LINES)],
            marker=_MARKERS[kind % len(_MARKERS)],
            markersize=4,
            markevery=0.2,
        )
    axes.set_xscale("log")
    axes.set_xlim(1.0, last)
    axes.set_ylim(-0.02, 1.02)
    axes.legend(fontsize=7, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def draw_gap(frame: pd.DataFrame) -> Figure:
    """Draw what plan and bound lack to the optimum after each limit; one point a process.

    The optimum is the best score that any method found. Points are missing where there is no plan, or no
    bound.
    """
    from matplotlib.figure import Figure

    cases = cases_of(frame)
    instances = list(dict.fromkeys(cases["instance"]))
    figure = Figure(figsize=(4.2 * len(instances), 6.4), layout="constrained")
    grid = figure.subplots(2, len(instances), squeeze=False, sharex=True)
    for column, instance in enumerate(instances):
        group = cases[cases["instance"] == instance]
        best = float(group["score"].max())
        for row, (name, sign) in enumerate((("score", -1), ("bound", 1))):
            axes = grid[row, column]
            _draw_lacking(axes, group, name, sign, best)
            axes.set_ylabel(f"{name}: per cent {'below' if sign < 0 else 'above'} the optimum")
        grid[0, column].set_title(instance, fontsize=9)
        grid[1, column].set_xlabel("time limit, seconds")
    grid[0, 0].legend(fontsize=7, frameon=False)
    return figure


def _draw_lacking(axes: Axes, group: pd.DataFrame, name: str, sign: int, best: float) -> None:
    """Draw a line for each method."""
    for k, (key, lines) in enumerate(group.groupby(["method", "engine"], sort=False)):
        known = lines[lines[name].notna()]
        lacking = sign * 100 * (known[name].astype(float) - best) / best
        # a bound below a plan is wrong, and told by the runner; it is not drawn as a good one
        valid = (lacking >= -100 * _CLOSED).to_numpy()
        x, y = known["limit"][valid], lacking[valid].clip(lower=100 * _CLOSED)
        label, marker = " ".join(map(str, key)).strip(), _MARKERS[k % len(_MARKERS)]
        axes.plot(x, y, color=f"C{k}", marker=marker, markersize=5, label=label)
    axes.set_xscale("log")
    axes.grid(visible=True, which="major", alpha=0.3)
    _gap_axis(axes, "closed", float(group["limit"].min()))


def draw_growth(frame: pd.DataFrame) -> Figure:
    """Draw seconds against municipalities, a line for each number of municipalities a merger."""
    cases = cases_of(frame)
    cases["per"] = [float(name.split("-")[2]) for name in cases["instance"]]
    figure, axes = _figure("municipalities", "seconds to solve, all processors")
    for k, (per, group) in enumerate(cases.groupby("per")):
        done = group[group["status"] == "optimal"]
        label, marker = f"{per:g} municipalities a merger", _MARKERS[k]
        line = axes.plot(done["size"].astype(float), done["t:solve"], marker=marker, label=label)[0]
        _unfinished(axes, group, "size", line.get_color())
    axes.set_xscale("log")
    axes.set_yscale("log")
    return _labelled(figure, axes)


def draw_hardness(frame: pd.DataFrame) -> Figure:
    """Draw the gap that the limit leaves, a line for each frame size; cases without a plan are left out."""
    cases = cases_of(frame)
    cases["per"] = [float(name.split("-")[2]) for name in cases["instance"]]
    cases["n"] = [int(name.rpartition("/")[2].split("-")[0]) for name in cases["instance"]]
    figure, axes = _figure("municipalities a merger", "gap, per cent of the score")
    for k, (n, group) in enumerate(cases.groupby("n")):
        gaps = [(row["per"], gap_of(row["score"], row["bound"])) for _, row in group.iterrows()]
        points = [(per, 100 * max(gap, _CLOSED)) for per, gap in gaps if gap is not None]
        if points:
            axes.plot(*zip(*points, strict=True), marker=_MARKERS[k], label=f"one frame of {n:,}")
    _gap_axis(axes, "proved", 2.0)
    return _labelled(figure, axes)


def draw_districting(frame: pd.DataFrame) -> Figure:
    """Draw our seconds beside those published; hollow where we did not prove within the limit."""
    cases = cases_of(frame)
    cases["seconds"] = cases["t:build"] + cases["t:solve"]
    figure, axes = _figure("published seconds (another machine, Gurobi, 8 cores)", "our seconds")
    proved = cases["status"].isin(["optimal", "infeasible"])
    for some, filled in ((cases[proved], True), (cases[~proved], False)):
        axes.plot(
            some["f:published seconds"],
            some["seconds"],
            _MARKERS[0],
            color="C0",
            fillstyle="full" if filled else "none",
            label="" if filled else "not proved",
        )
    low, high = 0.01, 50.0
    axes.plot([low, high], [low, high], color="0.6", linewidth=0.8, linestyle=":")
    axes.set_xscale("log")
    axes.set_yscale("log")
    return _labelled(figure, axes)


def draw_recombination(frame: pd.DataFrame) -> Figure:
    """Draw the best value that a chain has met by then, less our optimum; ours is a point on zero."""
    from matplotlib.figure import Figure

    cases = cases_of(frame)
    cases["aim"] = [json.loads(text)["aim"] for text in cases["options"]]
    aims = {"score": "points below the optimum", "cut edges": "cut edges above the optimum"}
    figure = Figure(figsize=(2 * 4.6, 4.2), layout="constrained")
    for axes, (aim, label) in zip(figure.subplots(1, 2), aims.items(), strict=True):
        group = cases[cases["aim"] == aim]
        ours = group[group["method"] == "refzones"].set_index("instance")
        for k, (_, row) in enumerate(group[group["method"] == "gerrychain"].iterrows()):
            best, name = ours.loc[row["instance"], "score"], row["instance"].rpartition("/")[2]
            line = axes.plot(*_lacking_after(row, best), marker=_MARKERS[k], label=f"gerrychain, {name}")[0]
            axes.plot(ours.loc[row["instance"], "t:solve"], 0.0, "*", color=line.get_color(), markersize=11)
        axes.plot([], [], "*", color="0.3", label="refzones: proved optimum")
        axes.set_xscale("log")
        axes.set_xlabel("seconds")
        axes.set_ylabel(label)
        axes.grid(visible=True, which="major", alpha=0.3)
        _labelled(figure, axes)
    return figure


def _lacking_after(row: pd.Series, best: int) -> tuple[list[float], list[float]]:
    """Seconds, and what the best value met by then lacks."""
    marks = [name for name in row.index if str(name).startswith("f:after ") and str(name).endswith(" s")]
    points = sorted(
        (float(str(name).split()[1]), (int(best) - row[name]) / _NANO) for name in marks if _there(row[name])
    )
    return [x for x, _ in points], [y for _, y in points]


def draw_sampling(frame: pd.DataFrame) -> Figure:
    """Draw how far the chain's distribution is from the exact ones, against steps; a thin line a seed."""
    from specs.sampling import CHECKPOINTS, MEASURES, NEAR

    cases = cases_of(frame)
    figure, axes = _figure("steps", "largest difference of cumulative distributions")
    chains = cases[(cases["method"] != "refzones") & ~cases["status"].isin(BROKEN)]
    for k, (method, group) in enumerate(chains.groupby("method", sort=False)):
        for m, measure in enumerate(MEASURES):
            for n, (_, row) in enumerate(group.iterrows()):
                marks = [(steps, row.get(f"f:after {steps}")) for steps in CHECKPOINTS]
                known = [(steps, mark[measure][0]) for steps, mark in marks if isinstance(mark, dict)]
                label = f"{method}, {measure}" if n == 0 else None
                x, y = [steps for steps, _ in known], [off for _, off in known]
                axes.plot(x, y, color=f"C{3 * k + m}", marker=_MARKERS[m], markersize=3, lw=0.9, label=label)
    axes.axhline(NEAR, color="0.6", linewidth=0.8, linestyle=":")
    axes.set_xscale("log")
    axes.set_yscale("log")
    return _labelled(figure, axes)


FIGURES: dict[str, Callable[[Any], Figure]] = {
    "formulations": draw_profile,
    "gap": draw_gap,
    "growth": draw_growth,
    "hardness": draw_hardness,
    "districting": draw_districting,
    "recombination": draw_recombination,
    "sampling": draw_sampling,
}
"""Figure of each benchmark that has one, by name."""


def draw(name: str, frame: pd.DataFrame, folder: Path) -> Path | None:
    """Draw the figure of a benchmark into a folder; None where it has none."""
    if name not in FIGURES:
        return None
    figure = FIGURES[name](frame)
    file = folder / f"{name}.png"
    figure.savefig(file, dpi=110, metadata={"Software": None})
    return file


def _figure(x: str, y: str) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(visible=True, which="major", alpha=0.3)
    return figure, axes


def _gap_axis(axes: Axes, word: str, left: float) -> None:
    """Make the axis of gaps logarithmic, with a line where there is none left."""
    drawn = [np.asarray(line.get_ydata(), dtype=np.float64) for line in axes.lines]
    axes.set_ylim(100 * _CLOSED / 3, 2 * max((float(np.max(y)) for y in drawn if len(y)), default=50.0))
    axes.set_yscale("log")
    axes.axhline(100 * _CLOSED, color="0.6", linewidth=0.8, linestyle=":")
    axes.annotate(word, (left, 100 * _CLOSED), xytext=(2, 3), textcoords="offset points", color="0.4")


def _unfinished(axes: Axes, group: pd.DataFrame, x: str, color: Any) -> None:
    """Hollow marks at the limit where a case was not proved."""
    rest = group[(group["status"] != "optimal") & ~group["status"].isin(BROKEN)]
    axes.plot(rest[x].astype(float), rest["t:solve"], "o", fillstyle="none", color=color)


def _there(value: Any) -> bool:
    return value is not None and not np.isnan(value)


def _labelled(figure: Figure, axes: Axes) -> Figure:
    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize=7, frameon=False)
    return figure
