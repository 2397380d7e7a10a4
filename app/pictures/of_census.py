"""Pictures of a census: distributions with plans marked, and how often neighbours share a merger."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject, suggest
from ...models.question.builder import ask
from ...models.scoring.reported_values import base_of, reported_value
from ...models.scoring.scorer import NANO, Scorer
from ...solver.plan_sets.census.region import SCORE, Distribution, RegionCensus
from ...solver.plan_sets.census.result import Census
from ...solver.results.mergers import Merger, part_key
from ...solver.results.plan import Plan
from ..dutch import Language, told
from ..maps.lettering import lettered
from .distribution import Mark, draw_distribution
from .figure import called
from .pair_map import draw_pairs
from .plan_map import shapes_of

OPTIMUM = "optimum"
"""What the best of all plans is called in a picture."""


@lettered
def plot_census(
    census: Census,
    plans: Plan | Mapping[str, Plan] | None = None,
    *,
    region: str | None = None,
    term: str = SCORE,
    ax: Any = None,
    title: str | None = None,
    language: Language = "en",
) -> Any:
    """Draw how the score, or a term, is distributed over all plans of a region.

    Parameters
    ----------
    census : Census
    plans : Plan, or mapping of str to Plan, optional
        Plans that are marked, by the name that they get in the picture; a single one is 'this plan'. They may
        hold other regions too.
    region : str, optional
        May be left out where the census has one.
    term : str
        Of the scenario, or 'score'. A term that is a mean reads as one over the region's own inhabitants.
    ax : matplotlib Axes, optional
    title : str, optional
        Number of plans and region without it.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure
        Under the score the best plan is marked too, and each mark says how many plans are better.

    Raises
    ------
    InputError
        There is no such region or term, or a plan does not hold the region.
    """
    one = _region(census, region)
    if term not in one.distributions:
        if one.distributions:
            reject("there is no distribution of this term", suggest(term, one.distributions), value=term)
        reject("there are no distributions of this region", one.note or "ask for bins", value=one.region)
    distribution = one.distributions[term]
    edges, counts = _in_unit(distribution)
    named = {told("this plan", language): plans} if isinstance(plans, Plan) else dict(plans or {})
    marks = [_mark(census, one, name, plan, term) for name, plan in named.items()]
    if term == SCORE and not any(mark.better == 0 and not mark.sample for mark in marks):
        marks.insert(0, Mark(told(OPTIMUM, language), distribution.read(distribution.most), 0.0))
    return draw_distribution(
        edges,
        counts,
        marks,
        label=_label(distribution, term, language),
        more_is_better=distribution.sense > 0,
        title=told(_title(one), language) if title is None else title,
        below=told(_below(census, distribution), language) if title is None else "",
        ax=ax,
        language=language,
    )


@lettered
def plot_probabilities(
    census: Census,
    *,
    region: str | None = None,
    ax: Any = None,
    title: str | None = None,
    boundaries: str | Path | None = None,
    names: bool = True,
    language: Language = "en",
) -> Any:
    """Draw for each pair of neighbours the share of all plans that merge them.

    Parameters
    ----------
    census : Census
    region : str, optional
        All regions that were counted without it.
    ax : matplotlib Axes, optional
    title : str, optional
    boundaries : str or Path, optional
        Vector file with the official boundaries; generalised cells without it.
    names : bool
        Whether municipalities are named where there is room.
    language : {'en', 'nl'}
        Of all texts.

    Returns
    -------
    Figure

    Raises
    ------
    InputError
        There is no such region, or no plan was counted.
    """
    instance = census.instance
    shown = [one for one in census.by_region if one.graph is not None]
    if region is not None:
        shown = [_region(census, region)]
    if not any(one.graph is not None for one in shown):
        reject("no plan was counted, so that nothing is known of pairs", "ask for other regions")
    pairs, share = _neighbours(census, shown)
    if title is None:
        title = "Who merges with whom in all plans"
        title += f" of {shown[0].region} ({shown[0].count:,})" if len(shown) == 1 else ""
        title = told(title, language)
    return draw_pairs(
        instance,
        shapes_of(instance, boundaries),
        pairs,
        share,
        members=[i for one in shown for i in one.municipalities.tolist()],
        what="plans",
        title=title,
        names=names,
        ax=ax,
        language=language,
    )


def _label(distribution: Distribution, term: str, language: Language) -> str:
    """Give the text below the axis: what is measured, and in what."""
    if term == SCORE:
        return told("score, points", language)
    return f"{called(term, language)}: {told(distribution.unit, language)}"


def _region(census: Census, region: str | None) -> RegionCensus:
    if region is not None:
        return census.of(region)
    if len(census.by_region) > 1:
        names = ", ".join(one.region for one in census.by_region[:3])
        reject("a picture shows one region", f"name it with region=: {names}, ...")
    return census.by_region[0]


def _in_unit(distribution: Distribution) -> tuple[FloatArray, tuple[int, ...]]:
    """Edges in the unit, ascending, and the plans between them."""
    edges = np.array([distribution.read(edge) for edge in distribution.edges.tolist()], dtype=np.float64)
    return (edges, distribution.plans) if distribution.sense > 0 else (edges[::-1], distribution.plans[::-1])


def _mark(census: Census, one: RegionCensus, name: str, plan: Plan, term: str) -> Mark:
    inside = set(one.municipalities.tolist())
    parts = [part for part in plan.mergers if part.members[0] in inside]
    held = sorted(i for part in parts for i in part.members)
    if held != one.municipalities.tolist():
        reject(f"the plan '{name}' does not hold all of {one.region}, and nothing else of it")
    if term == SCORE:
        score = sum(part.score_nano for part in parts)
        if score == one.distributions[SCORE].most:
            return Mark(name, score / NANO, 0.0)
        standing = one.standing(score)
        everyone = standing.lower + standing.equal + standing.higher
        sample = 0 if standing.is_exact else everyone
        return Mark(name, score / NANO, standing.higher / everyone, sample)
    return Mark(name, _value(census, one, parts, term))


def _value(census: Census, one: RegionCensus, parts: list[Merger], name: str) -> float:
    terms = Scorer(census.instance, census.scenario).terms
    column = [item.name for item in terms].index(name)
    total = sum(part.values[column] for part in parts)
    return reported_value(terms[column], total, base_of(terms[column], one.municipalities.tolist()))


def _title(one: RegionCensus) -> str:
    if one.count == 1:
        return f"The only plan of {one.region}"
    number = "" if one.count is None else f"{one.count:,} " if one.count < 10**15 else f"{one.count:.2e} "
    return f"All {number}plans of {one.region}"


def _below(census: Census, distribution: Distribution) -> str:
    low, high = census.scenario.population.min, census.scenario.population.max
    said = []
    if low is not None and high is not None:
        parts = "Zones" if part_key(census.scenario.level) == "zone" else "Mergers"
        said.append(f"{parts} of {low:,} to {high:,} inhabitants")
    if distribution.sample:
        said.append(f"Bars rest on {distribution.sample:,} random plans")
    else:
        said.append("Every feasible plan is counted")
    return ". ".join(said)


def _neighbours(census: Census, shown: list[RegionCensus]) -> tuple[IntArray, FloatArray]:
    """Neighbours under the scenario's rules, and how probable it is that they share a merger."""
    question = ask(census.instance, census.scenario, [one.region for one in shown])
    pairs, share = [], []
    for one in shown:
        place = {i: k for k, i in enumerate(one.municipalities.tolist())}
        adjacent = [(a, b) for a in place for b in question.neighbours[a] if a < b and b in place]
        pairs += adjacent
        share += [float(one.co_assignment[place[a], place[b]]) for a, b in adjacent]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(share, dtype=np.float64)
