"""Runs as users name them, verified before anything is told of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ...instances.common.problems import reject
from .plans import given_plan, instance_of

if TYPE_CHECKING:
    from ...instances.instance import Instance
    from ...solver.results.record import PlanRecord


Check: TypeAlias = "Callable[[PlanRecord, Instance], list[str]]"
"""Gives what is wrong with a plan, in words."""


def verified_run(path: Path, named: str | None, otherwise: str, check: Check) -> tuple[Instance, PlanRecord]:
    """Load the plan of a run and its instance, and verify it.

    Parameters
    ----------
    path : Path
        Folder of the run, or its `plan.json`.
    named : str, optional
        The instance, where it is named.
    otherwise : str
        What is said of a plan of other origin.
    check : callable
        Verifies it.

    Raises
    ------
    InputError
        It is no run, was made for other data, or does not pass verification.
    """
    given = given_plan(path)
    if given.record is None:
        reject(
            otherwise,
            "name the folder of a run; 'refzones evaluate' scores a plan of your own",
            file=str(path),
        )
    data, record = instance_of([given], named), given.record
    wrong = check(record, data)
    if wrong:
        reject(
            f"the plan does not pass verification: {wrong[0]}",
            "'refzones verify' lists everything; solve the scenario again",
            file=str(path),
        )
    return data, record
