"""A search for zones with mergers inside them, where the zones are too many to list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ....models.question.constraints import NUMBER, plan_constraints
from ....models.scoring.model import Model
from ...candidates.sets import Part
from ...deadline import Deadline, TimeUpError
from ...incumbents import bound_found, plan_found, plans_unheard
from ...partition.answer import ComponentAnswer
from ..contract import Method, Task
from .bound import upper_bound
from .construction import construct_plan
from .current_plan import CurrentPlan
from .division import TreeDivision
from .network import Network
from .params import HeuristicParams
from .search import search
from .space import SearchSpace


@dataclass(frozen=True)
class NestedSearch(Method):
    """First zones with any mergers in each, then better ones, then a few zones anew.

    Zones are constructed as a level of its own, and each is divided into mergers, in little time at first:
    the plan is told then. Then mergers inside zones are bettered by `search`, and neighbouring zones are
    divided anew by trees, which is taken back unless the plan is better. The bound is that on zones and that
    on mergers, each as if it were alone.
    """

    params: HeuristicParams = field(default_factory=HeuristicParams)
    name = "nested-search"
    doing = "searching for a plan"
    of_levels = 2

    def accepts(self, task: Task) -> str | None:
        """See `Method.accepts`."""
        if len(task.levels) == 1:
            return "there is one level"
        region = task.component.region
        inside = plan_constraints(task.levels[0].question, region)
        if inside or any(one.name != NUMBER for one in plan_constraints(task.question, region)):
            return "it knows no bound on what zones or mergers add up to"
        return None

    def begin(self, task: Task, deadline: Deadline) -> ComponentAnswer:
        """See `Method.begin`."""
        within = self.params.beginning(deadline, len(task.component.municipalities))
        work = _Work(task, self.params, within)
        work.begin()
        return work.answer()

    def solve(self, task: Task, deadline: Deadline = Deadline()) -> ComponentAnswer:
        """See `Method.solve`."""
        work = _Work(task, self.params, deadline.part(self.params.searching))
        work.run(task.start)
        answer = work.answer()
        answer.bound = self._bound(task, deadline)
        bound_found(answer.bound, whole=True)
        return answer

    def _bound(self, task: Task, deadline: Deadline) -> int | None:
        """Bound zones and mergers, each as if they were alone; fixed parts included."""
        total = 0
        for model in task.levels:
            space, fixed = _space(task, model, task.component.municipalities.tolist(), self.params)
            bound = upper_bound(space, None, deadline)
            if bound is None:
                return None
            total += bound + sum(space.score(fixed))
        return total


def _space(
    task: Task, model: Model, members: Sequence[int], params: HeuristicParams
) -> tuple[SearchSpace, list[Part]]:
    """Give what is open of a level in some municipalities, and the fixed parts of the level there."""
    inside = set(members)
    fixed = [part for part, _ in model.question.fixed_parts(task.component.region) if inside.issuperset(part)]
    held = {i for part in fixed for i in part}
    free = np.array(sorted(inside - held), dtype=np.int64)
    return SearchSpace(model, task.component.region, free, task.engine, task.seed, params), fixed


class _Work:
    """The work on one task."""

    def __init__(self, task: Task, params: HeuristicParams, deadline: Deadline) -> None:
        self.task, self.params, self.deadline = task, params, deadline
        self.space, _ = _space(task, task.model, task.component.municipalities.tolist(), params)
        self.rng = np.random.default_rng([task.seed, task.component.region, len(self.space.municipalities)])
        self.zones: list[Part] | None = None
        self._inside: dict[Part, tuple[int, tuple[Part, ...]] | None] = {}
        self._bettered: set[Part] = set()

    def begin(self, start: ComponentAnswer | None = None) -> bool:
        """Take or construct a first plan; whether there is one."""
        if start is not None and start.score is not None:
            self._take(start)
            return True
        try:
            if any(self._divided(zone) is None for zone in self.task.fixed):
                return False
            for _ in range(self.params.again):
                current = construct_plan(self.space, self.rng, self.deadline)
                if current is not None and self._repaired(current):
                    self._tell()
                    break
        except TimeUpError:
            pass
        return self.zones is not None

    def run(self, start: ComponentAnswer | None) -> None:
        """Search until time is up, or a number of attempts gained nothing."""
        if not self.begin(start):
            return
        assert self.zones is not None
        try:
            for zone in (*self.task.fixed, *self.zones):
                if self._better(zone):
                    self._tell()
            idle = 0
            while idle < self.params.boundary.jumps * len(self.zones):
                self.deadline.check()
                idle += 1
                if self._anew(CurrentPlan.of(self.space, self.zones)):
                    self._tell()
                    idle = 0
        except TimeUpError:
            pass

    def _take(self, start: ComponentAnswer) -> None:
        """Take the zones of a plan, and its mergers in each."""
        for zone in start.zones:
            members = set(zone)
            inside = tuple(merger for merger in start.mergers if members.issuperset(merger))
            space, _ = _space(self.task, self.task.levels[0], zone, self.params)
            self._inside[zone] = sum(space.score(inside)), inside
        fixed = set(self.task.fixed)
        self.zones = [zone for zone in start.zones if zone not in fixed]

    def _tell(self) -> None:
        answer = self.answer()
        assert answer.score is not None
        plan_found(lambda: answer.mergers, answer.score, whole=True)

    def _repaired(self, current: CurrentPlan) -> bool:
        """Divide zones that hold no mergers anew with others beside them; whether all hold mergers then."""
        for _ in range(4 * len(current.parts) + 4):
            bad = [n for n in sorted(current.parts) if self._divided(current.parts[n]) is None]
            if not bad:
                self.zones = list(current.in_order())
                return True
            self._redivide(current, bad[int(self.rng.integers(len(bad)))])
        return False

    def _anew(self, current: CurrentPlan) -> bool:
        """Divide neighbouring zones anew, and take that if the plan is better; whether it is."""
        assert self.zones is not None
        before = self._worth(self.zones)
        numbers = sorted(current.parts)
        if not numbers:
            return False
        self._redivide(current, numbers[int(self.rng.integers(len(numbers)))])
        zones = list(current.in_order())
        if any(self._divided(zone) is None for zone in zones):
            return False
        for zone in set(zones) - set(self.zones):
            self._better(zone)
        if self._worth(zones) <= before:
            return False
        self.zones = zones
        return True

    def _redivide(self, current: CurrentPlan, number: int) -> None:
        """Divide a zone and one or two beside it into as many, by trees."""
        near = self.rng.permutation(current.near(number)).tolist()
        if not near:
            return
        window = sorted({number, *near[: 1 + int(self.rng.integers(2))]})
        network, params = Network.of(self.space), self.params.tight
        division = TreeDivision(network, self.rng, self.deadline, params.trees, params.trees_a_cut)
        made = division.divide(network.nodes(current.members(window)), len(window))
        parts = [] if made is None else [network.members(nodes) for nodes in made]
        if parts and all(map(self.space.is_admissible, parts)):
            current.swap(window, parts)

    def _divided(self, zone: Part) -> tuple[int, tuple[Part, ...]] | None:
        """Give the mergers that are found in a zone, with their score; None where none were found."""
        if zone not in self._inside:
            self._inside[zone] = self._searched(zone)
        return self._inside[zone]

    def _searched(self, zone: Part) -> tuple[int, tuple[Part, ...]] | None:
        space, fixed = _space(self.task, self.task.levels[0], zone, self.params)
        found: tuple[Part, ...] | None = ()
        if len(space.municipalities):
            with plans_unheard():
                found = search(space, self.deadline, reach="plan").parts
        if found is None:
            self.deadline.check()  # what time cut short is not remembered
            return None
        mergers = (*fixed, *found)
        return sum(space.score(mergers)), mergers

    def _better(self, zone: Part) -> bool:
        """Look for better mergers in a zone, from those that are known; whether there are such."""
        known = self._inside[zone]
        if known is None or zone in self._bettered:
            return False
        self.deadline.check()
        space, fixed = _space(self.task, self.task.levels[0], zone, self.params)
        if len(space.municipalities):
            open_ones = [merger for merger in known[1] if merger not in fixed]
            with plans_unheard():
                found = search(space, self.deadline, kicks=0, start=open_ones).parts
            mergers = (*fixed, *(found or open_ones))
            score = sum(space.score(mergers))
            if score > known[0]:
                self._inside[zone] = score, mergers
        self._bettered.add(zone)
        return self._inside[zone] != known

    def _worth(self, zones: Sequence[Part]) -> int:
        known = [self._divided(zone) for zone in zones]
        return sum(self.space.score(zones)) + sum(one[0] for one in known if one is not None)

    def answer(self) -> ComponentAnswer:
        """Give the plan, fixed parts included."""
        if self.zones is None:
            return ComponentAnswer()
        zones = (*self.task.fixed, *self.zones)
        inside = [one for zone in zones if (one := self._inside.get(zone)) is not None]
        mergers = tuple(merger for _, some in inside for merger in some)
        score = sum(self.space.score(zones)) + sum(worth for worth, _ in inside)
        return replace(ComponentAnswer(), mergers=mergers, zones=zones, score=score)
