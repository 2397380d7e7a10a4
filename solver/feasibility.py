"""Whether a region has a plan at all, told fast or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from ..instances.instance import Instance
from ..instances.problems import InputError
from ..models.question import Question, ask
from ..models.scenario import Demands, Scenario
from ..models.scorer import Scorer
from .engines import engine
from .frames import Frame, split
from .inside import Inside
from .limits import Deadline
from .region import RegionSolver

_SECONDS = 2.0  # for one question of whether there is a plan
_CANDIDATES = 150_000  # most to list for it


@dataclass
class Feasibility:
    """Says whether a region has a plan under a scenario; objective and other regions do not matter.

    Attributes
    ----------
    instance : Instance
    region : str
    deadline : Deadline
    """

    instance: Instance
    region: str
    deadline: Deadline

    def __call__(self, scenario: Scenario) -> bool | None:
        """True, False, or None where it cannot be told in time.

        Raises
        ------
        TimeUpError
            The deadline has passed.
        """
        self.deadline.check()
        if scenario.level != "nested":
            return self._one_level(scenario)
        mergers, zones = scenario.at("mergers"), scenario.at("zones")
        one_by_one = [self._one_level(mergers), self._one_level(zones)]
        if False in one_by_one:
            return False
        outer = self._asked(zones)
        if outer is not None and one_by_one[0] and self._may_be_one_zone(outer):
            return True
        return self._solved(scenario)

    def _one_level(self, scenario: Scenario) -> bool | None:
        question = self._asked(scenario)
        if question is None:
            return False
        return True if self._whole_frames_do(question) else self._solved(scenario)

    def _asked(self, scenario: Scenario) -> Question | None:
        """The question; None where it contradicts itself.

        Without one rule another may name somebody who cannot be placed at all.
        """
        try:
            return ask(self.instance, _compact(scenario), [self.region])
        except InputError:
            return None

    def _solved(self, scenario: Scenario) -> bool | None:
        """Whether there is a partition; any would do, but the most compact one is found soonest."""
        deadline = Deadline.after(_SECONDS)
        region = self.instance.regions.index(self.region)
        inside = None
        if scenario.level == "nested":
            inner = self._asked(scenario.at("mergers"))
            if inner is None:
                return False
            inside = Inside(inner, Scorer(self.instance, inner.scenario), region, deadline, _CANDIDATES)
        question = self._asked(scenario.at("zones") if inside else scenario)
        if question is None:
            return False
        scorer = Scorer(self.instance, question.scenario)
        solver = RegionSolver(
            question, scorer, region, engine(), 0, deadline, inside, most_candidates=_CANDIDATES
        )
        status = solver.solve().status
        return {"infeasible": False, "optimal": True, "feasible": True}.get(status)

    def _may_be_one_zone(self, zones: Question) -> bool:
        """Whether the whole region may be one zone: any mergers of the region are then inside it."""
        region = self.instance.regions.index(self.region)
        whole = len(zones.free_members(region)) == len(self.instance.members(region))
        return whole and len(split(zones, region)) == 1 and self._whole_frames_do(zones)

    def _whole_frames_do(self, question: Question) -> bool:
        """Whether each frame may be one part as a whole: tells most cases with a high maximum at once."""
        region = self.instance.regions.index(self.region)
        frames = split(question, region)
        if question.seats or question.count(region) is not None:
            return False
        return all(_may_be_one(question, frame) for frame in frames)


def _may_be_one(question: Question, frame: Frame) -> bool:
    bounds = question.scenario.population
    members = set(frame.of.tolist())
    return (
        bounds.lowest <= int(question.bounded[frame.of].sum()) <= bounds.highest
        and not any(members.issuperset(pair) for pair in question.apart)
        and not any(members & set(group) and not members.issuperset(group) for group in question.together)
        and all(has[frame.of].any() for _, has in question.required)
    )


def _compact(scenario: Scenario) -> Scenario:
    """The same rules with distance for its only term: its relaxation is tight, and nothing is lacking."""
    weights = {"distance": 1.0}
    zones = scenario.zones
    if zones is not None:
        demands = {key: getattr(zones, key) for key in Demands.model_fields} | {"weights": weights}
        zones = Demands.model_construct(**demands)
    return scenario.model_copy(update={"weights": weights, "zones": zones})
