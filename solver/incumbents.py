"""The best plan so far and the bound so far, told while a region is being answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import TypeAlias

from .results.status import relative_gap

_Part: TypeAlias = tuple[int, ...]

EVERY = 0.2
"""Seconds between two tellings, at least."""


@dataclass(frozen=True)
class Incumbent:
    """What is known of a region while it is being answered.

    Attributes
    ----------
    name : str
        Of the region.
    mergers : tuple of tuple of int
        The best plan so far, by instance indices, ordered by first member; empty where none is known.
    score_nano : int or None
        Its score in nano-points; None without a plan.
    bound_nano : int or None
        No plan scores more; None where no bound is known.
    seconds : float
        Since the work on the region was begun.
    """

    name: str
    mergers: tuple[tuple[int, ...], ...]
    score_nano: int | None
    bound_nano: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """Relative gap between bound and score; None where one of them is missing."""
        return relative_gap(self.score_nano, self.bound_nano)


Live: TypeAlias = Callable[[Incumbent], object]
"""Called when a better plan or bound is known, in the thread that found it."""


@dataclass(frozen=True)
class _Known:
    """What is known of one component."""

    mergers: tuple[_Part, ...] = ()
    score: int | None = None
    bound: int | None = None


@dataclass
class Watch:
    """Gathers what is known of the components of a region, and tells it: not too often, and what is new.

    Attributes
    ----------
    name : str
        Of the region.
    components : int
    live : callable
    """

    name: str
    components: int
    live: Live
    _begun: float = field(default_factory=time.perf_counter)
    _told: float = 0.0
    _news: bool = False
    _plan_told: bool = False
    _known: dict[int, _Known] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)  # plans may be looked for beside a proof

    def answered(
        self, component: int, mergers: Iterable[_Part], score: int | None, bound: int | None
    ) -> None:
        """Note the answer for a component; it is told with the answer for the region."""
        self._known[component] = _Known(tuple(mergers), score, bound)

    def plan_found(self, component: int, mergers: Iterable[_Part], score: int) -> None:
        """Note a plan of a component, if it is better."""
        with self._lock:
            known = self._known.get(component, _Known())
            if known.score is None or score > known.score:
                self._note(component, replace(known, mergers=tuple(mergers), score=score))

    def bound_found(self, component: int, bound: int) -> None:
        """Note a bound on the plans of a component, if it is lower."""
        with self._lock:
            known = self._known.get(component, _Known())
            if known.bound is None or bound < known.bound:
                self._note(component, replace(known, bound=bound))

    def _note(self, component: int, known: _Known) -> None:
        self._known[component] = known
        self._news = True
        self.tell()

    def tell(self) -> None:
        """Tell what is new, unless something was told just now; the first plan is always told at once."""
        now = time.perf_counter()
        known = [self._known.get(k, _Known()) for k in range(self.components)]
        scores, bounds = [one.score for one in known], [one.bound for one in known]
        has_plan = None not in scores
        first_plan = has_plan and not self._plan_told
        if not self._news or (now - self._told < EVERY and not first_plan):
            return
        self._told, self._news, self._plan_told = now, False, has_plan
        self.live(
            Incumbent(
                self.name,
                tuple(sorted(part for one in known for part in one.mergers)) if has_plan else (),
                sum(score for score in scores if score is not None) if has_plan else None,
                None if None in bounds else sum(bound for bound in bounds if bound is not None),
                now - self._begun,
            )
        )


@dataclass(frozen=True)
class _Here:
    """The component that this thread works on: what is found of its open part is told with what is fixed."""

    watch: Watch
    component: int
    fixed: tuple[_Part, ...]
    fixed_score: int


_here: ContextVar[_Here | None] = ContextVar("_here", default=None)


@contextmanager
def watching(
    watch: Watch | None, component: int, fixed: tuple[_Part, ...], fixed_score: Callable[[], int]
) -> Iterator[None]:
    """Let what this thread finds be told as of a component until the block ends."""
    if watch is None:
        yield
        return
    token = _here.set(_Here(watch, component, fixed, fixed_score()))
    try:
        yield
    finally:
        _here.reset(token)


@contextmanager
def plans_unheard() -> Iterator[None]:
    """Tell nobody what is found meanwhile: plans of a relaxation need not be plans."""
    token = _here.set(None)
    try:
        yield
    finally:
        _here.reset(token)


def plan_found(parts: Callable[[], Iterable[_Part]], score: int, *, whole: bool = False) -> None:
    """Tell a plan of the open part of the component that this thread works on, if anybody listens.

    Parameters
    ----------
    parts : callable
        Gives its mergers by instance indices, each ascending.
    score : int
        In nano-points.
    whole : bool
        The plan is one of the whole component, as where zones that are fixed hold mergers.
    """
    here = _here.get()
    if here is None:
        return
    if whole:
        here.watch.plan_found(here.component, parts(), score)
    else:
        here.watch.plan_found(here.component, (*here.fixed, *parts()), score + here.fixed_score)


def bound_found(bound: int | None, *, whole: bool = False) -> None:
    """Tell a bound on all plans of the open part of the component, in nano-points; None is no news."""
    here = _here.get()
    if here is None:
        return
    if bound is None:
        here.watch.tell()
    else:
        here.watch.bound_found(here.component, bound if whole else bound + here.fixed_score)


__all__ = ["Incumbent", "Live", "Watch", "bound_found", "plan_found", "plans_unheard", "watching"]
