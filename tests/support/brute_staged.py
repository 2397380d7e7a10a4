"""Brute force over all pairs of maps of two dates."""

from __future__ import annotations

from dataclasses import dataclass

from refzones.instances import Instance
from refzones.models.scenario.staged import StagedScenario
from refzones.solver.verification.figures import score_nano

from .admissible import Rules
from .brute import Parts, admissible_parts, members_of, partitions

Map = list[tuple[int, ...]]


@dataclass(frozen=True)
class RoadBruteForce:
    """The best pair of maps; of several, the one that the rule for ties chooses.

    Attributes
    ----------
    sum_nano : int
    target, earlier : list of tuple of int
        By first member. The rule for ties: the first target map in order, then the first earlier map.
    """

    sum_nano: int
    target: Map
    earlier: Map


def brute_force_road(instance: Instance, scenario: StagedScenario) -> RoadBruteForce | None:
    """Enumerate all target maps, and with each of them all earlier maps; None where no two keep the rules."""
    first, second = (Rules(instance, asked) for asked in scenario.stages)
    if first.refused() or second.refused():
        return None
    regions = [_best(first, second, scenario, region) for region in range(len(instance.regions))]
    if not all(regions):
        return None
    scores, targets, earliers = zip(*(best for best in regions if best), strict=True)
    return RoadBruteForce(
        -sum(scores),
        sorted(p for some in targets for p in some),
        sorted(p for some in earliers for p in some),
    )


def _best(first: Rules, second: Rules, scenario: StagedScenario, region: int) -> tuple[int, Map, Map] | None:
    instance, stays = first.instance, scenario.unmerged == "may_stay"
    members = [i for i in range(len(instance)) if int(instance.region[i]) == region]
    everybody = sum(1 << i for i in members)
    late, early = admissible_parts(second, members), _earlier(first, members, stays)
    years = scenario.lasting
    # whole numbers in the proportion of the years
    shares = (years[0] / years[1]).as_integer_ratio()
    best: tuple[int, Map, Map] | None = None
    earlier_maps = [
        plan
        for plan in partitions(everybody, early)
        if first.number_is_right(region, sum(early[part][1] for part in plan))
    ]
    for plan in partitions(everybody, late):
        if not second.number_is_right(region, sum(late[part][1] for part in plan)):
            continue
        homes = {i: part for part in plan for i in members_of(part)}
        for before in earlier_maps:
            if not all(_stays_whole(part, homes, scenario.merged_again) for part in before):
                continue
            score = shares[0] * sum(early[part][0] for part in before)
            score += shares[1] * sum(late[part][0] for part in plan)
            found = (-score, sorted(map(members_of, plan)), sorted(map(members_of, before)))
            best = found if best is None else min(best, found)
    return best


def _stays_whole(part: int, homes: dict[int, int], merged_again: str) -> bool:
    around = {homes[i] for i in members_of(part)}
    if len(around) > 1:
        return False
    return merged_again == "allowed" or part.bit_count() == 1 or around == {part}


def _earlier(rules: Rules, members: list[int], stays: bool) -> Parts:
    """Mergers of the earlier map, and where all may stay each municipality that nothing holds together."""
    parts = admissible_parts(rules, members)
    if not stays:
        return parts
    held = {i for group in rules._together if len(group) > 1 for i in group}
    held |= {i for group in rules._kept for i in group}
    asked = rules.scenario
    # who stays misses no bound, soft ones included
    everybody = asked.rules.model_copy(update={"staying": rules.instance.codes})
    exempt = asked.model_copy(update={"rules": everybody})
    for i in members:
        if i not in held:
            parts[1 << i] = (score_nano(rules.instance, exempt, (i,)), False)
    return parts
