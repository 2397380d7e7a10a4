"""Why a region has no plan: the smallest set of rules that clash, and the nearest relaxations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ..instances.instance import Instance
from ..instances.problems import InputError
from ..models.question import Question, ask
from ..models.scenario import Scenario
from ..models.scorer import Scorer
from .candidates import TooManyCandidatesError, enumerate_candidates
from .engines import engine
from .frames import Frame, split
from .limits import Deadline, TimeUpError
from .partition import solve_partition, uncovered
from .region import score_all
from .result import Result

_STEP = 50  # inhabitants to which a nearest bound is searched
_TEST_SECONDS = 2.0  # for one question of whether there is a plan
_TEST_CANDIDATES = 150_000  # most to list for it


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
class Explanation:
    """Why a region has no plan.

    Attributes
    ----------
    region : str
    rules : tuple of Rule
        They cannot hold together.
    unsure : tuple of Rule
        Those of which it could not be told in time whether the clash needs them. Of each other one it is
        proved that without it the rest of the clash leaves the region a plan.
    municipalities : tuple of int
        Whom the rules name, or who is in no admissible merger.
    relaxations : tuple of Relaxation
        One for each rule, the bounds by the least amount (to 50 inhabitants) that is enough by itself.
    """

    region: str
    rules: tuple[Rule, ...]
    unsure: tuple[Rule, ...]
    municipalities: tuple[int, ...]
    relaxations: tuple[Relaxation, ...]

    @property
    def minimal(self) -> bool:
        """Whether no rule of the clash can be spared, proved."""
        return not self.unsure

    def in_words(self) -> str:
        """Say it in a sentence or three."""
        text = "these rules cannot hold together: " + "; ".join(rule.text for rule in self.rules)
        if self.unsure:
            text += " (not told in time whether all are needed: "
            text += "; ".join(rule.text for rule in self.unsure) + ")"
        changes = " or ".join(relaxation.text for relaxation in self.relaxations)
        return f"{text}. Enough by itself: {changes or 'no single change'}"


def explain(
    instance: Instance, scenario: Scenario, region: str, deadline: Deadline = Deadline()
) -> Explanation | None:
    """Find a smallest set of rules that leaves a region without a plan.

    A deletion filter (Chinneck and Dravnieks 1991): rules are dropped one after the other; one whose loss
    leaves the region without a plan is not part of the clash and stays dropped. One proved answer a rule.
    What remains is minimal; the filter runs once with the bounds tried last and once with them tried first,
    and the smaller clash is given.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
        Infeasible for the region.
    region : str
    deadline : Deadline

    Returns
    -------
    Explanation or None
        None when the region has a plan, or when the deadline passes.
    """
    test = _Feasibility(instance, region, deadline)
    try:
        if test(scenario) is not False:
            return None
        rules = _rules(instance, scenario, region)
        filtered = [_deletion_filter(order, scenario, test) for order in (rules, rules[::-1])]
        clash, unsure = min(filtered, key=lambda found: (len(found[1]), len(found[0])))
        relaxations = tuple(filter(None, (_nearest(rule, scenario, test) for rule in clash)))
    except TimeUpError:
        return None
    named = sorted({i for rule in clash for i in rule.municipalities})
    return Explanation(region, tuple(clash), tuple(unsure), tuple(named), relaxations)


def with_explanations(result: Result, seconds: float = 30.0) -> Result:
    """Give a result whose infeasible regions say which rules clash, as far as that is found in time.

    Parameters
    ----------
    result : Result
    seconds : float
        For each region.
    """
    regions = []
    for region in result.by_region:
        found = None
        if region.status == "infeasible":
            found = explain(result.instance, result.scenario, region.name, Deadline.after(seconds))
        regions.append(replace(region, reason=f"{region.reason}. {found.in_words()}") if found else region)
    return replace(result, by_region=tuple(regions))


@dataclass
class _Feasibility:
    """Says whether a region has a plan under a scenario; objective and other regions do not matter."""

    instance: Instance
    region: str
    deadline: Deadline
    _compact = Scenario(weights={"distance": 1.0})

    def __call__(self, scenario: Scenario) -> bool | None:
        """True, False, or None where it cannot be told in time."""
        self.deadline.check()
        bare = scenario.model_copy(update={"weights": {}})
        try:
            question = ask(self.instance, bare)
        except InputError:
            # without one rule another may name somebody who cannot be placed at all
            return False
        if self._whole_frames_do(question):
            return True
        answers = [self._has_partition(question, frame) for frame in self._frames(question)]
        if False in answers:
            return False
        return None if None in answers else True

    def _frames(self, question: Question) -> list[Frame]:
        return split(question, self.instance.regions.index(self.region))

    def _has_partition(self, question: Question, frame: Frame) -> bool | None:
        """Whether a frame can be partitioned at all; any partition will do."""
        deadline = Deadline.after(_TEST_SECONDS)
        try:
            candidates = enumerate_candidates(question, frame.of, deadline, _TEST_CANDIDATES)
        except (TimeUpError, TooManyCandidatesError):
            return None
        if uncovered(candidates):
            return False
        # any partition would do, but the most compact one is found soonest: its relaxation is tight
        nano = score_all(Scorer(self.instance, self._compact), candidates)
        answer = solve_partition(candidates, nano, engine(), deadline=Deadline.after(_TEST_SECONDS))
        return {"infeasible": False, "optimal": True, "feasible": True}.get(answer.status)

    def _whole_frames_do(self, question: Question) -> bool:
        """Whether each frame may be one part as a whole: tells most cases with a high maximum at once."""
        bounds, of_group = question.scenario.population, question.together
        for frame in self._frames(question):
            members = set(frame.of.tolist())
            if not bounds.min <= int(question.bounded[frame.of].sum()) <= bounds.max:
                return False
            if any(members.issuperset(pair) for pair in question.apart):
                return False
            if any(members & set(group) and not members.issuperset(group) for group in of_group):
                return False
            if not all(has[frame.of].any() for _, has in question.required):
                return False
        return True


def _deletion_filter(
    rules: Sequence[Rule], scenario: Scenario, test: Callable[[Scenario], bool | None]
) -> tuple[list[Rule], list[Rule]]:
    """Drop rules as long as the region stays without a plan; give those that remain, and the unsure ones."""
    clash, unsure = [], []
    current = scenario
    for rule in rules:
        without = rule.without(current)
        answer = test(without)
        if answer is False:
            current = without
        else:
            clash.append(rule)
        if answer is None:
            unsure.append(rule)
    return clash, unsure


def _nearest(rule: Rule, scenario: Scenario, test: Callable[[Scenario], bool | None]) -> Relaxation | None:
    """Say how the whole scenario gets a plan by giving way on one rule only; None when that is not enough."""
    bounds = scenario.population
    if rule.text.startswith("population.min"):
        found = _least(lambda size: test(_with_min(scenario, bounds.min - size)), bounds.min, 1.0)
        changed = _with_min(scenario, bounds.min - (found or 0))
        text = f"minimum {changed.population.min:,} instead of {bounds.min:,}"
        return None if found is None else Relaxation(text, changed)
    if rule.text.startswith("population.max"):
        # the number of candidates grows fast with the maximum: go up in steps, never further than needed
        found = _least(lambda size: test(_with_max(scenario, bounds.max + size)), bounds.max, 0.05)
        changed = _with_max(scenario, bounds.max + (found or 0))
        text = f"maximum {changed.population.max:,} instead of {bounds.max:,}"
        return None if found is None else Relaxation(text, changed)
    changed = rule.without(scenario)
    return Relaxation(rule.relaxation, changed) if test(changed) else None


def _least(works: Callable[[int], bool | None], most: int, first: float) -> int | None:
    """Find the least amount up to `most`, to `_STEP`, that works, supposing that more works too.

    Tries the share `first` of `most`, doubles it until it works, then halves the interval. None when nothing
    works.
    """
    low, high = 0, max(1, int(most * first))
    while (answer := works(high)) is not True:
        if high >= most or answer is None:
            return None
        low, high = high, min(most, 2 * high)
    while high - low > _STEP:
        middle = (low + high) // 2
        low, high = (low, middle) if works(middle) else (middle, high)
    return high


def _with_min(scenario: Scenario, value: int) -> Scenario:
    return scenario.model_copy(update={"population": scenario.population.model_copy(update={"min": value})})


def _with_max(scenario: Scenario, value: int) -> Scenario:
    return scenario.model_copy(update={"population": scenario.population.model_copy(update={"max": value})})


def _rules(instance: Instance, scenario: Scenario, region: str) -> list[Rule]:
    """List every rule that can matter to a region."""
    inside = set(instance.members(instance.regions.index(region)).tolist())
    return [
        *_exemption_rules(instance, scenario, inside),
        *_border_and_frame_rules(scenario),
        *_lock_rules(instance, scenario, inside),
        *_requirement_rules(scenario),
        *_bound_rules(instance, scenario),
    ]


def _bound_rules(instance: Instance, scenario: Scenario) -> Iterable[Rule]:
    bounds, total = scenario.population, instance.total_population
    yield Rule(f"population.max = {bounds.max}", lambda s: _with_max(s, total), "a higher maximum")
    yield Rule(f"population.min = {bounds.min}", lambda s: _with_min(s, 0), "a lower minimum")


def _exemption_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterable[Rule]:
    if scenario.rules.facility == "alone":
        joined = {instance.find(text) for text in scenario.rules.joined}
        for i in sorted(inside - joined):
            if instance.facility[i]:
                yield Rule(
                    f'rules.facility = "alone": {instance.label(i)}',
                    lambda s, i=i: _updated(s, "rules", joined=(*s.rules.joined, instance.codes[i])),  # type: ignore[misc]
                    f"let {instance.names[i]} join",
                    (i,),
                )
    above = [i for i in sorted(inside) if instance.population[i] > scenario.population.max]
    most = min(scenario.population.max - scenario.population.min, (scenario.population.max - 1) // 2)
    if above and scenario.rules.above_max == "alone":
        yield Rule(
            'rules.above_max = "alone"',
            lambda s: _updated(s, "rules", above_max="absorb", absorb_up_to=most),
            f"let {', '.join(instance.names[i] for i in above)} absorb up to {most:,} inhabitants",
            tuple(above),
        )


def _border_and_frame_rules(scenario: Scenario) -> Iterable[Rule]:
    if scenario.borders.min_length > 0:
        yield Rule(
            f"borders.min_length = {scenario.borders.min_length:g}",
            lambda s: _updated(s, "borders", min_length=0.0),
            "let short borders count",
        )
    if scenario.borders.removed:
        yield Rule(
            f"borders.removed = {_listed(scenario.borders.removed)}",
            lambda s: _updated(s, "borders", removed=()),
            "give back the removed borders",
        )
    for key in ("unsplit", "within"):
        for name in getattr(scenario.frames, key):
            yield Rule(
                f'frames.{key} = ["{name}"]',
                lambda s, key=key, name=name: _updated(  # type: ignore[misc]
                    s, "frames", **{key: tuple(other for other in getattr(s.frames, key) if other != name)}
                ),
                f"drop '{name}' from frames.{key}",
            )


def _requirement_rules(scenario: Scenario) -> Iterable[Rule]:
    if scenario.requires.classes:
        yield Rule(
            f"requires.classes = {_listed([scenario.requires.classes])[1:-1]}",
            lambda s: _updated(s, "requires", classes=()),
            "require no class",
        )
    for name in scenario.requires.functions:
        yield Rule(
            f'requires.functions = ["{name}"]',
            lambda s, name=name: _updated(  # type: ignore[misc]
                s, "requires", functions=tuple(other for other in s.requires.functions if other != name)
            ),
            f"do not require '{name}'",
        )


def _lock_rules(instance: Instance, scenario: Scenario, inside: set[int]) -> Iterable[Rule]:
    for key in ("together", "apart"):
        for group in getattr(scenario.locks, key):
            who = tuple(sorted(instance.find(text) for text in group))
            if inside & set(who):
                yield Rule(
                    f"locks.{key}: {', '.join(group)}",
                    lambda s, key=key, group=group: _updated(  # type: ignore[misc]
                        s, "locks", **{key: tuple(other for other in getattr(s.locks, key) if other != group)}
                    ),
                    f"drop the lock {key}: {', '.join(group)}",
                    who,
                )
    for text in scenario.locks.alone:
        if instance.find(text) in inside:
            yield Rule(
                f"locks.alone: {text}",
                lambda s, text=text: _updated(  # type: ignore[misc]
                    s, "locks", alone=tuple(other for other in s.locks.alone if other != text)
                ),
                f"drop the lock alone: {text}",
                (instance.find(text),),
            )


def _updated(scenario: Scenario, part: str, **changes: object) -> Scenario:
    """Change some keys of one part of a scenario."""
    return scenario.model_copy(update={part: getattr(scenario, part).model_copy(update=changes)})


def _listed(groups: Iterable[Iterable[str]]) -> str:
    return "[" + ", ".join("[" + ", ".join(f'"{text}"' for text in group) + "]" for group in groups) + "]"
