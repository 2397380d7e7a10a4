"""Check the maps of two dates against each other and what is asked of both, from scratch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ...instances import Instance
from .exempt import stands_by_rule
from .figures import score_nano
from .regions import with_regions
from .verifier import verify
from .violation import Violation
from .words import listed

if TYPE_CHECKING:
    import datetime

    from ...models.scenario.scenario import Scenario
    from ...models.scenario.staged import StagedScenario
    from ..results.plan import Plan

Part = tuple[int, ...]


def verify_staged(
    instance: Instance,
    scenario: StagedScenario,
    earlier: Plan,
    target: Plan,
    sum_nano: int,
    *,
    regions: Sequence[str] | None = None,
) -> tuple[Violation, ...]:
    """Check two maps from scratch: each by itself, and what binds them.

    Parameters
    ----------
    instance : Instance
    scenario : StagedScenario
    earlier, target : Plan
        The map of each date; a municipality that is in no merger is a part of its own.
    sum_nano : int
        What the plan states: the nano-points of each map times its share of the years, summed.
    regions : sequence of str, optional
        Reference regions that the maps are to cover; all of the instance by default.

    Returns
    -------
    tuple of Violation
        All that is wrong; empty when both maps are clean.
    """
    first, second = scenario.stages
    instance = with_regions(instance, second)
    before, after = (_parts(instance, plan) for plan in (earlier, target))
    staying = scenario.unmerged == "may_stay"
    asked = _who_stays(instance, first, before) if staying else first
    moments = scenario.moments
    return (
        *_of(moments[0], verify(instance, asked, earlier, regions=regions)),
        *_of(moments[1], verify(instance, second, target, regions=regions)),
        *_whole(instance, scenario, before, after),
        *_total(instance, scenario, (asked, second), (before, after), sum_nano),
    )


def _parts(instance: Instance, plan: Plan) -> list[Part]:
    known = range(len(instance))
    return [tuple(sorted({i for i in part.members if i in known})) for part in plan.mergers]


def _of(moment: str, violations: Iterable[Violation]) -> Iterator[Violation]:
    """Say on which map something is wrong."""
    for one in violations:
        yield Violation(one.kind, f"map of {moment}: {one.text}", one.municipalities)


def _who_stays(instance: Instance, asked: Scenario, parts: Sequence[Part]) -> Scenario:
    """Read the rule that any municipality may stay as it is: exempt, and no merger in numbers.

    What is held together must not be parted by it: the check of locks sees that.
    """
    nobody = asked.rules.model_copy(update={"staying": ()})
    others = asked.model_copy(update={"rules": nobody})
    stay = tuple(
        instance.codes[part[0]]
        for part in parts
        if len(part) == 1 and not stands_by_rule(part[0], instance, others)
    )
    return asked.model_copy(update={"rules": nobody.model_copy(update={"staying": stay})})


def _whole(
    instance: Instance, scenario: StagedScenario, before: Sequence[Part], after: Sequence[Part]
) -> Iterator[Violation]:
    """What is merged early stays whole, and where nobody is merged twice it stays as it is."""
    early, late = scenario.moments
    for part in before:
        homes = [home for home in after if set(home) & set(part)]
        if len(homes) > 1:
            text = f"{listed(instance, part)} are one merger in {early} and in {len(homes)} mergers in {late}"
            yield Violation("nesting", text, part)
        elif scenario.merged_again == "never" and len(part) > 1 and homes and set(homes[0]) != set(part):
            text = f"{listed(instance, part)} merge in {early}, and again in {late}"
            yield Violation("nesting", text, part)


def _total(
    instance: Instance,
    scenario: StagedScenario,
    asked: tuple[Scenario, Scenario],
    maps: tuple[Sequence[Part], Sequence[Part]],
    stated: int,
) -> Iterator[Violation]:
    """The sum counts each map for its years."""
    years = _years(scenario)
    # the least whole numbers in the proportion of the years
    ratio = years[0] / years[1]
    shares = ratio.numerator, ratio.denominator
    total = sum(
        share * score_nano(instance, of, part)
        for share, of, parts in zip(shares, asked, maps, strict=True)
        for part in parts
    )
    if total != stated:
        yield Violation("score", f"the sum over both maps is stated as {stated}; it is {total}")


def _years(scenario: StagedScenario) -> tuple[Fraction, Fraction]:
    if scenario.years is not None:
        hundredths = (scenario.years.earlier, scenario.years.target)
        first, second = (Fraction(round(100 * years), 100) for years in hundredths)
        return first, second
    assert scenario.until is not None, "one of the two is given"

    def day(date: datetime.date) -> int:
        return date.year * 12 + date.month

    dates = [day(date) for date in (scenario.earlier.date, scenario.target.date, scenario.until)]
    return Fraction(dates[1] - dates[0], 12), Fraction(dates[2] - dates[1], 12)
