"""Proving again what a plan file calls proved: by the search; the verifier shares nothing with it.

A plan can be checked without knowing how it was found. That no better one exists can only be proved again.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...instances.instance import Instance
from ..deadline import Deadline, Limits
from ..engines import EngineError
from ..progress import Progress
from ..regions.solving import solve
from ..results.decided import NOT_KNOWN, Decided
from ..results.record import PLAN_FILE, MergerRecord, PlanRecord, RegionRecord
from ..results.region_result import TAKEN_OVER, RegionResult
from ..results.result import PARTITION

_SEARCH = "search"  # a stage of regions of which not all candidates were listed


@dataclass(frozen=True)
class Reproof:
    """What proving again has shown.

    Attributes
    ----------
    violations : tuple of str
        Claims that are not true, in words.
    proved : tuple of str
        Regions of which the answer was proved again: that the plan is optimal, that the bound holds, or
        that there is no plan.
    open : tuple of str
        Regions whose claims could not be told within the limit.
    """

    violations: tuple[str, ...]
    proved: tuple[str, ...]
    open: tuple[str, ...]


def prove_again(
    record: PlanRecord, instance: Instance, seconds: float, progress: Progress | None = None
) -> Reproof:
    """Answer the question of a plan file again, and compare status, bounds and numbers of candidates.

    Parameters
    ----------
    record : PlanRecord
        Verified already.
    instance : Instance
    seconds : float
        For all regions together.
    progress : callable, optional

    Returns
    -------
    Reproof
    """
    names, deadline = record.region_names, Limits(seconds).start()
    try:
        again = solve(
            instance,
            record.scenario,
            regions=names,
            limits=Limits(seconds),
            progress=progress,
            decided=any(part.price_status != "not known" for part in _parts(record)),
        )
    except EngineError:
        return Reproof((), (), tuple(names))
    violations, unpriced = _price_again(record, instance, deadline)
    proved, unclear = [], []
    for stated, answer in zip(record.regions, again.by_region, strict=True):
        wrong = _contradictions(stated, answer, record.formulation)
        wrong += _other_prices(stated, record, answer, instance)
        violations += [f"{PLAN_FILE}: {stated.name}: {text}" for text in wrong]
        if stated.bound_nano is None and stated.status != "infeasible":
            continue  # nothing is claimed
        if answer.status in ("optimal", "infeasible") and stated.name not in unpriced:
            proved.append(stated.name)
        else:
            unclear.append(stated.name)
        if _has_open_prices(stated, record, answer):
            unclear.append(f"{stated.name} (prices of mergers)")
    return Reproof(tuple(violations), tuple(proved), tuple(unclear))


def _price_again(
    record: PlanRecord, instance: Instance, deadline: Deadline
) -> tuple[list[str], frozenset[str]]:
    """Answer again without further columns; give what is untrue, and regions of which it is not told."""
    if record.also_price is None:
        return [], frozenset()
    names = record.region_names
    try:
        again = solve(
            instance,
            record.scenario.without_columns(),
            regions=names,
            limits=deadline.limits(),
        )
    except EngineError:
        return [], frozenset(names)
    wrong, unclear = [], set()
    for stated, answer in zip(record.also_price.regions, again.by_region, strict=True):
        score, least = stated.score_nano, answer.score_nano
        if answer.status not in ("optimal", "infeasible"):
            unclear.add(stated.name)
        elif score is not None and (least is None or score > least):
            there_is = "there is no plan" if least is None else f"the best plan scores {least}"
            wrong.append(_priced(stated.name, f"score_nano is {score}, but without the columns {there_is}"))
        if least is not None and stated.bound_nano is not None and stated.bound_nano < least:
            text = f"bound_nano is {stated.bound_nano}, but a plan scores {least}"
            wrong.append(_priced(stated.name, text))
    return wrong, frozenset(unclear)


def _priced(region: str, text: str) -> str:
    return f"{PLAN_FILE}: also_price: {region}: {text}"


def _contradictions(stated: RegionRecord, answer: RegionResult, formulation: str) -> list[str]:
    """What an answer shows to be untrue; any plan that keeps the rules counts, proved or not."""
    wrong = []
    if answer.score_nano is not None:
        if stated.status == "infeasible":
            wrong.append(f"status is 'infeasible', but there is a plan that scores {answer.score_nano}")
        elif stated.bound_nano is not None and stated.bound_nano < answer.score_nano:
            wrong.append(f"bound_nano is {stated.bound_nano}, but a plan scores {answer.score_nano}")
    elif answer.status == "infeasible" and stated.score_nano is not None:
        wrong.append("there is a plan, but none was found again")  # a defect of the search or the verifier
    if formulation == PARTITION and _lists_all(stated, answer) and stated.candidates != answer.candidates:
        wrong.append(f"candidates is {stated.candidates}; there are {answer.candidates}")
    return wrong


def _parts(record: PlanRecord) -> tuple[MergerRecord, ...]:
    return (*record.mergers, *record.zones)


def _other_prices(
    stated: RegionRecord, record: PlanRecord, answer: RegionResult, instance: Instance
) -> list[str]:
    """Which prices of plans without a part are not those that are found again."""
    if stated.status != "optimal" or answer.score_nano != stated.score_nano:
        return []
    wrong = []
    for parts, own in ((record.mergers, answer.mergers), (record.zones, answer.zones)):
        again = {part.members: part.decided for part in own}
        for part in parts:
            if part.region != stated.name or part.price_status == "not known":
                continue
            members = tuple(instance.index[code] for code in part.members)
            # the plan found again may be another one that scores the same
            right = again.get(members, Decided("proved", 0))
            if right.status != "not known" and right != part.decided:
                wrong.append(f"the price without {part.name} is {_told(part.decided)}; it is {_told(right)}")
    return wrong


def _has_open_prices(stated: RegionRecord, record: PlanRecord, answer: RegionResult) -> bool:
    """Whether prices are stated that were not found again, or others could be."""
    open_ = ("not known", "rule")  # what a rule decides has no price
    claimed = any(part.region == stated.name and part.price_status not in open_ for part in _parts(record))
    return claimed and any(part.decided == NOT_KNOWN for part in (*answer.mergers, *answer.zones))


def _told(decided: Decided) -> str:
    return f"'{decided.status}'" if decided.price_nano is None else f"{decided.price_nano} (proved)"


def _lists_all(stated: RegionRecord, answer: RegionResult) -> bool:
    """Whether both answers come from a list of all candidates.

    Where time was short or there were too many, a stage of searching says so.
    """
    if stated.status == "no plan within limit" or answer.status not in ("optimal", "infeasible"):
        return False
    return _SEARCH not in answer.stages and not {_SEARCH, TAKEN_OVER} & stated.runtime.keys()
