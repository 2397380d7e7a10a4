"""The marginal cost of each lock of a scenario: what the best plan without it scores more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ...instances.common.activity import doing
from ...instances.common.problems import InputError, reject
from ...instances.instance import Instance
from ...models.question.each_lock import Lock, locks_of, without_lock
from ...models.scenario.framing import framed
from ...models.scenario.scenario import Scenario
from ..deadline import Deadline, Limits
from ..engines import DEFAULT
from ..progress import Progress, Step, telling
from ..regions.choosing import solver_of
from ..regions.resolver import Resolver
from ..results.points_in_words import points_in_words
from ..results.region_result import RegionResult
from ..results.result import Result
from ..results.status import points_text

LockPriceStatus = Literal["priced", "no plan with it", "no plan without it", "no plan", "needed", "not known"]
"""'priced': there is a plan with the lock and one without it; 'no plan with it': only without it there is
one; 'no plan without it': only with it; 'no plan': neither way; 'needed': without it the scenario contradicts
itself; 'not known': not told in time."""

_UNLIKE = ("name", "description")  # what two scenarios may be called makes no difference


@dataclass(frozen=True)
class LockPrice:
    """What a lock costs.

    Attributes
    ----------
    instance : Instance
    scenario : Scenario
        Without the lock.
    lock : Lock
    regions : tuple of str
        Those that the lock concerns, which were solved again.
    held : tuple of RegionResult
        Their answers with the lock.
    free : tuple of RegionResult
        Their answers without it; empty where none was asked for in time, or the scenario contradicts itself.
    problems : tuple of str
        What it contradicts without the lock, in words.
    """

    instance: Instance = field(repr=False)
    scenario: Scenario = field(repr=False)
    lock: Lock
    regions: tuple[str, ...]
    held: tuple[RegionResult, ...] = field(repr=False)
    free: tuple[RegionResult, ...] = field(repr=False)
    problems: tuple[str, ...] = ()

    @property
    def status(self) -> LockPriceStatus:
        """What is known of the price."""
        if self.problems:
            return "needed"
        if len(self.free) < len(self.regions):
            return "not known"
        with_it, without_it = (_plans(answers) for answers in (self.held, self.free))
        known: dict[tuple[bool | None, bool | None], LockPriceStatus] = {
            (True, True): "priced",
            (False, True): "no plan with it",
            (True, False): "no plan without it",
            (False, False): "no plan",
        }
        return known.get((with_it, without_it), "not known")

    @cached_property
    def cost_nano(self) -> int | None:
        """What the best plan without the lock scores more, in nano-points; None without both plans.

        Below zero for a lock that lets something be: a merger that is kept whatever its size, a municipality
        that stands alone below the minimum, a facility municipality that takes part, a border that is added.
        """
        return _difference(_score(self.free), _score(self.held)) if self.status == "priced" else None

    @property
    def at_least_nano(self) -> int | None:
        """What it costs at least, whatever is not proved; None where no bound says."""
        return _difference(_score(self.free), _bound(self.held)) if self.status == "priced" else None

    @property
    def at_most_nano(self) -> int | None:
        """What it costs at most; None where no bound says."""
        return _difference(_bound(self.free), _score(self.held)) if self.status == "priced" else None

    @property
    def proved(self) -> bool:
        """Whether the status is proved, and the price where there is one."""
        if self.status == "priced":
            return self.at_least_nano == self.cost_nano == self.at_most_nano
        return self.status != "not known"

    @property
    def words(self) -> str:
        """The price as something that people can picture; empty where there is nothing to say."""
        return points_in_words(self.instance, self.scenario, self.regions, self.cost_nano)

    @property
    def text(self) -> str:
        """What the lock costs, in a sentence without a full stop."""
        match self.status:
            case "priced":
                return _cost_text(self.cost_nano or 0, self.proved) + (
                    f", {self.words}" if self.words else ""
                )
            case "no plan with it":
                return "leaves no plan; without it there is one"
            case "no plan without it":
                return "without it there is no plan"
            case "no plan":
                return "there is no plan with it, and none without it"
            case "needed":
                return f"cannot be left out: {'; '.join(self.problems)}"
        return "what it costs was not found out in time"

    def __repr__(self) -> str:
        return f"<LockPrice {self.lock.text}: {self.text}>"


@doing("pricing the locks")
def price_locks(
    instance: Instance,
    scenario: Scenario,
    result: Result | None = None,
    *,
    locks: Iterable[Lock] | None = None,
    engine_name: str = DEFAULT,
    workers: int | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    resolver: Resolver | None = None,
) -> tuple[LockPrice, ...]:
    """Price each lock of a scenario: leave it out, all others kept, and see what the best plan gains.

    Regions are independent: only those that a lock concerns are solved again. The prices of several locks
    need not add up to what leaving out all of them gains.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    result : Result, optional
        Its answer, as far as it is known; regions that it lacks are solved.
    locks : iterable of Lock, optional
        Those to price; by default all of `locks_of`.
    engine_name, workers
        See `solve`.
    limits : Limits
        For all of them together.
    progress : callable, optional
        Called with each lock that is priced.
    resolver : Resolver, optional
        Of the same instance: what it answered before is not answered again.

    Returns
    -------
    tuple of LockPrice
        In the order of the locks.

    Raises
    ------
    InputError
        The result answers another scenario, or the scenario contradicts itself: see `diagnose`.

    Examples
    --------
    >>> scenario = Scenario.from_dict({"preset": "mergers", "locks": {"together": [["Aalst", "Lede"]]}})
    >>> [(price.lock.text, price.cost_nano, price.words) for price in price_locks(load(), scenario)]
    """
    deadline, tell = limits.start(), telling(progress)
    instance = framed(instance, scenario)
    priced = tuple(locks_of(instance, scenario) if locks is None else locks)
    solving = solver_of(instance, resolver, engine_name, workers)
    pricing = _Pricing(instance, scenario, solving, deadline)
    if result is not None:
        pricing.take(result)
    touched = {name for lock in priced for name in pricing.regions(lock)}
    missing = [name for name in instance.regions if name in touched and name not in pricing.held]
    if missing:
        pricing.take(pricing.solved(scenario, missing))
    prices: list[LockPrice] = []
    for lock in priced:
        begun = time.perf_counter()
        prices.append(pricing.price(lock))
        tell(Step(lock.text, len(prices), len(priced), time.perf_counter() - begun, prices[-1]))
    return tuple(prices)


@dataclass
class _Pricing:
    instance: Instance
    scenario: Scenario
    solving: Callable[..., Result]
    deadline: Deadline
    held: dict[str, RegionResult] = field(default_factory=dict)

    def take(self, result: Result) -> None:
        """Take over the answers of a result."""
        if _asked(result.scenario) != _asked(self.scenario):
            reject("the result answers another scenario", "leave it out, or solve this scenario")
        self.held |= {region.name: region for region in result.by_region}

    def solved(self, scenario: Scenario, regions: Sequence[str]) -> Result:
        """Answer a scenario in the time left, at least in a moment."""
        return self.solving(scenario, regions=regions, limits=self.deadline.limits())

    def regions(self, lock: Lock) -> tuple[str, ...]:
        """Name the regions whose plans may change without a lock: all of them where a budget binds them."""
        own = lock.regions(self.instance)
        every = tuple(self.held) or self.instance.regions
        return every if own and self.scenario.budgeted else own

    def price(self, lock: Lock) -> LockPrice:
        regions = self.regions(lock)
        free = without_lock(self.instance, self.scenario, lock)
        held = tuple(self.held[name] for name in regions)
        if not regions or self.deadline.passed:
            return LockPrice(self.instance, free, lock, regions, held, held if not regions else ())
        try:
            answer = self.solved(free, regions)
        except InputError as error:
            problems = tuple(problem.what for problem in error.problems)
            return LockPrice(self.instance, free, lock, regions, held, (), problems)
        by_name = {region.name: region for region in answer.by_region}
        return LockPrice(self.instance, free, lock, regions, held, tuple(by_name[name] for name in regions))


def _asked(scenario: Scenario) -> dict[str, object]:
    return {key: value for key, value in scenario if key not in _UNLIKE}


def _plans(answers: Sequence[RegionResult]) -> bool | None:
    """Whether there is a plan of all regions; None where that is not known."""
    if any(region.status == "infeasible" for region in answers):
        return False
    return None if any(region.score_nano is None for region in answers) else True


def _score(answers: Sequence[RegionResult]) -> int | None:
    return _summed([region.score_nano for region in answers])


def _bound(answers: Sequence[RegionResult]) -> int | None:
    return _summed([region.bound_nano for region in answers])


def _summed(numbers: Sequence[int | None]) -> int | None:
    return None if None in numbers else sum(number for number in numbers if number is not None)


def _difference(more: int | None, less: int | None) -> int | None:
    return None if more is None or less is None else more - less


def _cost_text(nano: int, proved: bool) -> str:
    if nano == 0:
        return "costs nothing" if proved else "costs nothing as far as is known"
    said = f"{'costs' if nano > 0 else 'gains'} {points_text(abs(nano))} points"
    return said if proved else f"{said} as far as is known"
