"""Makes all tables and figures of `benchmarks/README.md` from the results that are kept.

``python benchmarks/report.py`` puts a table, and the figure where there is one, between the marks
``<!-- begin NAME -->`` and ``<!-- end NAME -->`` of each benchmark; the words around them are written by
hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from machine import QUIET, described
from plots import draw
from refzones.instances import InputError, reject
from refzones.instances.common.atomic import staged_folder, write_file
from registry import benchmarks
from results import read_rows
from tables import table

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).parent
_PAUSE = 900.0  # seconds between two measurements of a table after which it was begun anew


def main(arguments: list[str] | None = None) -> int:
    """Fill the report; exit code 2 where a mark or all results are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--results", type=Path, default=HERE / "results", metavar="FOLDER")
    parser.add_argument("--readme", type=Path, default=HERE / "README.md", metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        told = report(options.results, options.readme)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{options.readme.name}: {', '.join(told)}")
    return 0


def report(results: Path, readme: Path) -> list[str]:
    """Fill the marks of a report.

    Returns
    -------
    list of str
        Benchmarks that were put in.

    Raises
    ------
    InputError
        There are no results, or the report has no mark for one of them.
    """
    text = readme.read_text(encoding="utf-8")
    told: dict[str, pd.DataFrame] = {}
    with staged_folder(readme.parent / "figures") as staging:
        for name, one in benchmarks().items():
            frame = None if one.hidden else read_rows(results, name)
            if frame is None:
                continue
            file = draw(name, frame, staging)
            picture = f"![{one.title}](figures/{file.name})\n\n" if file else ""
            block = f"{about(frame)}\n\n{picture}{table(name, frame)}"
            text = filled(text, name, block, readme.name)
            told[name] = frame
    if not told:
        reject("there are no results", "run benchmarks/run.py first", file=str(results))
    if "<!-- begin load -->" in text:
        text = filled(text, "load", busyness(told), readme.name)
    write_file(readme, text)
    return list(told)


def filled(text: str, name: str, block: str, file: str) -> str:
    """Put a block between the marks of a benchmark."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        reject("the report has no place for a benchmark", f"add {begin} and {end}", file=file, value=name)
    return pattern.sub(lambda _: f"{begin}\n{block}\n{end}", text, count=1)


def busyness(frames: Mapping[str, pd.DataFrame]) -> str:
    """Say how busy the machine was when tables were begun, and what follows for seconds.

    What the measurements of a table leave behind for each other is their own work.
    """
    highest = {name: _load_before(frame) for name, frame in frames.items()}
    cores = max(int(frame["cores"].max()) for frame in frames.values())
    busy = [name for name, load in highest.items() if load >= QUIET]
    most = max(highest.values())
    known = f"The load average before a table was begun was at most {most:.1f} on {cores} processors"
    if not busy:
        return f"{known}: nothing else of weight was running."
    if len(busy) == len(highest):
        which = "all tables"
    else:
        which = f"the tables {', '.join(busy)} (the others at most {_rest(highest, busy):.1f})"
    return (
        f"{known}: other work was running before {which}. Their seconds may be too long, and what a limit "
        "cut off might have been finished within it on a quiet machine; ratios of three and more mean "
        "something there, and smaller ones do not."
    )


def _load_before(frame: pd.DataFrame) -> float:
    """Give the highest load average before measurements that no other of the table came just before."""
    import pandas as pd

    taken = frame[["measured_at", "load"]].drop_duplicates().sort_values("measured_at", kind="stable")
    moments = pd.to_datetime(taken["measured_at"]).diff().dt.total_seconds()
    return float(taken["load"][moments.isna() | (moments > _PAUSE)].max())


def _rest(highest: Mapping[str, float], busy: Collection[str]) -> float:
    return max(load for name, load in highest.items() if name not in busy)


def about(frame: pd.DataFrame) -> str:
    """Say when and on what the rows were measured, and how busy the machine was."""
    first = frame.iloc[0]
    days = sorted({moment[:10] for moment in frame["measured_at"]})
    load = f"{frame['load'].min():.1f} to {frame['load'].max():.1f}"
    repeats = int(frame["repeat"].max())
    times = "each case once" if repeats == 1 else f"medians of {repeats}"
    when = f"{' and '.join(days)}, {times}; load average {load} before the measurements"
    return f"*{when}. {described(dict(first))}.*"


if __name__ == "__main__":
    sys.exit(main())
