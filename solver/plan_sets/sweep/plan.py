"""The plan of work: settings put to instances, rules that they share, and the chunks to answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from ....instances.catalogue import load
from ....instances.common.problems import InputError, Problems, reject
from ....instances.instance import Instance
from ....models.question.budgets import refuse_budgets
from ....models.question.builder import ask
from ....models.scenario.framing import framed
from ....models.scenario.scenario import Scenario
from ....models.scenario.sweep import BASE, SweepSpec
from ....models.scenario.sweep_points import Point, points, scenario_at
from ....models.scoring.scorer import Scorer
from ...engines import engine
from .params import SweepParams


@dataclass(frozen=True)
class Setting:
    """One question to one instance.

    Attributes
    ----------
    number : int
        Its id: 0, 1, ... by instance, then in the order of the spec.
    instance, rules : int
        Indices into the instances and the rules of the setup.
    point : Point
    """

    number: int
    instance: int
    rules: int
    point: Point


@dataclass(frozen=True)
class Setup:
    """What every worker must know.

    Attributes
    ----------
    instances : tuple of Instance
    rules : tuple of Scenario
        One for each combination of bounds and locks. The weights are those of the first setting that has it.
    terms : tuple of str
    engine : str
    time_limit : float or None
    params : SweepParams
    program : str
        Version of this program, which workers must have too.
    """

    instances: tuple[Instance, ...]
    rules: tuple[Scenario, ...]
    terms: tuple[str, ...]
    engine: str
    time_limit: float | None
    params: SweepParams
    program: str

    def scenario(self, setting: Setting) -> Scenario:
        """Give the whole scenario of a setting."""
        weights = dict(zip(self.terms, setting.point.weights, strict=True))
        return self.rules[setting.rules].model_copy(update={"weights": weights})


@dataclass(frozen=True)
class Chunk:
    """Answers that are found together and stored together: one region in some settings.

    Attributes
    ----------
    key : str
        Name of its file.
    instance, region : int
    settings : tuple of Setting
        By their rules, so that those with the same candidates follow each other.
    """

    key: str
    instance: int
    region: int
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Work:
    """All there is to do.

    Attributes
    ----------
    spec : SweepSpec
    setup : Setup
    settings : tuple of Setting
        By number.
    regions : tuple of tuple of int
        Regions asked for, for each instance.
    """

    spec: SweepSpec
    setup: Setup
    settings: tuple[Setting, ...]
    regions: tuple[tuple[int, ...], ...]

    def chunks(self) -> list[Chunk]:
        """Divide the work; the large regions come first, so that no worker is left alone with one."""
        chunks, size = [], self.setup.params.chunk
        for k, instance in enumerate(self.setup.instances):
            settings = sorted(
                (setting for setting in self.settings if setting.instance == k),
                key=lambda setting: (setting.rules, setting.number),
            )
            parts = [settings[start : start + size] for start in range(0, len(settings), size)]
            chunks += [
                (-len(instance.members(region)), Chunk(f"{k:02}-{region:03}-{n:05}", k, region, tuple(part)))
                for region in self.regions[k]
                for n, part in enumerate(parts)
            ]
        return [chunk for _, chunk in sorted(chunks, key=lambda entry: (entry[0], entry[1].key))]

    @property
    def answers(self) -> int:
        """Number of answers: one for each setting in each region."""
        return sum(len(self.regions[setting.instance]) for setting in self.settings)

    def fingerprint(self) -> str:
        """Compute the SHA-256 of the settings, in hexadecimal digits."""
        text = json.dumps([[s.number, s.instance, s.rules, repr(s.point)] for s in self.settings])
        return hashlib.sha256(text.encode()).hexdigest()


def plan_work(
    spec: SweepSpec,
    instances: Sequence[Instance] | None = None,
    params: SweepParams = SweepParams(),
) -> Work:
    """Put all settings of a spec to its instances.

    Parameters
    ----------
    spec : SweepSpec
    instances : sequence of Instance, optional
        In place of those that the spec names.
    params : SweepParams

    Returns
    -------
    Work

    Raises
    ------
    InputError
        Everything that is wrong: instances that are not there, regions that they lack, bounds upside down,
        weights that are all zero, locks that contradict each other.
    """
    given = tuple(framed(instance, spec.scenario) for instance in _instances(spec, instances))
    engine(spec.engine)  # refuses unknown ones
    regions = _regions(spec, given)
    where, problems = list(points(spec)), Problems()
    rules = _rules(spec, where, problems)
    problems.raise_if_any()
    setup = Setup(
        given,
        tuple(rules.values()),
        spec.terms,
        spec.engine,
        spec.time_limit,
        params,
        version("refzones"),
    )
    place = {key: k for k, key in enumerate(rules)}
    settings = tuple(
        Setting(k * len(where) + n, k, place[point.rules], point)
        for k in range(len(given))
        for n, point in enumerate(where)
    )
    for some in regions:
        refuse_budgets(spec.scenario, some, "a sweep")
    _ask_all(setup, settings, regions)
    return Work(spec, setup, settings, regions)


def _instances(spec: SweepSpec, instances: Sequence[Instance] | None) -> tuple[Instance, ...]:
    problems, given = Problems(), list(instances or ())
    if instances is None:
        for name in spec.instances:
            try:
                given.append(load(name))
            except InputError as error:
                problems.take(error, "instances: ")
    problems.raise_if_any()
    if not given:
        reject("no instance is given", "give at least one")
    names = [instance.name for instance in given]
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add("instances: two have the same name", "remove one of them", value=name)
    problems.raise_if_any()
    return tuple(given)


def _regions(spec: SweepSpec, instances: Sequence[Instance]) -> tuple[tuple[int, ...], ...]:
    """Regions asked for in each instance, ascending; names in whatever case."""
    problems, regions = Problems(), []
    for instance in instances:
        unknown = f"regions: there is no such region in instance '{instance.name}'"
        try:
            wanted = instance.region_indices(spec.regions, unknown=unknown, any_case=True)
        except InputError as error:
            problems.take(error)
        else:
            regions.append(tuple(sorted(set(wanted)) if spec.regions else range(len(instance.regions))))
    problems.raise_if_any()
    return tuple(regions)


def _rules(
    spec: SweepSpec, where: Sequence[Point], problems: Problems
) -> dict[tuple[tuple[tuple[str, int], ...], str], Scenario]:
    """Scenario of each combination of bounds and locks; every setting is validated."""
    rules: dict[tuple[tuple[tuple[str, int], ...], str], Scenario] = {}
    told: set[str] = set()
    for n, point in enumerate(where):
        zones = spec.scenario.zones
        if not any(point.weights) and not (zones is not None and any(zones.weights.values())):
            what = f"setting {n}: all weights are zero, so that every plan is as good as any other"
            problems.add(what, "give a term some weight, or leave the setting out")
            continue
        try:
            scenario = scenario_at(spec, point)
        except InputError as error:
            for problem in error.problems:
                if problem.what not in told:
                    told.add(problem.what)
                    problems.add(f"{_words(n, point)}{problem.what}", problem.remedy, value=problem.value)
            continue
        rules.setdefault(point.rules, scenario)
    return rules


def _words(number: int, point: Point) -> str:
    """Say which setting a message is about."""
    said = [f"{key} = {value}" for key, value in point.bounds]
    said += [] if point.locks == BASE else [f"locks '{point.locks}'"]
    return f"setting {number} ({', '.join(said)}): " if said else f"setting {number}: "


def _ask_all(setup: Setup, settings: Sequence[Setting], regions: Sequence[tuple[int, ...]]) -> None:
    """Put every combination of rules to the regions of each instance, and all weights to its terms."""
    problems = Problems()
    told: set[str] = set()
    for setting, first in _with_firsts(settings):
        instance, scenario = setup.instances[setting.instance], setup.scenario(setting)
        names = [instance.regions[region] for region in regions[setting.instance]]
        for asked in reversed(scenario.levels):
            try:
                if first:
                    ask(instance, asked, names)
                Scorer(instance, asked)
            except InputError as error:
                for problem in error.problems:
                    if str(problem) not in told:
                        told.add(str(problem))
                        where = f"{instance.name}, {_words(setting.number, setting.point)}"
                        problems.add(where + problem.what, problem.remedy, value=problem.value)
    problems.raise_if_any()


def _with_firsts(settings: Sequence[Setting]) -> Iterator[tuple[Setting, bool]]:
    """Go through settings, and tell which are the first of their rules."""
    seen: set[tuple[int, int]] = set()
    for setting in settings:
        key = (setting.instance, setting.rules)
        yield setting, key not in seen
        seen.add(key)
