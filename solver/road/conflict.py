"""Why no schedule keeps all rules, and what is enough to change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from ortools.sat.python import cp_model

from ...instances.common.activity import doing
from ..deadline import Deadline, TimeUpError
from ..engines.cpsat import new_solver
from .problem import RoadProblem
from .programme import RoadProgramme
from .rules import RoadRule


@dataclass(frozen=True)
class RuleChange:
    """A change of one rule.

    Attributes
    ----------
    rule : RoadRule
    enough : int or None
        The least number that its row must allow in place of its own; None where the rule is given up.
    """

    rule: RoadRule
    enough: int | None

    @property
    def text(self) -> str:
        """Say it, in a sentence without a full stop."""
        if self.enough is None:
            return f"give up: {self.rule.text}"
        if self.rule.kind == "compulsory":
            mergers = "1 merger" if self.enough == 1 else f"{self.enough:,} mergers"
            return f"let {mergers} not take effect, against: {self.rule.text}"
        return f"{self.enough:,} in place of {self.rule.rows[0].most:,}: {self.rule.text}"


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot hold together.

    Attributes
    ----------
    problem : RoadProblem
    rules : tuple of RoadRule
        The smallest set of rules that no schedule keeps: without any one of them there is no such conflict.
    alone : tuple of RuleChange
        Changes each of which is enough by itself.
    together : tuple of RuleChange
        The fewest changes that are enough together: of capacities alone where that can be, else of any rules.
        Empty where one of `alone` is as much.
    """

    problem: RoadProblem
    rules: tuple[RoadRule, ...]
    alone: tuple[RuleChange, ...]
    together: tuple[RuleChange, ...]


@doing("looking for what clashes")
def conflict_of(problem: RoadProblem, deadline: Deadline, *, seed: int = 0) -> Conflict:
    """Find the smallest set of rules that no schedule keeps, and the least change that is enough.

    The smallest set is a smallest hitting set of the sets of rules without which there is a schedule, which
    are found as they are needed (Ignatiev, Previti, Liffiton and Marques-Silva 2015). The fewest rules to
    change are found the other way round, as a smallest hitting set of conflicts.

    Raises
    ------
    TimeUpError
        The time was up before it was found.
    """
    search = _Search(problem, deadline, seed)
    smallest = search.smallest_conflict()
    alone = [change for place in smallest for change in search.enough([place]) or ()]
    together: list[RuleChange] = []
    if not any(change.rule.kind == "capacity" for change in alone):
        together = search.enough(_fewest(search, problem, bool(alone))) or []
    return Conflict(problem, tuple(problem.rules[k] for k in smallest), tuple(alone), tuple(together))


def _fewest(search: _Search, problem: RoadProblem, one_is_enough: bool) -> list[int]:
    """Find the fewest rules to change: capacities; else whatever leaves it compulsory; else any."""
    for kinds in (("capacity",), ("capacity", "agreement", "order", "rest")):
        others = {k for k, rule in enumerate(problem.rules) if rule.kind not in kinds}
        if (found := search.fewest_changes(others)) is not None:
            return found
    return [] if one_is_enough else search.fewest_changes() or []


class _Search:
    """Asks which rules can hold together."""

    def __init__(self, problem: RoadProblem, deadline: Deadline, seed: int) -> None:
        self._problem, self._deadline, self._seed = problem, deadline, seed
        self._all = range(len(problem.rules))

    def smallest_conflict(self) -> list[int]:
        given_up: list[set[int]] = []
        while True:
            chosen = self._hitting(given_up)
            when = self._any(chosen)
            if when is None:
                return chosen
            given_up.append(set(self._all) - self._grown(when))

    def fewest_changes(self, kept: Set[int] = frozenset()) -> list[int] | None:
        """Find the fewest rules without which there is a schedule; None where some that are kept conflict."""
        conflicts: list[set[int]] = []
        if self._any(kept) is None:
            return None
        while True:
            changed = self._hitting([one - kept for one in conflicts])
            others = [k for k in self._all if k not in changed]
            if self._any(others) is not None:
                return changed
            conflicts.append(self._shrunk(others))

    def enough(self, changed: Sequence[int]) -> list[RuleChange] | None:
        """Find how little some rules must change when all others are kept; None where that is not enough.

        Rules that count are changed by as little as can be, the first of them first.
        """
        programme = self._programme(k for k in self._all if k not in changed)
        changes = []
        for place in changed:
            rule = self._problem.rules[place]
            least = programme.least(rule.rows[0], self._deadline)
            if least is None:
                return None
            if rule.counts:
                programme.keep_row(rule.rows[0], least)
            changes.append(RuleChange(rule, least if rule.counts else None))
        return changes

    def _programme(self, rules: Iterable[int]) -> RoadProgramme:
        programme = RoadProgramme(self._problem, self._seed)
        programme.keep(self._problem.rules[k] for k in rules)
        return programme

    def _any(self, rules: Iterable[int]) -> tuple[int, ...] | None:
        return self._programme(rules).any(self._deadline)

    def _grown(self, when: Sequence[int]) -> set[int]:
        """Add rules to those that a schedule keeps, as long as there is one that keeps them all."""
        kept = self._kept(when)
        for k in self._all:
            if k not in kept and (found := self._any([*sorted(kept), k])) is not None:
                kept |= self._kept(found)
        return kept

    def _kept(self, when: Sequence[int]) -> set[int]:
        return {k for k in self._all if self._problem.rules[k].holds(when)}

    def _shrunk(self, rules: Sequence[int]) -> set[int]:
        """Leave rules out of a conflict, as long as it stays one."""
        left = list(rules)
        for k in rules:
            without = [one for one in left if one != k]
            if self._any(without) is None:
                left = without
        return set(left)

    def _hitting(self, sets: Sequence[set[int]]) -> list[int]:
        """Find the smallest set with something of each of some sets; of equals that of the first rules."""
        model, number = cp_model.CpModel(), len(self._all)
        chosen = [model.new_bool_var(f"h{k}") for k in self._all]
        for one in sets:
            model.add_bool_or([chosen[k] for k in one])
        model.minimize(cp_model.LinearExpr.weighted_sum(chosen, [number * number + k for k in self._all]))
        solver = new_solver(self._seed, self._deadline.remaining)
        if self._deadline.passed or solver.solve(model) != cp_model.OPTIMAL:
            raise TimeUpError
        return [k for k in self._all if solver.boolean_value(chosen[k])]
