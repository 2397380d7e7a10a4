"""Whole regions by a compact formulation, with the answer that listing gives: plan, bound, proof."""

from __future__ import annotations

from dataclasses import dataclass

from ...instances.common.problems import Problems, reject, suggest
from ...models.formulations.assignment import Count
from ...models.scenario.scenario import Scenario
from ...models.scorer import Scorer
from ..candidates.components import Component
from ..engines import EngineError
from ..methods.compact.answer import CompactAnswer
from ..methods.compact.solve import FORMULATIONS, solve_compact
from ..results.mergers import make_parts
from .region import RegionSolver

Part = tuple[int, ...]

_FLOWS = ("flow", "multiflow")  # formulations with columns that need not be whole
_TIME = "no plan was found within the time limit"
_OPEN = "the engine ended before it was proved"
_TOLERANCE = "optimal within the tolerance of the engine; its last billionths of a point are not proved"


@dataclass
class CompactRegionSolver(RegionSolver):
    """The work on one region by a compact formulation; see `RegionSolver`.

    Frames are solved one after the other, each with its share of the time that is left. A plan that is
    optimal only within the tolerance of an engine is 'feasible' here, with the reason beside it: 'optimal'
    is said of scores that meet their bound.
    """

    formulation: str = "cut"

    def _solve_frame(self, frame: Component, settled: list[Part]) -> None:
        free = frame.without(settled)
        if not len(free.municipalities):
            self._note_settled(frame, settled)
            return
        if self._is_torn(free):
            self._rule_out(self._indivisible(frame))
            return
        if self.deadline.passed:
            self._give_up(_TIME)
            return
        try:
            found = solve_compact(
                self.question,
                self.scorer,
                free,
                self.formulation,
                self.engine,
                count=self._count_without(settled),
                seed=self.seed,
                deadline=self.deadline.part(self.share()),
            )
        except EngineError as error:
            self._give_up(str(error))
            return
        self._note_compact(frame, settled, found)

    def _note_settled(self, frame: Component, settled: list[Part]) -> None:
        """Nothing is open: there is one plan, or none if it has the wrong number of parts."""
        limits = self.question.count(self.region)
        number = sum(self.question.is_counted(part) for part in settled)
        if limits is not None and not limits[0] <= number <= (number if limits[1] is None else limits[1]):
            self._rule_out(self._indivisible(frame))
            return
        self._add(settled, sum(part.score_nano for part in make_parts(self.question, self.scorer, settled)))

    def _is_torn(self, free: Component) -> bool:
        """Whether a group that must be in one part is only half in the frame."""
        inside = set(free.municipalities.tolist())
        return any(0 < len(inside & set(group)) < len(group) for group in self.question.together)

    def _count_without(self, settled: list[Part]) -> Count | None:
        """Bounds on the number of parts beside those that are settled."""
        limits = self.question.count(self.region)
        if limits is None:
            return None
        fixed = sum(self.question.is_counted(part) for part in settled)
        least, most = limits
        return max(0, least - fixed), None if most is None else most - fixed

    def _note_compact(self, frame: Component, settled: list[Part], found: CompactAnswer) -> None:
        for stage, seconds in found.stages.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + seconds
        fixed = sum(part.score_nano for part in make_parts(self.question, self.scorer, settled))
        bound = None if found.bound_nano is None else found.bound_nano + fixed
        if found.infeasible:
            self._rule_out(self._indivisible(frame))
        elif found.score_nano is None:
            self._give_up(_TIME, bound)
        else:
            self._add([*settled, *found.parts], bound)
            if found.status == "feasible":
                self.reasons.append(_TOLERANCE if found.proof == "tolerance" else _OPEN)

    def _add(self, parts: list[Part], bound: int | None) -> None:
        """Take parts into the plan."""
        self.parts += make_parts(self.question, self.scorer, parts)
        self.bound = None if self.bound is None or bound is None else self.bound + bound


def check_formulation(formulation: str, scenario: Scenario, scorer: Scorer, engine_name: str) -> None:
    """Make sure that a compact formulation can ask what a scenario asks, of this engine.

    Raises
    ------
    InputError
        There is no such formulation, or the engine cannot solve it, or the scenario is nested, or terms that
        weigh something have no linear form; each of them is named.
    """
    if formulation not in FORMULATIONS:
        reject(
            "there is no such formulation",
            suggest(formulation, ["partition", *FORMULATIONS]),
            value=formulation,
        )
    problems = Problems()
    if formulation in _FLOWS and engine_name.lower() == "cpsat":
        problems.add(
            f"the engine 'cpsat' takes only whole numbers, and the flows of '{formulation}' may be broken",
            "use highs, scip or cbc, or the formulation 'cpsat'",
        )
    if scenario.level == "nested":
        problems.add(
            "compact formulations decide one level at a time, and this scenario nests mergers in zones",
            "use the formulation 'partition', or a scenario of one level",
            value=formulation,
        )
    for term in scorer.terms:
        if scorer.scenario.weights[term.name] > 0 and not term.is_linear:
            problems.add(
                f"{term.name}: this term cannot be written as a linear expression, as the formulation "
                f"'{formulation}' needs",
                "leave it out, give it the weight 0, or use the formulation 'partition'",
            )
    problems.raise_if_any()
