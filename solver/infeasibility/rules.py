"""Rules of a scenario one by one: how each is named, and how a scenario file does without it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ...instances.common.problems import Problems
from ...instances.instance import Instance
from ...models.question.also import columns_of
from ...models.question.each_lock import Lock, LockKind
from ...models.question.exemptions import ABOVE_MAX, FACILITY, ISOLATED, MERGED, STAYING
from ...models.question.locks import existing_here, resolve
from ...models.scenario.demands import Demands
from ...models.scenario.scenario import Scenario
from ..candidates.sets import Part
from .dropped_rules import exemptions_of, most_absorbed
from .feasibility import RuleKey
from .relaxed_level import ABSORB, CLASSES, ENCLOSED, FEWEST, HIGH, LOW, MIN_LENGTH, MOST, OWN_ZONES, Key


@dataclass(frozen=True)
class Rule:
    """One rule of a scenario that a region can run into.

    Attributes
    ----------
    text : str
        As it stands in the scenario file.
    key : Key
        What it is; two that stand in the file twice are one.
    without : callable
        Gives the scenario as the file would say it without the rule.
    remedy : str
        What that means, for people.
    municipalities : tuple of int
        Those that the rule names.
    level : str
        'zones' for a rule of the zones of a nested scenario, else empty.
    """

    text: str
    key: Key
    without: Callable[[Scenario], Scenario]
    remedy: str
    municipalities: tuple[int, ...] = ()
    level: str = ""

    @property
    def named(self) -> RuleKey:
        """The rule among those of both levels."""
        return self.level, self.key

    @property
    def kind(self) -> str:
        """What it is about, in a word: 'together', 'low', 'facility', 'unsplit' and so on."""
        return self.key[0]

    @property
    def lock(self) -> Lock | None:
        """The lock that it is, where it is one."""
        kind = _LOCK_OF.get(self.kind)
        return None if kind is None else Lock(kind, self.municipalities, self.level)

    @property
    def exempts(self) -> bool:
        """Whether it frees municipalities from the bounds, beside what it demands."""
        kind = self.key[0]
        return kind in ("alone", "existing") or not (self.key in _OF_ALL or kind in _OTHERS)


_LOCK_OF: dict[str, LockKind] = {
    "together": "together",
    "apart": "apart",
    "alone": "alone",
    "seat": "seat",
    "existing": "existing",
    "removed": "removed",
}
_MORE_THAN_ALL = 1_000_000  # mergers: no region has as many
_OF_ALL = (LOW, HIGH, ABSORB, FEWEST, MOST, MIN_LENGTH, OWN_ZONES, CLASSES, ENCLOSED)
_OTHERS = ("removed", "unsplit", "within", "function", "together", "apart", "seat", "also")


def rules_of(instance: Instance, scenario: Scenario, region: str) -> list[Rule]:
    """List every rule that can matter to a region, those of zones after those of mergers.

    Locks and frames come first, then exemptions, numbers and bounds.
    """
    mergers, *around = (_rules_of(instance, level, region) for level in scenario.levels)
    return mergers + [_of_zones(rule) for rules in around for rule in rules]


def on_zones(change: Callable[[Scenario], Scenario]) -> Callable[[Scenario], Scenario]:
    """Make a change of one level one of the zones of a nested scenario."""

    def changed(scenario: Scenario) -> Scenario:
        level = change(scenario.at("zones"))
        demands = {key: getattr(level, key) for key in Demands.model_fields}
        return scenario.model_copy(update={"zones": Demands.model_construct(**demands)})

    return changed


def _of_zones(rule: Rule) -> Rule:
    return replace(
        rule,
        text=f"zones.{rule.text}",
        without=on_zones(rule.without),
        remedy=f"{rule.remedy} (zones)",
        level="zones",
    )


def _rules_of(instance: Instance, scenario: Scenario, region: str) -> list[Rule]:
    inside = set(instance.members(instance.regions.index(region)).tolist())
    rules = [
        *_lock_rules(instance, scenario, inside),
        *_existing_rules(instance, scenario, inside),
        *_border_and_frame_rules(instance, scenario, inside),
        *_requirement_rules(scenario),
        *_enclosed_rules(scenario),
        *_exemption_rules(instance, scenario, inside),
        *_count_rules(scenario, region),
        *_bound_rules(instance, scenario, inside),
    ]
    return list({rule.key: rule for rule in reversed(rules)}.values())[::-1]


def _bound_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    bounds = scenario.population
    total = max(
        instance.total_population, *(int(people.sum()) for _, people in columns_of(instance, scenario)), 0
    )
    high = "max" if bounds.ceiling is None else "ceiling"
    low = "min" if bounds.floor is None else "floor"
    above = any(instance.population[i] > bounds.max for i in inside)
    if above and scenario.rules.above_max == "absorb":
        most = most_absorbed(scenario)
        yield Rule(
            f"rules.absorb_up_to = {scenario.rules.absorb_up_to}",
            ABSORB,
            lambda s: updated(s, "rules", absorb_up_to=most),
            f"rules.absorb_up_to = {most}",
        )
    yield Rule(
        f"population.{high} = {bounds.highest}",
        HIGH,
        lambda s: updated(s, "population", **{high: max(total, bounds.highest)}),
        "a higher maximum",
    )
    if bounds.lowest > 0:
        yield Rule(
            f"population.{low} = {bounds.lowest}",
            LOW,
            lambda s: updated(s, "population", **{low: 0}),
            "a lower minimum",
        )
    for name in bounds.also:
        yield Rule(
            f'population.also = ["{name}"]',
            ("also", name),
            lambda s, name=name: _less_name(s, "population", "also", name),  # type: ignore[misc]
            f"drop '{name}' from population.also",
        )


def _count_rules(scenario: Scenario, region: str) -> Iterator[Rule]:
    least, most = scenario.count.of(region) or (0, None)
    key = count_key(scenario, region)
    if least > 0:
        yield Rule(
            f"{key}: at least {least}",
            FEWEST,
            lambda s: with_count(s, region, least=0),
            "any smaller number of mergers",
        )
    if most is not None:
        yield Rule(
            f"{key}: at most {most}",
            MOST,
            lambda s: with_count(s, region, most=max(most, _MORE_THAN_ALL)),
            "any larger number of mergers",
        )


def count_key(scenario: Scenario, region: str) -> str:
    """Give the key that limits the number of mergers of a region."""
    return f'count.regions."{region}"' if region in scenario.count.regions else "count"


def with_count(
    scenario: Scenario, region: str, *, least: int | None = None, most: int | None = None
) -> Scenario:
    """Change the limits on the number of mergers where the scenario has them."""
    count = scenario.count
    if region in count.regions:
        lower, upper = count.regions[region]
        pair = (lower if least is None else least, upper if most is None else most)
        return updated(scenario, "count", regions={**count.regions, region: pair})
    changed = ({} if least is None else {"min": least}) | ({} if most is None else {"max": most})
    return updated(scenario, "count", **changed)


def _exemption_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    exempt = exemptions_of(instance, scenario)
    for i in sorted(inside.intersection(exempt)):
        if (FACILITY, i) in exempt[i]:
            yield Rule(
                f'rules.facility = "alone": {instance.label(i)}',
                (FACILITY, i),
                lambda s, i=i: updated(s, "rules", joined=(*s.rules.joined, instance.codes[i])),  # type: ignore[misc]
                f"let {instance.names[i]} join (rules.joined)",
                (i,),
            )
        if (ABOVE_MAX, i) in exempt[i]:
            yield Rule(
                f'rules.above_max = "alone": {instance.label(i)}',
                (ABOVE_MAX, i),
                lambda s: updated(s, "rules", above_max="absorb", absorb_up_to=most_absorbed(s)),
                f"let {instance.names[i]} absorb neighbours",
                (i,),
            )
        if (MERGED, i) in exempt[i]:
            yield Rule(
                f'rules.merged = "{scenario.rules.merged}": {instance.label(i)}',
                (MERGED, i),
                lambda s: updated(s, "rules", merged="free"),
                'let recent mergers merge again (rules.merged = "free")',
                (i,),
            )
        if (ISOLATED, i) in exempt[i]:
            yield Rule(
                f'rules.isolated = "alone": {instance.label(i)}',
                (ISOLATED, i),
                lambda s: updated(s, "rules", isolated="free"),
                'do not let municipalities with nobody to merge with stand alone (rules.isolated = "free")',
                (i,),
            )
        if (STAYING, i) in exempt[i]:
            yield Rule(
                f"rules.staying: {instance.label(i)}",
                (STAYING, i),
                lambda s, i=i: _less(instance, s, "rules", "staying", (i,)),  # type: ignore[misc]
                f"let {instance.names[i]} merge (rules.staying)",
                (i,),
            )


def _border_and_frame_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    if scenario.borders.min_length > 0:
        yield Rule(
            f"borders.min_length = {scenario.borders.min_length:g}",
            MIN_LENGTH,
            lambda s: updated(s, "borders", min_length=0.0),
            "let short borders count (borders.min_length = 0)",
        )
    for members in _resolved(instance, scenario.borders.removed):
        if inside.issuperset(members):
            pair = " - ".join(instance.names[i] for i in members)
            yield Rule(
                f"borders.removed: {pair}",
                ("removed", members),
                lambda s, members=members: _less(instance, s, "borders", "removed", members),  # type: ignore[misc]
                f"give back the border {pair}",
                members,
            )
    for key in ("unsplit", "within"):
        for name in getattr(scenario.frames, key):
            yield Rule(
                f'frames.{key} = ["{name}"]',
                (key, name),
                lambda s, key=key, name=name: _less_name(s, "frames", key, name),  # type: ignore[misc]
                f"drop '{name}' from frames.{key}",
            )
    if scenario.frames.zones:
        source = f" (from {scenario.frames.source})" if scenario.frames.source else ""
        yield Rule(
            f"frames.zones{source}",
            OWN_ZONES,
            lambda s: updated(s, "frames", zones=(), source=""),
            "let mergers cross the zones of frames.zones",
        )


def _requirement_rules(scenario: Scenario) -> Iterator[Rule]:
    if scenario.requires.classes:
        listed = ", ".join(f'"{name}"' for name in scenario.requires.classes)
        yield Rule(
            f"requires.classes = [{listed}]",
            CLASSES,
            lambda s: updated(s, "requires", classes=()),
            "require no class",
        )
    for name in scenario.requires.functions:
        yield Rule(
            f'requires.functions = ["{name}"]',
            ("function", name),
            lambda s, name=name: _less_name(s, "requires", "functions", name),  # type: ignore[misc]
            f"do not require '{name}'",
        )


def _enclosed_rules(scenario: Scenario) -> Iterator[Rule]:
    if scenario.rules.enclosed == "forbidden":
        less = "priced" if "detached" in scenario.weights else "allowed"
        yield Rule(
            'rules.enclosed = "forbidden"',
            ENCLOSED,
            lambda s: updated(s, "rules", enclosed=less),
            f'let mergers enclose a municipality (rules.enclosed = "{less}")',
        )


def _lock_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    for key in ("together", "apart"):
        groups = getattr(scenario.locks, key)
        for group, members in zip(groups, _resolved(instance, groups), strict=True):
            if inside & set(members):
                names = ", ".join(group)
                yield Rule(
                    f"locks.{key}: {names}",
                    (key, members),
                    lambda s, key=key, members=members: _less(instance, s, "locks", key, members),  # type: ignore[misc]
                    f"drop the lock {key}: {names}",
                    members,
                )
    for key in ("alone", "seat"):
        for text in getattr(scenario.locks, key):
            i = instance.find(text)
            if i in inside:
                yield Rule(
                    f"locks.{key}: {text}",
                    (key, i),
                    lambda s, key=key, i=i: _less_one(instance, s, key, i),  # type: ignore[misc]
                    f"drop the lock {key}: {text}",
                    (i,),
                )


def _existing_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterator[Rule]:
    """Existing mergers; a group of one only says something where plans are kept."""
    mode, groups = scenario.existing.mode, existing_here(instance, scenario.existing)
    for group, members in zip(groups, _resolved(instance, groups), strict=True):
        if inside & set(members) and (mode == "keep" or len(members) > 1):
            names = ", ".join(group)
            yield Rule(
                f"existing.mergers ({mode}): {names}",
                ("existing", members),
                lambda s, members=members: _less(instance, s, "existing", "mergers", members),  # type: ignore[misc]
                f"do not {mode} the existing merger {names}",
                members,
            )


def updated(scenario: Scenario, part: str, **changes: object) -> Scenario:
    """Change some keys of one part of a scenario, without checking it again."""
    return scenario.model_copy(update={part: getattr(scenario, part).model_copy(update=changes)})


def _resolved(instance: Instance, groups: Iterable[Iterable[str]]) -> list[Part]:
    return resolve(instance, list(groups), "", Problems())


def _less(instance: Instance, scenario: Scenario, part: str, key: str, members: Part) -> Scenario:
    """Drop a group from a list, however its members are written, as often as it stands there."""
    groups = getattr(getattr(scenario, part), key)
    resolved = zip(groups, _resolved(instance, groups), strict=True)
    kept = [group for group, own in resolved if own != members]
    return updated(scenario, part, **{key: tuple(kept)})


def _less_one(instance: Instance, scenario: Scenario, key: str, i: int) -> Scenario:
    """Drop a municipality from a lock, however it is written."""
    listed = getattr(scenario.locks, key)
    return updated(scenario, "locks", **{key: tuple(text for text in listed if instance.find(text) != i)})


def _less_name(scenario: Scenario, part: str, key: str, name: str) -> Scenario:
    """Drop a name from a list."""
    listed = getattr(getattr(scenario, part), key)
    return updated(scenario, part, **{key: tuple(other for other in listed if other != name)})
