"""What the page opens with: the plan of a run, and the browser."""

from __future__ import annotations

from pathlib import Path

from ...solver.results.record import read_record
from .contract.scenarios import plain_scenario
from .contract.works import Step
from .states import State
from .works import History, Works


def work_of_plan(works: Works, path: Path) -> History:
    """Begin a work from a run: its scenario, then its plan as it was drawn.

    Raises
    ------
    InputError
        The run cannot be read, or was made for other data.
    """
    record = read_record(path)
    record.check_instance(works.instance)
    plan = record.plan(works.instance)
    scenario = plain_scenario(record.scenario)
    codes = works.instance.codes
    drawn = tuple(tuple(codes[i] for i in merger.members) for merger in plan.mergers)
    states = (State(scenario), State(scenario, drawn, Step(said="open")))
    return works.begin(record.scenario, record.scenario.name, states)


def open_browser(url: str) -> None:
    """Open the page in the browser of this computer, if it has one."""
    import webbrowser

    from ..terminal.console import say

    try:
        opened = webbrowser.open(url)
    except webbrowser.Error:
        opened = False
    if not opened:
        say("no browser could be opened: open the address yourself")
