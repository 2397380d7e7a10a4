"""Answering a scenario: region by region, in parallel, each with its proof."""

from __future__ import annotations

from collections.abc import Sequence

from ...instances.common.deprecated import parameters_into
from ...instances.instance import Instance
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..candidates.region import wanted_regions
from ..deadline import Limits
from ..engines import DEFAULT
from ..executing.choosing import executor_of
from ..executing.executor import Executor
from ..incumbents import Live
from ..progress import Progress
from ..results.result import PARTITION, Result
from .answering import LARGEST_SEED, Work, answer
from .side_by_side import DECIDING


@parameters_into(Limits, "limits", time_limit="seconds")
def solve(
    instance: Instance,
    scenario: Scenario,
    *,
    regions: Sequence[str] | None = None,
    engine_name: str = DEFAULT,
    formulation: str = PARTITION,
    workers: int | None = None,
    limits: Limits = Limits(),
    seed: int = 0,
    progress: Progress | None = None,
    live: Live | None = None,
    decided: bool = False,
    cluster: Executor | str | None = None,
) -> Result:
    """Find the best plan and prove that none is better.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    regions : sequence of str, optional
        Reference regions to answer for; all by default. Scores are still divided by the inhabitants of the
        whole instance, so that a region's score is its share in the score of all.
    engine_name : str
        See `engine`.
    formulation : {'partition', 'flow', 'multiflow', 'cut', 'cpsat'}
        'partition' lists candidates, and goes other ways where they are too many. The others are compact: see
        `solve_compact`. They find the same score, but of equal plans any; 'cpsat' has its own engine.
    workers : int, optional
        Regions worked on at a time; by default one for each processor. Does not change the answer.
    limits : Limits
        After them, the best plan and bound so far.
    seed : int
        For the engines' own choices. Does not change an answer that is proved: ties are broken by rule.
    progress : callable, optional
        Called with a `Step` for each region that is done.
    live : callable, optional
        Called with an `Incumbent`, a few times a second at most, while a region takes long: the best plan so
        far and the bound so far. Where candidates are listed, nothing is told before the region is done.
    decided : bool
        Say of each part of a plan that is proved how decided it is (`Merger.decided`), when all regions are
        answered: in `DECIDING` seconds, or as long as that took, within the limits.
    cluster : Executor or str, optional
        What answers in place of this process: the Dask scheduler at an address, or an executor such as
        `Cluster`. Does not change the answer. The limit of memory is one of each of its processes.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        Scenario and instance do not fit, the scenario says nothing of what it weighs, or an option is wrong.
    EngineError
        The engine broke down.

    Examples
    --------
    >>> from refzones.instances import load
    >>> solve(load("flanders-2025"), Scenario.preset("mergers"), regions=["Waasland"]).status
    'optimal'
    """
    return answer(
        instance,
        scenario,
        regions=regions,
        engine_name=engine_name,
        formulation=formulation,
        workers=workers,
        limits=limits,
        seed=seed,
        progress=progress,
        live=live,
        decided=decided,
        executor=executor_of(cluster),
    )


def check_question(
    instance: Instance, scenario: Scenario, regions: Sequence[str], formulation: str, engine_name: str
) -> None:
    """Make sure that `solve` would take a question.

    Raises
    ------
    InputError
        Scenario and instance do not fit, or the formulation does not fit either; everything is listed.
    """
    instance = framed(instance, scenario)
    wanted_regions(instance, regions)
    Work.of(instance, scenario, formulation, engine_name, regions)


__all__ = ["DECIDING", "LARGEST_SEED", "check_question", "solve"]
