"""What mergers that go first foreclose: the best plan that keeps them, its price, and what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import prod

from ...instances.common.activity import doing
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ...instances.plan_files.announced import Announced
from ...models.question.each_lock import Lock, LockKind, with_lock
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits
from ..infeasibility.explanation import explain
from ..plan_sets.alternatives import Loss
from ..plan_sets.census import census
from ..regions.solving import solve
from ..results.mergers import Merger
from ..results.points_in_words import points_in_words
from ..results.result import Result
from ..review.reason import Reason
from ..review.reasons import why_not
from ..verification.defects import check_own_plan
from .good_plans import GoodPlans, good_plans

MOST_ANNOUNCED = 10
_EXPLAINING = 10.0  # seconds
_LEAST = 1e-3  # seconds, where the time is up

Places = tuple[int, ...]
"""Places of announced mergers, ascending."""


@dataclass(frozen=True)
class Kept:
    """The best plan that keeps some announced mergers whole.

    Attributes
    ----------
    places : tuple of int
        Which of the announced mergers go first.
    why_not : str
        Why no plan keeps them, in a sentence without a full stop; empty where one does.
    price_nano : int or None
        What the best plan that keeps them lacks to the best of all; None where there is none, or its optimum
        is not proved.
    price_in_words : str
    lost : tuple of Merger
        Mergers of the best plan of all that the best plan which keeps them no longer has.
    good, good_left : int or None
        Good plans of the regions that they lie in, and how many of these have each of them; None where they
        are too many to list.
    plans, plans_left : int or None
        All plans of these regions, and how many of these have each of them; None where nobody asked, or they
        could not be counted.
    """

    places: Places
    why_not: str
    price_nano: int | None
    price_in_words: str
    lost: tuple[Merger, ...]
    good: int | None = None
    good_left: int | None = None
    plans: int | None = None
    plans_left: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether a plan keeps them."""
        return not self.why_not


@dataclass(frozen=True)
class Foreclosure:
    """What every choice of some announced mergers forecloses.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
    announced : tuple of Announced
    exactly : bool
        Whether nobody joins them later.
    loss : str
        What a good plan may lack to the best one of its region.
    best : Result
        The best plan of all.
    kept : tuple of Kept
        One for each set of announced mergers, the empty one first, small sets before large ones.
    """

    instance: Instance
    scenario: Scenario
    announced: tuple[Announced, ...]
    exactly: bool
    loss: str
    best: Result
    kept: tuple[Kept, ...]

    def of(self, places: Places) -> Kept:
        """Give what is known of a set of announced mergers."""
        return next(one for one in self.kept if one.places == places)

    def names(self, places: Places) -> tuple[str, ...]:
        """Name some announced mergers."""
        return tuple(self.announced[place].name for place in places)


@doing("pricing mergers that go first")
def foreclosure(
    instance: Instance,
    scenario: Scenario,
    announced: Sequence[Announced],
    loss: Loss,
    *,
    exactly: bool = False,
    all_plans: bool = False,
    limits: Limits = Limits(),
) -> Foreclosure:
    """Find for every set of announced mergers the best plan that keeps them.

    Regions are independent: each is solved once for each set of the announced mergers that lie in it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Of one level.
    announced : sequence of Announced
        At most ten.
    loss : Loss
        What a good plan may lack to the best one of its region.
    exactly : bool
        They stay as they are, whatever their size, and nobody merges twice. Without it, others may join them
        later.
    all_plans : bool
        Count all plans too, which may take long.
    limits : Limits

    Raises
    ------
    InputError
        There are too many announced mergers, or none, or the scenario has no plan without them.
    """
    if not 0 < len(announced) <= MOST_ANNOUNCED:
        what = "no merger is announced" if not announced else f"{len(announced)} mergers are announced"
        reject(what, f"name 1 to {MOST_ANNOUNCED}: every set of them is answered")
    instance = framed(instance, scenario)
    deadline = limits.start()
    best = solve(instance, scenario, limits=_left(deadline))
    if any(region.status == "infeasible" for region in best.by_region):
        reject("the scenario has no plan, whatever goes first", "'refzones solve' tells why")
    if best.plan is not None:
        solved = [region.name for region in best.by_region if region.score_nano is not None]
        check_own_plan(instance, scenario, best.plan, solved)
    asking = Asking(instance, scenario, tuple(announced), loss, exactly, all_plans)
    search = _Search(asking, best, deadline)
    sets = (some for size in range(len(announced) + 1) for some in combinations(range(len(announced)), size))
    kept = tuple(search.kept(places) for places in sets)
    return Foreclosure(instance, scenario, tuple(announced), exactly, loss.text, best, kept)


