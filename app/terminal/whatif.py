"""What a wish costs, on the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_CEILING, ROUND_FLOOR

from ...instances.common.activity import doing
from ...instances.instance import Instance
from ...solver.progress import Progress
from ...solver.results.mergers import Merger, part_key
from ...solver.results.plan import Plan
from ...solver.results.points_in_words import points_in_words, with_words
from ...solver.results.status import points_text
from ...solver.results.term_text import values_text
from ...solver.review.merger_prices import MergerPrice
from ...solver.review.whatif_answer import RegionChange, TermDifference, WhatIfAnswer, exchanges
from ..dutch.measures import points_said, term_label, value_text
from ..dutch.numbers import number_text
from ..dutch.speaking import told
from .console import console, new_table, say
from .tables import FittedTable
from .terms import started

_ROUNDING = 10  # nano-points


def show_wish(answer: WhatIfAnswer) -> None:
    """Print terms, changes and price of a wish; or why no plan has it."""
    if not answer.possible:
        for reason in answer.reasons:
            say(f"{'the wish contradicts a rule: ' if answer.result is None else ''}{reason}")
        say("no plan has what is wished")
        return
    if not answer.held:
        console.print(_terms(answer))
        say(_values(answer))
    for change in answer.changed:
        if change.has_other_mergers:
            console.print(_changes(answer, change))
    for line in verdict(answer):
        say(line)


def _values(answer: WhatIfAnswer) -> str:
    """Say what the values of both plans are means over."""
    before = answer.before
    terms = Plan(before.mergers, before.zones, before.instance, answer.scenario).terms
    answered = [region.name for region in before.by_region if region.mergers]
    return values_text(before.instance, answered, terms)


def verdict(answer: WhatIfAnswer) -> Iterator[str]:
    """Say what a wish costs, and how sure that is, in a few lines.

    Parameters
    ----------
    answer : WhatIfAnswer
        Of a wish that a plan has.
    """
    assert answer.result is not None
    assert answer.cost_nano is not None
    where, called = ", ".join(answer.regions), part_key(answer.scenario.level)
    if answer.held:
        yield "the plan has it already: it costs 0"
    else:
        words = points_in_words(answer.before.instance, answer.scenario, answer.regions, answer.cost_nano)
        yield (
            f"the wish {with_words(_costs(answer.cost_nano), words)} (score "
            f"{points_text(answer.before.score_nano)} without, {points_text(answer.result.score_nano)} with "
            f"it); solved again: {', '.join(answer.solved)}"
        )
        yield from _same_mergers(answer, called)
    if any(change.cost_nano < 0 and change.region not in answer.unproved for change in answer.changed):
        equipped = any(asked.rules.seat == "best_equipped" for asked in answer.scenario.levels)
        seat = "; a seat that is wished need not be the best-equipped member" if equipped else ""
        yield (
            f"a wish can gain by lifting a rule: who is wished alone, and a {called} that is wished as it "
            f"is, need not keep the bounds{seat}"
        )
    if answer.proved:
        yield f"proved: no plan of {where} is better, with the wish or without" if where else "proved"
        return
    if answer.unproved:
        names = ", ".join(answer.unproved)
        yield f"the plan is not proved in {names}: without the wish there may be a better one"
    between = _between(answer.at_least_nano, answer.at_most_nano)
    yield f"not proved: held against the bounds, the wish costs {between}"


def _same_mergers(answer: WhatIfAnswer, called: str) -> Iterator[str]:
    """Say that no merger changes, and where only what mergers score does."""
    if not any(change.has_other_mergers for change in answer.changed):
        yield f"no {called} changes"
        return
    for change in answer.changed:
        if not change.has_other_mergers:
            yield f"{change.region}: no {called} changes; what they score {_costs(change.cost_nano)}"


def _costs(nano: int) -> str:
    if nano == 0:
        return "costs 0"
    return f"costs {points_text(nano)} points" if nano > 0 else f"gains {points_text(-nano)} points"


def _between(least: int | None, most: int | None) -> str:
    """Say between which values the true cost lies."""
    if least is None and most is None:
        return "what no bound says"
    if most is None:
        return f"at least {points_text(least, ROUND_FLOOR)} points"
    if least is None:
        return f"at most {points_text(most, ROUND_CEILING)} points"
    return f"from {points_text(least, ROUND_FLOOR)} to {points_text(most, ROUND_CEILING)} points"


def _terms(answer: WhatIfAnswer) -> FittedTable:
    table = started("terms")
    for heading in ("plan", "with the wish"):
        table.add_column(heading, is_figure=True)
    table.add_column("better", spare="drop")
    table.add_column("costs, points", is_figure=True)
    for term in answer.terms:
        values = (value_text(term.before, term.unit), value_text(term.after, term.unit))
        costs = points_said(_cost(term), signed=True)
        table.add_row(term_label(term.name), term.name, *values, told(term.better), costs)
    table.add_section()
    assert answer.cost_nano is not None
    table.add_row(told("all"), "", "", "", "", points_said(answer.cost_nano, signed=True))
    return table


def _cost(term: TermDifference) -> int:
    """Give what a term costs; of equal values no billionth of a point, which rounding shares out."""
    same = math.isclose(term.before, term.after, rel_tol=1e-12, abs_tol=1e-12)
    return 0 if same and abs(term.cost_nano) < _ROUNDING else term.cost_nano


def _changes(answer: WhatIfAnswer, change: RegionChange) -> FittedTable:
    """What changes in a region, mergers that exchange municipalities beside each other."""
    instance, level = answer.before.instance, answer.scenario.level
    kind = "zones" if level == "zones" else "mergers"
    levels = [(kind, change.before, change.after)]
    if change.zones_before or change.zones_after:
        levels.insert(0, ("zones", change.zones_before, change.zones_after))
    table = FittedTable(f"{change.region}: {_costs(change.cost_nano)}", ruled=True)
    if len(levels) > 1:
        table.add_column("level")
    for heading in ("in the plan", "with the wish"):
        table.add_column(heading)
    for name, before, after in levels:
        for old, new in exchanges(before, after):
            cells = (_parts(instance, old), _parts(instance, new))
            table.add_row(*([told(name)] if len(levels) > 1 else []), *cells)
    return table


def _parts(instance: Instance, parts: Sequence[Merger]) -> str:
    return "\n".join(_part(instance, part) for part in parts)


def _part(instance: Instance, part: Merger) -> str:
    """Seat first, then the other members, and the inhabitants."""
    others = [instance.names[i] for i in part.members if i != part.seat]
    names = " + ".join([instance.names[part.seat], *others])
    return f"{names}: {number_text(part.population(instance))}"


@contextmanager
def prices_progress(number: int, called: str) -> Iterator[Progress]:
    """Say how many mergers, or zones, are priced."""
    with doing(f"pricing {number} {called}s") as now:
        yield lambda step: now(f"{step.done} of {number} {called}s priced")


def show_prices(instance: Instance, prices: Sequence[MergerPrice], called: str = "merger") -> None:
    """Print what each merger, or zone, of a list costs, and below why some have no price."""
    table = new_table(f"what each {called} costs, in points", [], [""])
    table.add_column(called)
    table.add_column("inhabitants", is_figure=True)
    table.add_column("in the plan")
    for heading in ("at least together", "exactly as it is"):
        table.add_column(heading, is_figure=True)
    for number, price in enumerate(prices, start=1):
        inhabitants = int(instance.population[list(price.members)].sum())
        table.add_row(
            str(number),
            _names(instance, price),
            number_text(inhabitants),
            _place(instance, price),
            _price(price.together),
            _price(price.exactly),
        )
    console.print(table)
    for number, price in enumerate(prices, start=1):
        for line in _reasons(price):
            say(f"{number}: {line}")
    if any(answer is not None and answer.possible and not answer.proved for answer in _answers(prices)):
        say("*: not proved, held against the plan as it is")
    if any(answer is not None and (answer.cost_nano or 0) < 0 for answer in _answers(prices)):
        say(f"below 0: a {called} that is kept as it is need not keep the bounds, which may gain")


def _answers(prices: Sequence[MergerPrice]) -> list[WhatIfAnswer | None]:
    return [answer for price in prices for answer in (price.together, price.exactly)]


def _names(instance: Instance, price: MergerPrice) -> str:
    names = " + ".join(instance.names[i] for i in price.members)
    return ": ".join(filter(None, (price.name, names)))


def _place(instance: Instance, price: MergerPrice) -> str:
    if price.in_plan != "within":
        return told(price.in_plan) if price.in_plan else "-"
    others = " + ".join(instance.names[i] for i in price.within if i not in price.members)
    return told(f"with {others}")


def _price(answer: WhatIfAnswer | None) -> str:
    if answer is None:
        return "-"
    if answer.cost_nano is None:
        return told("no plan" if answer.result is not None else "against a rule")
    return points_said(answer.cost_nano) + ("" if answer.proved else "*")


def _reasons(price: MergerPrice) -> Iterator[str]:
    """Why a merger has no price, said once where both answers say the same."""
    if price.problems:
        yield from price.problems
        return
    together, exactly = (price.reasons(answer) for answer in (price.together, price.exactly))
    if together == exactly:
        yield from together
        return
    for what, reasons in (("together", together), ("exactly", exactly)):
        for reason in reasons:
            yield f"{what}: {reason}"
