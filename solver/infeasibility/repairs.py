"""Repairs of a scenario: single changes that give way on some of its rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from math import ceil, floor

from ...instances.instance import Instance
from ...models.question.also import columns_of
from ...models.question.exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from .dropped_rules import most_absorbed, relax_level
from .feasibility import PlanParts
from .minimal_repair import AmountRange, AmountRepair, RuleRepair
from .relaxed_level import ABSORB, FEWEST, HIGH, LOW, MIN_LENGTH, MOST, RelaxedLevel, connected_to
from .rules import Rule, count_key, on_zones, updated, with_count

_STEPS = 20  # a maximum goes up by this part of itself first: the number of possible parts grows fast with it


def repairs_of(
    instance: Instance, scenario: Scenario, region: str, rules: Sequence[Rule], subset: Collection[Rule]
) -> list[RuleRepair | AmountRepair]:
    """List the single changes that give way on rules of an infeasible subset; no other one can be enough.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    region : str
    rules : sequence of Rule
        All that matter to the region.
    subset : collection of Rule
        Rules that cannot hold together.
    """
    changes = [
        change
        for level in ("", "zones")
        for change in _Repairs(instance, scenario, region, rules, level).all()
    ]
    named = {rule.named for rule in subset}
    # who is isolated depends on borders, bounds and other exemptions, and who is kept after an earlier merger
    # on the minimum: any change may be enough then
    exempting = any(
        level.rules.isolated == "alone" or level.rules.merged == "kept" for level in scenario.levels
    )
    isolated = any(rule.key[0] == ISOLATED for rule in subset)
    return [change for change in changes if exempting or isolated or change.touches & named]


class _Repairs:
    """The changes of one level."""

    def __init__(
        self, instance: Instance, scenario: Scenario, region: str, rules: Sequence[Rule], level: str
    ) -> None:
        self.instance, self.scenario, self.region, self.level = instance, scenario, region, level
        self.rules = [rule for rule in rules if rule.level == level]
        self.asked = scenario.levels[-1 if level else 0]
        self.place = 1 if level else 0
        self.columns = [instance.population, *(people for _, people in columns_of(instance, self.asked))]
        self.suffix = " (zones)" if level else ""

    def all(self) -> Iterator[RuleRepair | AmountRepair]:
        """Give one for each rule, and those that give way on several at a time."""
        numbers: dict[object, Callable[[Rule], AmountRepair]] = {
            HIGH: self._higher,
            LOW: self._lower,
            FEWEST: self._fewer,
            MOST: self._more,
            ABSORB: self._absorbing,
            MIN_LENGTH: self._shorter,
        }
        above = [rule for rule in self.rules if rule.key[0] == ABOVE_MAX]
        for rule in self.rules:
            if rule.key in numbers:
                yield numbers[rule.key](rule)
            elif rule.key[0] not in (ABOVE_MAX, ISOLATED, MERGED):
                yield RuleRepair(rule.remedy, frozenset({rule.named}), rule.without(self.scenario))
        if above:
            yield self._absorbing(*above)
            yield from self._no_longer_above(above)
        yield from self._at_once()

    def _at_once(self) -> Iterator[RuleRepair]:
        """Keys of one word that give way on several rules."""
        facility = [rule for rule in self.rules if rule.key[0] == FACILITY]
        if len(facility) > 1:
            yield self._change(
                'let all facility municipalities join (rules.facility = "free")',
                facility,
                lambda s: updated(s, "rules", facility="free", joined=()),
            )
        isolated = [rule for rule in self.rules if rule.key[0] == ISOLATED]
        if isolated:
            yield self._change(
                isolated[0].remedy.removesuffix(" (zones)"),
                isolated,
                lambda s: updated(s, "rules", isolated="free"),
            )
        yield from self._merging_again()
        also = [rule for rule in self.rules if rule.key[0] == "also"]
        if len(also) > 1:
            yield self._change(
                "drop all of population.also", also, lambda s: updated(s, "population", also=())
            )
        kept = [rule for rule in self.rules if rule.key[0] == "existing"]
        if kept and self.asked.existing.mode == "keep":
            yield self._change(
                'let others join the existing mergers (existing.mode = "extend")',
                kept,
                lambda s: updated(s, "existing", mode="extend"),
            )

    def _merging_again(self) -> Iterator[RuleRepair]:
        """Let recent mergers merge again: first those that are too small for a merger, then all."""
        merged = [rule for rule in self.rules if rule.key[0] == MERGED]
        lowest = self.asked.population.lowest
        small = [rule for rule in merged if self._inhabitants(rule.municipalities) < lowest]
        if small:
            yield self._change(
                'let recent mergers that are too small merge again (rules.merged = "kept")',
                small,
                lambda s: updated(s, "rules", merged="kept"),
            )
        if merged:
            yield self._change(
                merged[0].remedy.removesuffix(" (zones)"),
                merged,
                lambda s: updated(s, "rules", merged="free"),
            )

    def _change(self, text: str, rules: Sequence[Rule], change: Callable[[Scenario], Scenario]) -> RuleRepair:
        touched = frozenset(rule.named for rule in rules)
        return RuleRepair(text + self.suffix, touched, self._by(change))

    def _by(self, change: Callable[[Scenario], Scenario]) -> Scenario:
        return (on_zones(change) if self.level else change)(self.scenario)

    def _amount(
        self,
        rules: Sequence[Rule],
        text: str,
        spans: Sequence[tuple[int, int]],
        change: Callable[[int], Callable[[Scenario], Scenario]],
        worded: Callable[[int], str],
        needs: Callable[[PlanParts, AmountRange], int],
        step: int = 1,
    ) -> AmountRepair:
        def by(amount: int) -> Scenario:
            return self._by(change(amount))

        return AmountRepair(
            text + self.suffix,
            frozenset(rule.named for rule in rules),
            tuple(AmountRange(first, last, by) for first, last in spans if first <= last),
            lambda amount: worded(amount) + self.suffix,
            needs,
            step,
        )

    def _level(self, span: AmountRange) -> RelaxedLevel:
        """The level as it is with the largest amount of a span."""
        asked = span.by(span.last)
        asked = asked.levels[-1 if self.level else 0]
        return relax_level(self.instance, asked, self.instance.regions.index(self.region))

    def _parts(self, plan: PlanParts, span: AmountRange) -> list[Part]:
        """Parts of the level that keep the bounds."""
        exempt = {one.part for one in self._level(span).exempt}
        return [part for part in plan[self.place] if part not in exempt]

    def _number(self, plan: PlanParts, span: AmountRange) -> int:
        """Parts of the level that count."""
        uncounted = {one.part for one in self._level(span).exempt if not one.counted}
        return sum(part not in uncounted for part in plan[self.place])

    def _inhabitants(self, part: Part) -> int:
        return int(self.instance.population[list(part)].sum())

    def _most(self, part: Iterable[int]) -> int:
        """Inhabitants of a part under the column that gives it most."""
        members = list(part)
        return max(int(people[members].sum()) for people in self.columns)

    def _least(self, part: Iterable[int]) -> int:
        """Inhabitants of a part under the column that gives it least."""
        members = list(part)
        return min(int(people[members].sum()) for people in self.columns)

    # Bounds

    def _higher(self, rule: Rule) -> AmountRepair:
        """A higher maximum; cities above it no longer stand alone when it passes their size."""
        bounds = self.asked.population
        high = "max" if bounds.ceiling is None else "ceiling"
        members = self.instance.members(self.instance.regions.index(self.region))
        total = max(self._most(members), bounds.highest + 1)
        sizes = sorted({int(p) for p in self.instance.population[members] if p > bounds.max})
        starts = [bounds.highest + 1, *(s for s in sizes if high == "max" and s > bounds.highest + 1)]
        ends = [start - 1 for start in starts[1:]] + [total]
        above = [other for other in self.rules if other.key[0] == ABOVE_MAX and high == "max"]

        def needs(plan: PlanParts, span: AmountRange) -> int:
            parts, last = self._parts(plan, span), span.last
            cities = (
                {int(i) for i in members if self.instance.population[i] > last}
                if high == "max"
                else {int(i) for i in members if self.instance.population[i] > bounds.max}
            )
            return max((self._most(part) for part in parts if not cities & set(part)), default=0)

        return self._amount(
            [rule, *above],
            f"a higher population.{high}",
            list(zip(starts, ends, strict=True)),
            lambda amount: _bound(high, amount),
            lambda amount: f"maximum {amount:,} instead of {bounds.highest:,} (population.{high} = {amount})",
            needs,
            max(1, bounds.highest // _STEPS),
        )

    def _no_longer_above(self, above: Sequence[Rule]) -> Iterator[AmountRepair]:
        """A higher soft maximum, below the hard one: cities up to that size no longer stand alone."""
        bounds = self.asked.population
        sizes = {int(self.instance.population[i]) for rule in above for i in rule.municipalities}
        spans = [(size, size) for size in sorted(sizes) if size <= bounds.highest]
        if bounds.ceiling is not None and spans:
            yield self._amount(
                above,
                "a higher population.max",
                spans,
                lambda amount: _bound("max", amount),
                lambda amount: f"maximum {amount:,} instead of {bounds.max:,} (population.max = {amount})",
                lambda _, span: span.last,
            )

    def _lower(self, rule: Rule) -> AmountRepair:
        bounds = self.asked.population
        low = "min" if bounds.floor is None else "floor"

        def needs(plan: PlanParts, span: AmountRange) -> int:
            parts = self._parts(plan, span)
            cities = self.instance.population > bounds.max
            sizes = [self._least(part) for part in parts if not cities[list(part)].any()]
            return bounds.lowest - min(sizes, default=bounds.lowest)

        def worded(amount: int) -> str:
            least = bounds.lowest - amount
            return f"minimum {least:,} instead of {bounds.lowest:,} (population.{low} = {least})"

        return self._amount(
            [rule],
            f"a lower population.{low}",
            self._where_exemptions_stay(bounds.lowest),
            lambda amount: _bound(low, bounds.lowest - amount),
            worded,
            needs,
            bounds.lowest,
        )

    def _where_exemptions_stay(self, lowest: int) -> list[tuple[int, int]]:
        """Amounts by which a minimum goes down, divided where other municipalities stand alone by then.

        Isolated ones no longer are, and recent mergers become large enough to be kept.
        """
        sizes = self._sizes_of_small_mergers()
        if self.asked.rules.isolated == "alone":
            region = self.instance.regions.index(self.region)
            level = relax_level(self.instance, self.asked, region)
            lone = {i for rule in self.rules if rule.key[0] == ISOLATED for i in rule.municipalities}
            pieces = {tuple(sorted(connected_to(i, lone, level.neighbours))) for i in lone}
            sizes |= {self._inhabitants(piece) for piece in pieces if len(piece) > 1}
        starts = sorted({1, *(lowest - size for size in sizes if 1 < lowest - size <= lowest)})
        return list(zip(starts, [*(start - 1 for start in starts[1:]), lowest], strict=True))

    def _sizes_of_small_mergers(self) -> set[int]:
        """Inhabitants of the recent mergers that a lower minimum would keep."""
        if self.asked.rules.merged != "kept":
            return set()
        members = self.instance.members(self.instance.regions.index(self.region))
        recent = members[self.instance.merged_in[members] > 0]
        sizes = self.instance.population[recent].tolist()
        return {size for size in sizes if size < self.asked.population.lowest}

    # Numbers of mergers

    def _fewer(self, rule: Rule) -> AmountRepair:
        least, _ = self.asked.count.of(self.region) or (0, None)
        return self._amount(
            [rule],
            "a smaller least number of mergers",
            [(1, least)],
            lambda amount: partial(with_count, region=self.region, least=least - amount),
            lambda amount: (
                f"{count_key(self.asked, self.region)}: at least {least - amount} instead of {least}"
            ),
            lambda plan, span: least - self._number(plan, span),
        )

    def _more(self, rule: Rule) -> AmountRepair:
        _, most = self.asked.count.of(self.region) or (0, None)
        assert most is not None
        members = len(self.instance.members(self.instance.regions.index(self.region)))
        return self._amount(
            [rule],
            "a larger most number of mergers",
            [(1, max(1, members - most))],
            lambda amount: partial(with_count, region=self.region, most=most + amount),
            lambda amount: f"{count_key(self.asked, self.region)}: at most {most + amount} instead of {most}",
            lambda plan, span: self._number(plan, span) - most,
        )

    # Cities above the maximum, and short borders

    def _absorbing(self, *rules: Rule) -> AmountRepair:
        limits, most = self.asked.rules, most_absorbed(self.asked)
        absorbs = limits.above_max == "absorb"
        names = ", ".join(self.instance.names[i] for rule in rules for i in rule.municipalities)

        def needs(plan: PlanParts, span: AmountRange) -> int:
            parts = self._parts(plan, span)
            cities = [(part, i) for part in parts for i in part if self._is_city(i)]
            return max((self._most(j for j in part if j != i) for part, i in cities), default=0)

        def worded(amount: int) -> str:
            if absorbs:
                return f"rules.absorb_up_to = {amount} instead of {limits.absorb_up_to}"
            return (
                f"let {names} absorb up to {amount:,} inhabitants "
                f'(rules.above_max = "absorb", rules.absorb_up_to = {amount})'
            )

        return self._amount(
            rules,
            "a higher rules.absorb_up_to" if absorbs else f"let {names} absorb neighbours",
            [(limits.absorb_up_to + 1 if absorbs else 0, most)],
            lambda amount: partial(updated, part="rules", above_max="absorb", absorb_up_to=amount),
            worded,
            needs,
            max(1, most),
        )

    def _is_city(self, i: int) -> bool:
        return bool(self.instance.population[i] > self.asked.population.max)

    def _shorter(self, rule: Rule) -> AmountRepair:
        """A smaller least length of borders, in whole metres."""
        least = self.asked.borders.min_length
        whole = ceil(least)
        return self._amount(
            [rule],
            "a smaller borders.min_length",
            self._where_no_border_is_added(least, whole),
            lambda amount: partial(updated, part="borders", min_length=float(whole - amount)),
            lambda amount: f"borders.min_length = {whole - amount} instead of {least:g}",
            lambda _, span: span.last,
            whole,
        )

    def _where_no_border_is_added(self, least: float, whole: int) -> list[tuple[int, int]]:
        """The same for a least length of borders, where each border may end an isolation."""
        if self.asked.rules.isolated != "alone":
            return [(1, whole)]
        lengths = {floor(length) for length in self.instance.borders.length.tolist() if length < least}
        starts = sorted({1, *(whole - length for length in lengths if whole - length >= 1)})
        return list(zip(starts, [*(start - 1 for start in starts[1:]), whole], strict=True))


def _bound(key: str, inhabitants: int) -> Callable[[Scenario], Scenario]:
    """Set a bound on the inhabitants of a merger."""
    return lambda scenario: updated(scenario, "population", **{key: inhabitants})