def _left(deadline: Deadline) -> Limits:
    return Limits(None if deadline.remaining is None else max(_LEAST, deadline.remaining))


@dataclass(frozen=True)
class Asking:
    """What is asked of every set of announced mergers; see `foreclosure`."""

    instance: Instance
    scenario: Scenario
    announced: tuple[Announced, ...]
    loss: Loss
    exactly: bool
    all_plans: bool

    @property
    def kind(self) -> LockKind:
        """How an announced merger is locked."""
        return "existing" if self.exactly else "together"

    def reason(self, one: Announced) -> Reason | None:
        """Say why a merger cannot go first, as far as that shows without a search."""
        return why_not(self.instance, self.scenario, self.kind, one.members)

    def regions_of(self, one: Announced) -> set[int]:
        """Give the regions that a merger lies in."""
        return {int(self.instance.region[i]) for i in one.members}


@dataclass(frozen=True)
class _Answer:
    """The best plan of a region that keeps some announced mergers, and how many plans do."""

    why_not: str
    score_nano: int | None
    mergers: tuple[Merger, ...]
    plans: int | None = None


class _Search:
    def __init__(self, asking: Asking, best: Result, deadline: Deadline) -> None:
        self._asking, self._deadline, self._best = asking, deadline, best
        self._answers: dict[tuple[int, Places], _Answer] = {}
        self._good: dict[int, GoodPlans | None] = {}
        self._whole = {region.name: region for region in best.by_region}
        self._reasons = tuple(asking.reason(one) for one in asking.announced)

    def kept(self, places: Places) -> Kept:
        against = self._against(places)
        if against:
            return Kept(places, against, None, "", ())
        by_region = self._by_region(places)
        answers = {region: self._answer(region, own) for region, own in by_region.items()}
        against = next((one.why_not for one in answers.values() if one.why_not), "")
        if against:
            return Kept(places, against, None, "", ())
        price, lost = self._price(answers)
        names = [self._asking.instance.regions[region] for region in by_region]
        words = points_in_words(self._asking.instance, self._asking.scenario, names, price) if price else ""
        return Kept(places, "", price, words, lost, *self._good_left(by_region), *self._plans_left(answers))

    def _price(self, answers: dict[int, _Answer]) -> tuple[int | None, tuple[Merger, ...]]:
        """Give what is lacking to the best plan, and the mergers of that which are lost."""
        price, lost = 0, []
        for region, answer in answers.items():
            whole = self._whole[self._asking.instance.regions[region]]
            if answer.score_nano is None or whole.score_nano is None or whole.status != "optimal":
                return None, ()
            price += whole.score_nano - answer.score_nano
            there = {merger.members for merger in answer.mergers}
            lost += [m for m in whole.mergers if len(m.members) > 1 and m.members not in there]
        return price, tuple(lost)

    def _by_region(self, places: Places) -> dict[int, Places]:
        found: dict[int, list[int]] = {}
        for place in places:
            (region,) = self._asking.regions_of(self._asking.announced[place])
            found.setdefault(region, []).append(place)
        return {region: tuple(own) for region, own in sorted(found.items())}

    def _against(self, places: Places) -> str:
        """Say what shows without a search: one cannot be, or two have a municipality in common."""
        announced, instance = self._asking.announced, self._asking.instance
        for a, b in combinations(places, 2):
            one, other = announced[a], announced[b]
            both = sorted(set(one.members) & set(other.members))
            if both:
                names = " + ".join(instance.names[i] for i in both)
                return f"{one.name} and {other.name} contradict each other: both have {names}"
        for place in places:
            reason = self._reasons[place]
            if reason is not None and reason.kind != "locked already":
                return f"{announced[place].name}: {reason.text}"
        return ""

    def _answer(self, region: int, places: Places) -> _Answer:
        if (region, places) not in self._answers:
            known = None if self._asking.exactly or self._asking.all_plans else self._known(region, places)
            self._answers[region, places] = known or self._solved(region, places)
        return self._answers[region, places]

    def _known(self, region: int, places: Places) -> _Answer | None:
        """Give what follows from a smaller set: no plan, or a best plan that has the other mergers whole too.

        Ties are broken by rule, so that the plan is the one that a search would give. Mergers that stay as
        they are keep no bounds, and nothing follows from fewer of them.
        """
        groups = [set(self._asking.announced[place].members) for place in places]
        for (other, fewer), answer in self._answers.items():
            if other != region or not set(fewer) < set(places):
                continue
            parts = [set(merger.members) for merger in answer.mergers]
            if answer.why_not or all(any(group <= part for part in parts) for group in groups):
                return answer
        return None

    def _solved(self, region: int, places: Places) -> _Answer:
        asking = self._asking
        name, asked = asking.instance.regions[region], asking.scenario
        for place in places:
            if self._reasons[place] is None:
                asked = with_lock(asking.instance, asked, Lock(asking.kind, asking.announced[place].members))
        result = solve(asking.instance, asked, regions=[name], limits=_left(self._deadline))
        answer = result.by_region[0]
        if answer.status == "infeasible":
            said = explain(asking.instance, asked, name, Limits(_EXPLAINING))
            words = "no plan keeps all rules" if said is None else said.in_words()
            names = "; ".join(asking.announced[place].name for place in places)
            return _Answer(f"{names}: {words}", None, ())
        if result.plan is not None:
            check_own_plan(asking.instance, asked, result.plan, [name])
        score = answer.score_nano if answer.status == "optimal" else None
        return _Answer("", score, answer.mergers, self._counted(asked, name))

    def _counted(self, asked: Scenario, region: str) -> int | None:
        if not self._asking.all_plans:
            return None
        limits = _left(self._deadline)
        return census(self._asking.instance, asked, regions=[region], limits=limits).of(region).count

    def _plans_left(self, answers: dict[int, _Answer]) -> tuple[int | None, int | None]:
        every = [self._answer(region, ()).plans for region in answers] if self._asking.all_plans else [None]
        return _product(every), _product([answer.plans for answer in answers.values()] or every)

    def _good_left(self, by_region: dict[int, Places]) -> tuple[int | None, int | None]:
        """Count the good plans of some regions, and those that have announced mergers."""
        every: list[int | None] = []
        left: list[int | None] = []
        for region, places in by_region.items():
            good = self._good_of(region)
            groups = [k for k, place in enumerate(self._there(region)) if place in places]
            every.append(None if good is None else good.number())
            left.append(None if good is None else good.number(groups))
        return _product(every), _product(left)

    def _there(self, region: int) -> Places:
        """Give the announced mergers that lie in a region."""
        asking = self._asking
        return tuple(k for k, one in enumerate(asking.announced) if asking.regions_of(one) == {region})

    def _good_of(self, region: int) -> GoodPlans | None:
        asking = self._asking
        if region not in self._good:
            groups = [asking.announced[place].members for place in self._there(region)]
            self._good[region] = good_plans(
                asking.instance,
                asking.scenario,
                asking.instance.regions[region],
                groups,
                asking.loss,
                self._deadline,
                exactly=asking.exactly,
            )
        return self._good[region]


def _product(numbers: Sequence[int | None]) -> int | None:
    """Multiply numbers of plans of several regions; None where one is not known."""
    return None if None in numbers else prod(number for number in numbers if number is not None)
