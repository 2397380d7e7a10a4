"""Rules of a scenario one by one: how each is named, dropped, and given way on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..instances.instance import Instance
from ..models.locks import existing_here
from ..models.scenario import Demands, Scenario

Test = Callable[[Scenario], bool | None]
"""Says whether a region has a plan under a scenario; None where it cannot be told in time."""

_STEP = 50  # inhabitants to which a nearest bound is searched


@dataclass(frozen=True)
class Relaxation:
    """A nearest change that gives the region a plan.

    Attributes
    ----------
    text : str
        For people.
    scenario : Scenario
        The scenario with the change; the region has a plan under it.
    """

    text: str
    scenario: Scenario


@dataclass(frozen=True)
class Rule:
    """One rule of a scenario that a region can run into.

    Attributes
    ----------
    text : str
        As it stands in the scenario file.
    without : callable
        Gives the scenario without the rule.
    relaxation : str
        What dropping the rule means, for people.
    municipalities : tuple of int
        Whom the rule names.
    """

    text: str
    without: Callable[[Scenario], Scenario]
    relaxation: str
    municipalities: tuple[int, ...] = ()

    def nearest(self, scenario: Scenario, test: Test) -> Relaxation | None:
        """Say how a scenario gets a plan by giving way on this rule only; None when that is not enough."""
        changed = self.without(scenario)
        return Relaxation(self.relaxation, changed) if test(changed) else None


@dataclass(frozen=True)
class Bound(Rule):
    """A rule with a number, which can give way a little.

    Attributes
    ----------
    by : callable
        Gives the scenario with the bound wider by an amount.
    most, first, step : int
        Widest amount that means anything, the first one to try, and how closely the least one is searched.
    worded : callable
        Says what an amount means.
    """

    by: Callable[[Scenario, int], Scenario] = lambda scenario, _: scenario
    most: int = 0
    first: int = 1
    step: int = 1
    worded: Callable[[int], str] = str

    def nearest(self, scenario: Scenario, test: Test) -> Relaxation | None:
        """Find the least amount that is enough, supposing that more is too; see `Rule.nearest`.

        Tries a first amount, doubles it until it is enough, then halves the interval.
        """
        low, high = 0, min(self.most, max(1, self.first))
        while (answer := test(self.by(scenario, high))) is not True:
            if high >= self.most or answer is None:
                return None
            low, high = high, min(self.most, 2 * high)
        while high - low > self.step:
            middle = (low + high) // 2
            low, high = (low, middle) if test(self.by(scenario, middle)) else (middle, high)
        return Relaxation(self.worded(high), self.by(scenario, high))


def rules_of(instance: Instance, scenario: Scenario, region: str) -> list[Rule]:
    """List every rule that can matter to a region, those of zones after those of mergers."""
    found = _rules_of(instance, scenario, region)
    if scenario.zones is not None:
        found += [_of_zones(rule) for rule in _rules_of(instance, scenario.at("zones"), region)]
    return found


def _of_zones(rule: Rule) -> Rule:
    """Make a rule of a level one of the zones of a nested scenario."""

    def lifted(change: Callable[[Scenario], Scenario]) -> Callable[[Scenario], Scenario]:
        def on_zones(scenario: Scenario) -> Scenario:
            changed = change(scenario.at("zones"))
            demands = {key: getattr(changed, key) for key in Demands.model_fields}
            return scenario.model_copy(update={"zones": Demands.model_construct(**demands)})

        return on_zones

    named = replace(
        rule,
        text=f"zones.{rule.text}",
        without=lifted(rule.without),
        relaxation=f"{rule.relaxation} (zones)",
    )
    if isinstance(named, Bound) and isinstance(rule, Bound):
        by, worded = rule.by, rule.worded
        return replace(
            named,
            by=lambda scenario, amount: lifted(lambda s: by(s, amount))(scenario),
            worded=lambda amount: f"{worded(amount)} (zones)",
        )
    return named


def _rules_of(instance: Instance, scenario: Scenario, region: str) -> list[Rule]:
    inside = set(instance.members(instance.regions.index(region)).tolist())
    return [
        *_exemption_rules(instance, scenario, inside),
        *_border_and_frame_rules(scenario),
        *_lock_rules(instance, scenario, inside),
        *_existing_rules(instance, scenario, inside),
        *_requirement_rules(scenario),
        *_count_rules(instance, scenario, region),
        *_bound_rules(instance, scenario),
    ]


def _bound_rules(instance: Instance, scenario: Scenario) -> Iterator[Rule]:
    bounds, total = scenario.population, instance.total_population
    high = "max" if bounds.ceiling is None else "ceiling"
    low = "min" if bounds.floor is None else "floor"

    def lower(asked: Scenario, amount: int) -> Scenario:
        return updated(asked, "population", **{low: max(0, bounds.lowest - amount)})

    def higher(asked: Scenario, amount: int) -> Scenario:
        return updated(asked, "population", **{high: bounds.highest + amount})

    # the number of candidates grows fast with the maximum: it goes up in steps, never further than needed
    yield Bound(
        f"population.{high} = {bounds.highest}",
        lambda s: updated(s, "population", **{high: total}),
        "a higher maximum",
        by=higher,
        most=max(1, total),
        first=bounds.highest // 20,
        step=_STEP,
        worded=lambda amount: f"maximum {bounds.highest + amount:,} instead of {bounds.highest:,}",
    )
    yield Bound(
        f"population.{low} = {bounds.lowest}",
        lambda s: updated(s, "population", **{low: 0}),
        "a lower minimum",
        by=lower,
        most=bounds.lowest,
        first=bounds.lowest,
        step=_STEP,
        worded=lambda amount: f"minimum {max(0, bounds.lowest - amount):,} instead of {bounds.lowest:,}",
    )


def _count_rules(instance: Instance, scenario: Scenario, region: str) -> Iterator[Rule]:
    limits = scenario.count.of(region)
    if limits is None:
        return
    least, most = limits
    everybody = len(instance.members(instance.regions.index(region)))
    key = f'count.regions."{region}"' if region in scenario.count.regions else "count"

    def widened(asked: Scenario, down: int, up: int) -> Scenario:
        lower, upper = asked.count.of(region) or (0, None)
        wider = (max(0, lower - down), everybody if upper is None else upper + up)
        return updated(asked, "count", regions={**asked.count.regions, region: wider})

    if least > 0:
        yield Bound(
            f"{key}: at least {least}",
            lambda s: widened(s, least, 0),
            "any smaller number of mergers",
            by=lambda s, amount: widened(s, amount, 0),
            most=least,
            worded=lambda amount: f"at least {least - amount} instead of {least}",
        )
    if most is not None:
        yield Bound(
            f"{key}: at most {most}",
            lambda s: widened(s, 0, everybody),
            "any larger number of mergers",
            by=lambda s, amount: widened(s, 0, amount),
            most=everybody,
            worded=lambda amount: f"at most {most + amount} instead of {most}",
        )


def _exemption_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    if scenario.rules.facility == "alone":
        joined = {instance.find(text) for text in scenario.rules.joined}
        for i in sorted(inside - joined):
            if instance.facility[i]:
                yield Rule(
                    f'rules.facility = "alone": {instance.label(i)}',
                    lambda s, i=i: updated(s, "rules", joined=(*s.rules.joined, instance.codes[i])),  # type: ignore[misc]
                    f"let {instance.names[i]} join",
                    (i,),
                )
    above = [i for i in sorted(inside) if instance.population[i] > scenario.population.max]
    most = min(scenario.population.max - scenario.population.min, (scenario.population.max - 1) // 2)
    if above and scenario.rules.above_max == "alone":
        yield Rule(
            'rules.above_max = "alone"',
            lambda s: updated(s, "rules", above_max="absorb", absorb_up_to=most),
            f"let {', '.join(instance.names[i] for i in above)} absorb up to {most:,} inhabitants",
            tuple(above),
        )


def _border_and_frame_rules(scenario: Scenario) -> Iterator[Rule]:
    if scenario.borders.min_length > 0:
        yield Rule(
            f"borders.min_length = {scenario.borders.min_length:g}",
            lambda s: updated(s, "borders", min_length=0.0),
            "let short borders count",
        )
    if scenario.borders.removed:
        yield Rule(
            f"borders.removed = {_listed(scenario.borders.removed)}",
            lambda s: updated(s, "borders", removed=()),
            "give back the removed borders",
        )
    for key in ("unsplit", "within"):
        for name in getattr(scenario.frames, key):
            yield Rule(
                f'frames.{key} = ["{name}"]',
                lambda s, key=key, name=name: _less(s, "frames", key, name),  # type: ignore[misc]
                f"drop '{name}' from frames.{key}",
            )
    if scenario.frames.zones:
        source = f" (from {scenario.frames.source})" if scenario.frames.source else ""
        yield Rule(
            f"frames.zones{source}",
            lambda s: updated(s, "frames", zones=()),
            "let mergers cross the zones of frames.zones",
        )


def _requirement_rules(scenario: Scenario) -> Iterator[Rule]:
    if scenario.requires.classes:
        yield Rule(
            f"requires.classes = {_listed([scenario.requires.classes])[1:-1]}",
            lambda s: updated(s, "requires", classes=()),
            "require no class",
        )
    for name in scenario.requires.functions:
        yield Rule(
            f'requires.functions = ["{name}"]',
            lambda s, name=name: _less(s, "requires", "functions", name),  # type: ignore[misc]
            f"do not require '{name}'",
        )


def _lock_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    for key in ("together", "apart"):
        for group in getattr(scenario.locks, key):
            who = tuple(sorted(instance.find(text) for text in group))
            if inside & set(who):
                yield Rule(
                    f"locks.{key}: {', '.join(group)}",
                    lambda s, key=key, group=group: _less(s, "locks", key, group),  # type: ignore[misc]
                    f"drop the lock {key}: {', '.join(group)}",
                    who,
                )
    for key in ("alone", "seat"):
        for text in getattr(scenario.locks, key):
            if instance.find(text) in inside:
                yield Rule(
                    f"locks.{key}: {text}",
                    lambda s, key=key, text=text: _less(s, "locks", key, text),  # type: ignore[misc]
                    f"drop the lock {key}: {text}",
                    (instance.find(text),),
                )


def _existing_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    """Existing mergers; a group of one only says something where plans are kept."""
    keep = scenario.existing.mode == "keep"
    for group in existing_here(instance, scenario.existing):
        who = tuple(sorted(instance.find(text) for text in group))
        if inside & set(who) and (keep or len(who) > 1):
            yield Rule(
                f"existing.mergers ({scenario.existing.mode}): {', '.join(group)}",
                lambda s, group=group: _less(s, "existing", "mergers", group),  # type: ignore[misc]
                f"do not {scenario.existing.mode} the existing merger {', '.join(group)}",
                who,
            )


def updated(scenario: Scenario, part: str, **changes: object) -> Scenario:
    """Change some keys of one part of a scenario, without checking it again."""
    return scenario.model_copy(update={part: getattr(scenario, part).model_copy(update=changes)})


def _less(scenario: Scenario, part: str, key: str, value: object) -> Scenario:
    """Drop a value from a list."""
    listed = getattr(getattr(scenario, part), key)
    return updated(scenario, part, **{key: tuple(other for other in listed if other != value)})


def _listed(groups: Iterable[Iterable[str]]) -> str:
    return "[" + ", ".join("[" + ", ".join(f'"{text}"' for text in group) + "]" for group in groups) + "]"
