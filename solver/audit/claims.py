"""What a plan file says that does not follow from its mergers: whether it can be so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...instances.common.problems import InputError
from ...instances.instance import Instance
from ...models.indicators.asked import data_hash
from ...models.scenario.framing import framed
from ..engines import DEFAULT, ENGINES
from ..regions.solving import LARGEST_SEED, check_question
from ..results.record import MergerRecord, PlanRecord, RegionRecord
from ..results.result import PARTITION
from ..results.terms import zones_of

_RUNTIME = {"seconds", "workers"}


def unfounded(record: PlanRecord, instance: Instance) -> list[str]:
    """Find claims of a plan file that cannot be: about data, regions, how it was found, what is proved.

    Nothing here says that a plan is optimal; `reproof` does that again.

    Parameters
    ----------
    record : PlanRecord
    instance : Instance
        With the content that the plan was made for.

    Returns
    -------
    list of str
        In words; empty when all can be so.
    """
    instance = framed(instance, record.scenario)
    return [
        *_of_data(record, instance),
        *_of_regions(record, instance),
        *_of_the_work(record),
        *(text for region in record.regions for text in _of_region(region, record)),
        *_of_parts("mergers", record.mergers, instance, list(record.scenario.weights)),
        *_of_parts("zones", record.zones, instance, list(zones_of(record.scenario).weights)),
        *_of_also_price(record),
        *_of_prices(record),
        *_of_content(record),
    ]


def refused(record: PlanRecord, instance: Instance) -> list[str]:
    """Find what `solve` would refuse of the scenario that a plan file holds.

    The regions of the record must be those of the instance.
    """
    engine = record.engine.name if record.engine.name in ENGINES else DEFAULT
    try:
        check_question(instance, record.scenario, record.region_names, record.formulation, engine)
    except InputError as error:
        return [f"scenario: {problem}" for problem in error.problems]
    return []


def _of_data(record: PlanRecord, instance: Instance) -> Iterator[str]:
    stated = record.instance
    facts = {
        "name": instance.name,
        "hash": data_hash(instance, record.scenario),
        "municipalities": len(instance),
        "inhabitants": instance.total_population,
    }
    for key, right in facts.items():
        if getattr(stated, key) != right:
            yield f"instance.{key} is {_short(getattr(stated, key))}; it should be {right}"


def _of_regions(record: PlanRecord, instance: Instance) -> Iterator[str]:
    names = record.region_names
    if not names:
        yield "regions: there is none; a plan is for one at least"
    for name in names:
        if name not in instance.regions:
            yield f"regions: '{_short(name)}' is no region of the instance"
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"regions: '{_short(name)}' stands twice"
    places = [instance.regions.index(name) for name in names if name in instance.regions]
    if places != sorted(places):
        yield "regions: they do not stand in the order of the instance"


def _of_the_work(record: PlanRecord) -> Iterator[str]:
    """Formulation, engine, versions, seed and times."""
    from ..methods.registry import formulations

    formulation, engine = record.formulation, record.engine
    if formulation not in formulations():
        yield f"formulation: there is none called '{_short(formulation)}'"
    if engine.name not in (*ENGINES, "pulp"):  # licensed solvers go by the latter
        yield f"engine.name: there is no engine called '{_short(engine.name)}'"
    if formulation == "cpsat" and engine.name != "cpsat":
        yield f"engine.name is '{engine.name}'; the formulation 'cpsat' has an engine of its own"
    expected = {"refzones", engine.name} | ({"relaxation"} if formulation == PARTITION else set())
    if set(engine.versions) != expected:
        yield f"engine.versions names {sorted(engine.versions)}; it should name {sorted(expected)}"
    if not all(engine.versions.values()):
        yield "engine.versions: a version is empty"
    if not 0 <= record.seed <= LARGEST_SEED:
        yield f"seed is {record.seed}; it must be from 0 to {LARGEST_SEED}"
    workers = record.runtime.get("workers")
    if set(record.runtime) != _RUNTIME or not isinstance(workers, int) or workers < 1:
        yield "runtime: it holds the seconds, and the number of workers"
    for where, runtime in (("", record.runtime), *((f"{r.name}: ", r.runtime) for r in record.regions)):
        if "seconds" not in runtime or min(runtime.values()) < 0:
            yield f"{where}runtime: times are at least 0, the seconds of the whole among them"


def _of_region(region: RegionRecord, record: PlanRecord) -> Iterator[str]:
    """Status, score, bound, reason, and the numbers of candidates."""
    score, bound = region.score_nano, region.bound_nano
    for text in _of_status(region, score, bound):
        yield f"{region.name}: {text}"
    if score is not None and bound is not None and bound < score:
        yield f"{region.name}: bound_nano is {bound}, below the score of the plan, {score}"
    if record.formulation != PARTITION and (region.candidates, region.kept) != (0, 0):
        yield f"{region.name}: candidates and kept are 0 where none are listed ('{record.formulation}')"
    parts = record.zones if record.zones else record.mergers
    # where candidates are not listed, those that are settled count as kept
    most = region.candidates + sum(part.region == region.name for part in parts)
    if region.candidates < 0 or not 0 <= region.kept <= most:
        text = f"{region.kept} of {region.candidates} candidates cannot have been kept"
        yield f"{region.name}: kept: {text}"


def _of_status(region: RegionRecord, score: int | None, bound: int | None) -> Iterator[str]:
    match region.status:
        case "optimal":
            if score is None or score != bound:
                yield f"status is 'optimal', but score ({score}) and bound ({bound}) do not meet"
            if region.reason:
                yield "reason: there is none to give for a proved plan"
        case "feasible":
            if score is None:
                yield "status is 'feasible', but there is no score"
            elif score == bound:
                yield "status is 'feasible', but score and bound meet: the plan is optimal"
        case _:
            if score is not None:
                yield f"status is '{region.status}', but there is a score"
            if region.status == "infeasible" and bound is not None:
                yield "status is 'infeasible', but there is a bound on the score of a plan"
            if not region.reason:
                yield "reason: it is not said why there is no plan"


def _of_parts(
    key: str, parts: Sequence[MergerRecord], instance: Instance, weighed: Sequence[str]
) -> Iterator[str]:
    """Order, and the terms that are stated."""
    for part in parts:
        if list(part.terms) != list(weighed):
            yield (
                f"{key}: {_short(part.name)} states the terms {_listed(part.terms)}; "
                f"the scenario weighs {_listed(weighed)}"
            )
        places = [instance.index.get(code, -1) for code in part.members]
        if places != sorted(places):
            yield f"{key}: the members of {_short(part.name)} do not stand in the order of the instance"
    first = [instance.index.get(code, -1) for part in parts for code in part.members[:1]]
    if any(a >= b for a, b in pairwise(first)):
        yield f"{key}: they do not stand in the order of their first members"


def _of_also_price(record: PlanRecord) -> Iterator[str]:
    """The price of bounds under further columns: of which, where, and of plans that can be."""
    price = record.also_price
    if price is None:
        return
    if list(record.scenario.columns) != price.columns or not price.columns:
        asked = _listed(record.scenario.columns)
        yield f"also_price.columns names {_listed(price.columns)}; the scenario names {asked}"
    if [region.name for region in price.regions] != record.region_names:
        yield "also_price.regions: they are not the regions of the plan"
        return
    for region, answer in zip(price.regions, record.regions, strict=True):
        score, bound = region.score_nano, region.bound_nano
        if score is not None and bound is not None and bound < score:
            yield f"also_price: {region.name}: bound_nano is {bound}, below the score, {score}"
        if bound is not None and answer.score_nano is not None and bound < answer.score_nano:
            yield f"also_price: {region.name}: bound_nano is {bound}, but the plan itself scores more"


def _of_prices(record: PlanRecord) -> Iterator[str]:
    """What is said of plans without a part."""
    optimal = {region.name for region in record.regions if region.status == "optimal"}
    for part in (*record.mergers, *record.zones):
        status, price, name = part.price_status, part.price_without_nano, _short(part.name)
        if status == "not known" and price is None:
            continue
        # what a rule settles needs no list of candidates
        listed = record.formulation == PARTITION or status == "rule"
        if not listed or part.region not in optimal:
            yield f"{name}: price_status is '{status}', where nothing is proved by listing"
        if (status == "proved") != (price is not None):
            yield f"{name}: price_status is '{status}', but the price without it is {price}"
        if price is not None and price < 0:
            yield f"{name}: price_without_nano is {price}: a plan without it would be better than the best"
        if (status == "rule") != bool(part.standalone):
            rule = f"'{part.standalone}'" if part.standalone else "none"
            yield f"{name}: price_status is '{status}', but the rule that it is settled by is {rule}"


def _of_content(record: PlanRecord) -> Iterator[str]:
    if record.digest != record.digest_of_content():
        yield "digest: it is not that of what the file holds; something in it was altered or left out"


def _listed(names: Sequence[str] | dict[str, float]) -> str:
    return ", ".join(_short(name) for name in names) or "none"


def _short(value: object) -> str:
    """Show a value of which nobody knows how long it is."""
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
