"""What commands about families of plans share: regions without a plan, plans as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...instances.instance import Instance
from ...models.scenario.scenario import Scenario
from ...solver.candidates.region import Part
from ...solver.deadline import Deadline
from ..clock import Clock


def explain_missing(
    instance: Instance, scenario: Scenario, regions: Sequence[str], clock: Clock = Clock(Deadline())
) -> None:
    """Say of regions without a plan which rules clash, and what is enough to change, as `solve` does."""
    from ...solver.infeasibility.explanation import explain
    from ..terminal import show

    for region in regions:
        found = explain(instance, scenario, region, Deadline.after(clock.each(20.0, len(regions))))
        why = "no plan keeps all rules" if found is None else found.in_words()
        show.console.print(f"{region}: infeasible: {why}", soft_wrap=True)


def about(instance: Instance, scenario: Scenario) -> dict[str, Any]:
    """Say in JSON what plans were made for."""
    from importlib.metadata import version

    return {
        "schema_version": 1,
        "refzones": version("refzones"),
        "instance": {"name": instance.name, "hash": instance.hash},
        "scenario": scenario.model_dump(mode="json"),
    }


def coded(instance: Instance, parts: Sequence[Part]) -> list[list[str]]:
    """Give the parts of a plan as codes of their members."""
    return [[instance.codes[i] for i in part] for part in parts]


def picture_name(kind: str, region: str) -> str:
    """Name the file of a picture of a region, or of all."""
    from ..commands.solve import folder_name

    return f"{kind}{folder_name(region)}.png"


def pictures_left_out(number: int) -> str:
    """Say that there was no time for some pictures; empty for none."""
    if not number:
        return ""
    return (
        f"{number} {'picture was' if number == 1 else 'pictures were'} left out: the time limit left no more"
    )
