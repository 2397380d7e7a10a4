"""Effects that are lists: who gains and pays in the fund, whose tax rates change, what becomes of bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...models.indicators.fund import Fund
from ...models.indicators.zone_layers import LayersIndicator
from ...solver.review.cooperation_changes import cooperation_changes
from ...solver.review.effects import Effects, Measured
from ...solver.review.rate_changes import rate_changes

Rows = list[list[object]]

FUND_FILE, RATES_FILE, BODIES_FILE = LIST_FILES = ("fund.csv", "rates.csv", "bodies.csv")


@dataclass(frozen=True)
class EffectList:
    """A list.

    Attributes
    ----------
    file : str
        Name of its table.
    sheet : str
        Its key among the labels of sheets.
    header : tuple of str
    rows : list of lists
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    rows: Rows


def effect_lists(effects: Effects) -> tuple[EffectList, ...]:
    """Give the lists that there are rows for, among what was measured."""
    found = (
        EffectList(FUND_FILE, "fund", _FUND, list(_fund(effects))),
        EffectList(RATES_FILE, "rates", _RATES, list(_rates(effects))),
        EffectList(BODIES_FILE, "bodies", _BODIES, list(_bodies(effects))),
    )
    return tuple(one for one in found if one.rows)


_FUND = ("indicator", "name", "nis", "merged", "population", "before", "after", "change")
_RATES = ("indicator", "merger", "nis", "name", "population", "before", "after", "change", "several_rates")
_BODIES = ("merger", "merger_nis", "layer", "body", "body_change", "before", "after", "inside", "outside")


def _fund(effects: Effects) -> Iterator[list[object]]:
    """Give all parts by the euro that they have more, the most first: mergers, and who stays alone."""
    instance = effects.instance
    for one in effects.measured:
        if isinstance(one.indicator, Fund):
            rows = [_part(effects, one, k) for k in range(len(effects.parts))]
            for k, (before, after) in sorted(
                enumerate(rows), key=lambda row: (row[1][0] - row[1][1], row[0])
            ):
                part = effects.parts[k]
                yield [
                    one.indicator.name,
                    effects.name_of(k),
                    "; ".join(instance.codes[i] for i in part),
                    len(part) > 1,
                    int(instance.population[list(part)].sum()),
                    before,
                    after,
                    after - before,
                ]


def _part(effects: Effects, measured: Measured, place: int) -> tuple[int, int]:
    part = list(effects.parts[place])
    return int(measured.before.numbers[part].sum()), int(measured.after.numbers[place])


def _rates(effects: Effects) -> Iterator[list[object]]:
    """Give the members of mergers with their rates."""
    instance = effects.instance
    for one in rate_changes(effects):
        yield [
            one.indicator.name,
            one.merger,
            instance.codes[one.municipality],
            instance.names[one.municipality],
            one.inhabitants,
            one.before,
            one.after,
            one.change,
            one.is_differentiated,
        ]


def _bodies(effects: Effects) -> Iterator[list[object]]:
    """Give the bodies that each merger makes superfluous, simplifies, or has to leave or divide."""
    instance = effects.instance
    if not any(isinstance(one.indicator, LayersIndicator) for one in effects.measured):
        return
    for merger, changes in cooperation_changes(instance, effects.plan):
        for one in changes:
            yield [
                merger.name(instance),
                instance.codes[merger.seat],
                one.layer,
                one.body,
                one.kind,
                one.before,
                one.after,
                _names(effects, one.inside),
                _names(effects, one.outside),
            ]


def _names(effects: Effects, municipalities: Sequence[int]) -> str:
    return "; ".join(effects.instance.names[i] for i in municipalities)
