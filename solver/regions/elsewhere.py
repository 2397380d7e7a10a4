"""Regions that are answered on other computers, component by component, and summed up here."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ..candidates.enumeration import TooManyCandidatesError
from ..candidates.sets import Part
from ..deadline import Deadline, Limits, TimeUpError
from ..engines import EngineError, engine
from ..executing.executor import Executor, Here, Lost
from ..incumbents import Incumbent, Live, Watch
from ..methods.registry import chain
from ..partition.answer import BestWithout, ComponentAnswer
from ..results.decided import NOT_KNOWN, Decided
from ..results.region_result import RegionResult
from .region import RegionSolver
from .together import Block

DECIDING = 60.0
"""Seconds in which plans without each part are proved, or as long as the answer itself took."""

_SMALL = 12  # municipalities; components of fewer go with another one of their region


@dataclass(frozen=True, eq=False)
class Asked:
    """What is asked of all regions.

    Attributes
    ----------
    blocks : tuple of Block
    formulation, engine_name : str
    seed : int
    memory : float or None
        Bytes that a process may take for lists and graphs.
    decided : bool
        Whether each part of a plan that is proved is priced too.
    """

    blocks: tuple[Block, ...]
    formulation: str
    engine_name: str
    seed: int
    memory: float | None
    decided: bool


@dataclass(frozen=True)
class Share:
    """Components of a block, as one task.

    Attributes
    ----------
    block : int
        Place of the block.
    places : tuple of int
        Of its components.
    """

    block: int
    places: tuple[int, ...]


Timed: TypeAlias = tuple[ComponentAnswer, float]
"""An answer, and the seconds that it took."""


@dataclass(frozen=True)
class Prices:
    """How decided the parts of the plan of a component are, as it was found elsewhere.

    Attributes
    ----------
    known : mapping of (int, tuple of int) to Decided
        By level and members.
    members : frozenset of int
        Municipalities of the component.
    """

    known: Mapping[tuple[int, Part], Decided]
    members: frozenset[int]

    def holds(self, part: Part) -> bool:
        """Whether a part of the plan lies in the component."""
        return self.members.issuperset(part)

    def of(self, level: int, part: Part, deadline: Deadline) -> Decided:
        """Say how decided a part is."""
        return self.known.get((level, part), NOT_KNOWN)

    def best_without(self, level: int, part: Part, deadline: Deadline) -> BestWithout:
        """Say how decided a part is; the plan without it was not kept."""
        return BestWithout(self.of(level, part, deadline))


def answer_share(asked: Asked, share: Share, here: Here) -> list[Timed]:
    """Answer components of a block: the task of a worker."""
    block = asked.blocks[share.block]
    limits = Limits(memory=here.memory(asked.memory))
    answers = []
    for place in share.places:
        begun = time.perf_counter()

        def live(incumbent: Incumbent, place: int = place) -> None:
            here.tell((share.block, place, incumbent))

        solver = RegionSolver(
            block.levels,
            block.region,
            [method.within(limits) for method in chain(asked.formulation)],
            engine(asked.engine_name),
            asked.seed,
            here.deadline,
            lambda: here.share,
            live,
        )
        answer = solver.answer_component(place)
        seconds = time.perf_counter() - begun
        prices = None
        if asked.decided:
            prices = _prices(block, answer, here.deadline.part(here.share).at_most(max(DECIDING, seconds)))
        # what is not needed to sum up stays here
        answers.append((replace(answer, pool={}, history=[], decisions=prices), seconds))
    return answers


def _prices(block: Block, answer: ComponentAnswer, deadline: Deadline) -> Prices | None:
    """Price the parts of a plan that is proved, while its candidates are there."""
    if answer.decisions is None or answer.status != "optimal":
        return None
    known = {}
    for level, parts in enumerate((answer.mergers, answer.zones)[: len(block.levels)]):
        settled = {part for part, _ in block.levels[level].question.fixed_parts(block.region)}
        for part in sorted({*parts} - settled):
            try:
                known[level, part] = answer.decisions.of(level, part, deadline)
            except (TimeUpError, TooManyCandidatesError, EngineError):
                known[level, part] = NOT_KNOWN
    return Prices(known, frozenset(i for part in answer.mergers for i in part))


def answered_elsewhere(
    executor: Executor,
    asked: Asked,
    solvers: Mapping[int, RegionSolver],
    deadline: Deadline,
    live: Live | None,
) -> Iterator[tuple[int, RegionResult]]:
    """Answer blocks elsewhere.

    Parameters
    ----------
    executor : Executor
    asked : Asked
    solvers : mapping of int to RegionSolver
        By the places of their blocks, in the order in which they are to be begun.
    deadline : Deadline
    live : callable, optional
        Told of better plans and bounds.

    Yields
    ------
    tuple of int and RegionResult
        As blocks are answered, each with its place. What was lost on the way has no plan, and the reason.
    """
    shares: list[Share] = []
    answers: dict[int, dict[int, Timed]] = {}
    sizes: dict[int, int] = {}
    for block, solver in solvers.items():
        if solver.at_sight():
            yield block, solver.solve()
            continue
        components = [len(one.municipalities) for one in solver.components()]
        sizes[block], answers[block] = len(components), {}
        shares += [Share(block, places) for places in _grouped(components)]
    watches = {block: Watch(solvers[block].name, sizes[block], live) for block in sizes} if live else {}

    def heard(message: tuple[int, int, Incumbent]) -> None:
        block, place, incumbent = message
        if block in watches and len(asked.blocks[block].regions) == 1:
            _note(watches[block], place, incumbent)

    if not shares:
        return
    for number, found in executor.each(
        answer_share, asked, shares, deadline=deadline, heard=heard if live else None
    ):
        share = shares[number]
        if isinstance(found, Lost):
            parts = [(ComponentAnswer(reason=found.reason), 0.0) for _ in share.places]
        else:
            parts = found
        answers[share.block].update(zip(share.places, parts, strict=True))
        if len(answers[share.block]) == sizes[share.block]:
            timed = [answers[share.block].pop(place) for place in range(sizes[share.block])]
            seconds = sum(one for _, one in timed)
            yield share.block, solvers[share.block].summed([one for one, _ in timed], seconds)


def _grouped(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """Group components: each large one is a task, and all small ones go with the first of them."""
    large = [place for place, size in enumerate(sizes) if size >= _SMALL]
    small = [place for place, size in enumerate(sizes) if size < _SMALL]
    groups = [(place,) for place in sorted(large, key=lambda place: -sizes[place])]
    first = (*small, *(groups[0] if groups else ()))
    return [first, *groups[1:]] if first else []


def _note(watch: Watch, place: int, incumbent: Incumbent) -> None:
    """Take note of what a worker tells of a component."""
    if incumbent.score_nano is not None:
        watch.plan_found(place, incumbent.mergers, incumbent.score_nano)
    if incumbent.bound_nano is not None:
        watch.bound_found(place, incumbent.bound_nano)


__all__ = ["Asked", "Prices", "Share", "answer_share", "answered_elsewhere"]
