"""Alternatives on the terminal: what each lacks, what differs in it, and what good plans agree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from rich.text import Text

from ...instances.common.activity import doing
from ...solver.plan_sets.alternatives.described import Alternative, describe_alternatives
from ...solver.results.points_in_words import points_in_words
from ...solver.results.status import points_text
from ...solver.results.term_text import listed
from ..dutch.measures import points_said
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say
from .plain import visible
from .tables import FittedTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...solver.plan_sets.alternatives import Agreement, Alternatives, RankedPlans, RegionPairs

_TOLD = 3
"""Regions up to which each is told of."""
_LISTED = 10
"""Plans of a list of which it is said what differs."""
_NANO = Decimal(10) ** 9


@doing("describing the plans")
def show_alternatives(
    alternatives: Alternatives, agreed: Agreement, next_losses: Mapping[str, int] | None = None
) -> None:
    """Print the lists, what differs from the best plan, and how much good plans agree on.

    Parameters
    ----------
    alternatives : Alternatives
    agreed : Agreement
    next_losses : mapping of str to int, optional
        What the second-best plan of a region lacks, in nano-points, where only the best one is good.
    """
    console.print(_lists(alternatives))
    for plans in alternatives.lists:
        if plans.note and plans.plans:
            say(f"{plans.region}: {plans.note}")
    for line in _losses(alternatives):
        say(line)
    for table in _differences(alternatives):
        console.print(table)
    console.print(_agreement(agreed))
    for line in widening_lines(agreed, _second(alternatives) | dict(next_losses or {})):
        say(line)
    for name in uncounted(alternatives, agreed):
        say(f"{name}: a limit ended the count of good plans")


def _lists(alternatives: Alternatives) -> FittedTable:
    title = f"plans of {alternatives.instance.name}, scenario '{alternatives.scenario.name}'"
    headings = ["plans", "best score", "largest loss"] + (["least distance"] if alternatives.loss else [])
    table = new_table(title, ["region"], headings)
    for plans in alternatives.lists:
        losses = [plan.loss_nano for plan in plans.plans]
        far = [plan.distance for plan in plans.plans if plan.distance is not None]
        table.add_row(
            _name(plans.region),
            number_text(len(plans.plans)),
            points_said(plans.plans[0].score_nano if losses else None),
            points_said(max(losses, default=None)),
            *([number_text(min(far), 4) if far else "-"] if alternatives.loss else []),
        )
    return table


def _name(region: str) -> str:
    return told("all") if region == "all" else region


def _called(region: str) -> str:
    return "all regions together" if region == "all" else region


def _losses(alternatives: Alternatives) -> Iterator[str]:
    """Say what the last plans lack: of all regions together, or of each where they are few."""
    for plans in _told_lists(alternatives):
        lacks = max((plan.loss_nano for plan in plans.plans), default=0)
        is_whole = plans is alternatives.whole
        regions = [one.region for one in alternatives.by_region] if is_whole else [plans.region]
        words = points_in_words(alternatives.instance, alternatives.scenario, regions, lacks)
        if words:
            yield f"{_called(plans.region)}: the largest loss is {points_text(lacks)} points, {words}"


def _told_lists(alternatives: Alternatives) -> Sequence[RankedPlans]:
    whole = (alternatives.whole,) if alternatives.whole is not None else ()
    return alternatives.lists if len(alternatives.by_region) <= _TOLD else whole


def _differences(alternatives: Alternatives) -> Iterator[FittedTable]:
    """List what differs from the best plan: plan by plan in few regions, else once a region."""
    lists = _told_lists(alternatives)
    for plans in lists:
        described = describe_alternatives(alternatives, plans.region)[1:]
        if not described:
            continue
        table = new_table(f"what differs from the best plan, {_called(plans.region)}", [], ["plan", "lacks"])
        table.add_column("difference")
        for one in described[:_LISTED]:
            table.add_row(str(one.ranked.rank), points_said(one.loss_nano), _difference(alternatives, one))
        yield table
        if len(described) > _LISTED:
            say(f"{len(described) - _LISTED} more are in alternatives.csv and plans.json")
    if not lists:
        table = new_table("what differs from the best plan, once a region", ["region"], ["lacks"])
        table.add_column("difference")
        for plans in alternatives.by_region:
            for one in describe_alternatives(alternatives, plans.region)[1:2]:
                table.add_row(plans.region, points_said(one.loss_nano), _difference(alternatives, one))
        if table.row_count:
            yield table
            say("--region NAME says it of all plans of a region")


def _difference(alternatives: Alternatives, one: Alternative) -> Text:
    """Say who moves, and below what the plan lacks in words."""
    names = alternatives.instance.names
    texts = [move.text for move in one.moves.moves]
    texts += [f"{names[after]} is the seat, instead of {names[before]}" for before, after in one.moves.seats]
    lines = [Text(visible(told(text))) for text in texts or ["the same mergers"]]
    if one.words:
        lines.append(Text(visible(told(one.words)), style="dim"))
    return Text("\n").join(lines)


def _agreement(agreed: Agreement) -> FittedTable:
    title = f"neighbours in plans within {agreed.loss} of the best of their region"
    table = new_table(title, ["region"], ["good plans", "pairs", "always together", "never", "open"])
    for pairs in agreed.by_region:
        always, never = int((pairs.merging == pairs.plans).sum()), int((pairs.merging == 0).sum())
        good = number_text(pairs.plans)
        counts = (len(pairs.pairs), always, never, len(pairs.pairs) - always - never)
        cells = [good if pairs.is_exact else f"{good} {told('best of more')}", *map(number_text, counts)]
        table.add_row(pairs.region, *cells)
    return table


def only_one(agreed: Agreement) -> list[RegionPairs]:
    """List the regions of which only the best plan is good: of those nothing is open, within the loss."""
    return [pairs for pairs in agreed.by_region if pairs.plans == 1 and pairs.is_exact]


def _second(alternatives: Alternatives) -> dict[str, int]:
    """What the second-best plan of a region lacks, where the best ones are listed."""
    if alternatives.loss:
        return {}
    return {
        plans.region: plans.plans[1].loss_nano for plans in alternatives.by_region if len(plans.plans) > 1
    }


def widening_lines(agreed: Agreement, second: Mapping[str, int]) -> Iterator[str]:
    """Say where only one plan is good, and from which loss on there are more.

    Parameters
    ----------
    agreed : Agreement
    second : mapping of str to int
        What the second-best plan of a region lacks, in nano-points, where that is known.
    """
    lone = only_one(agreed)
    if len(lone) > _TOLD and all(pairs.region in second for pairs in lone):
        names = listed([pairs.region for pairs in lone])
        most = max(second[pairs.region] for pairs in lone)
        within = f"no other plan is within {agreed.loss} of the best one in {names}"
        yield f"{within}; --loss {_above(most)} takes in more"
        return
    for pairs in lone:
        alone = f"{pairs.region}: no other plan is within {agreed.loss} of the best one"
        if pairs.region not in second:
            yield f"{alone}; --loss with a larger number takes in more"
            continue
        lacks = second[pairs.region]
        yield f"{alone}; the next one lacks {points_text(lacks)} points: --loss {_above(lacks)} takes it in"


def _above(nano: int) -> str:
    """Give a short number of points that is not less."""
    points = Decimal(nano) / _NANO
    short = points.quantize(Decimal(1).scaleb(points.adjusted() - 1), rounding=ROUND_CEILING)
    return f"{short.normalize():f}"


def uncounted(alternatives: Alternatives, agreed: Agreement) -> list[str]:
    """List regions with plans whose good plans were not counted for a limit."""
    counted = {one.region for one in agreed.by_region}
    return [plans.region for plans in alternatives.by_region if plans.plans and plans.region not in counted]
