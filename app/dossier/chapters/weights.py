"""What counts, and how much: weights as kilometres to the seat, and as shares of the score."""

from __future__ import annotations

from collections.abc import Sequence

from ..content.document import Block, Cell, Figure, Table
from .teller import Teller, capital, pointer


def weights_table(teller: Teller, region: str, prefix: str) -> Sequence[Block]:
    """Say what each term of a level counts, and which share it has in what the plan of a region scores."""
    names = [name for name in teller.record.weights if _prefix(name) == prefix]
    if not names:
        return ()
    shares = teller.record.regions[region].points
    by_share = sorted(names, key=lambda name: -shares.get(name, 0.0))
    rows: list[tuple[Cell, ...]] = []
    for name in by_share:
        share: Cell = teller.percent("regions", region, "points", name) if name in shares else ""
        rows.append((capital(teller.term(name)), _worth(teller, name), share))
    heads: tuple[str, ...] = (
        teller.say("Criterion"),
        teller.say("What it counts"),
        teller.say("Share in the score"),
    )
    note = teller.say(
        "The share says how much of all points that the plan of {region} gains or loses comes from the "
        "criterion",
        region=region,
    )
    if not shares:
        heads, rows = heads[:2], [row[:2] for row in rows]
    caption = teller.say("What counts, the most important first") if shares else teller.say("What counts")
    table = Table(caption, heads, tuple(rows))
    return (table, teller.paragraph(note, tone="note")) if shares else (table,)


def _prefix(name: str) -> str:
    return "zones" if name.startswith("zones.") else ""


def _worth(teller: Teller, name: str) -> str:
    """Say what a unit of a term counts."""
    key = name.removeprefix("zones.").partition("(")[0]
    worth = teller.record.weights[name].inhabitant_km
    if key == "distance":
        return teller.say("each kilometre to the seat for each inhabitant: the measure of all others")
    if worth is None or key not in _SENTENCES:
        return teller.say(
            "weight {weight} for each unit: {unit}",
            weight=teller.figure(
                "weights", name, "weight", digits=_digits(teller.record.weights[name].weight)
            ),
            unit=teller.unit(name),
        )
    scale, sentence = _SENTENCES[key]
    zones = teller.scenario.level == "zones" or _prefix(name) == "zones"
    text = sentence[1] if zones else sentence[0]
    km = _of(teller, name, worth * scale)
    zone = teller.label("zones", name.partition("(")[2].rstrip(")")) if "(" in name else ""
    target = teller.scenario.levels_by_prefix[_prefix(name)].size.target
    people = teller.say("one inhabitant") if km.text == "1" else teller.say("{people} inhabitants", people=km)
    return teller.say(text, km=km, people=people, zone=zone, target=target)


def _of(teller: Teller, name: str, km: float) -> Figure:
    from ...dutch import number_text

    return Figure(
        km, number_text(km, _digits(km), teller.language), pointer(("weights", name, "inhabitant_km"))
    )


def _digits(number: float) -> int:
    """As many decimals as two digits need, and none where there are two before them."""
    digits = 0
    while number and abs(number) * 10**digits < 10 and digits < 9:
        digits += 1
    while digits and round(number, digits) == round(number, digits - 1):
        digits -= 1
    return digits


def _both(text: str) -> tuple[str, str]:
    return text, text


_SENTENCES: dict[str, tuple[float, tuple[str, str]]] = {
    "orientation": (
        1.0,
        (
            "each inhabitant who shares a municipality with the centre that he or she turns to counts as "
            "much as "
            "{km} km nearer to the seat",
            "each inhabitant who shares a zone with the centre that he or she turns to counts as much as "
            "{km} km "
            "nearer to the seat",
        ),
    ),
    "coverage": (
        1.0,
        (
            "each inhabitant who has all centre functions in the own municipality counts as much as {km} "
            "km nearer to "
            "the seat",
            "each inhabitant who has all centre functions in the own zone counts as much as {km} km nearer "
            "to the "
            "seat",
        ),
    ),
    "cooperation": (
        1.0,
        (
            "each inhabitant who shares a municipality with all partners in small zones counts as much as "
            "{km} km "
            "nearer to the seat",
            "each inhabitant who shares a reference zone with all partners in small zones counts as much "
            "as {km} km "
            "nearer to the seat",
        ),
    ),
    "straddle": (
        1.0,
        (
            "each inhabitant outside the main {zone} of the merger counts as much as {km} km farther from "
            "the seat",
            "each inhabitant outside the main {zone} of the reference zone counts as much as {km} km "
            "farther from the "
            "seat",
        ),
    ),
    "stacking": (
        1.0,
        _both("each inhabitant who is merged a second time counts as much as {km} km farther from the seat"),
    ),
    "detached": (
        1.0,
        (
            "each inhabitant whose merger encloses the own centre town counts as much as {km} km farther "
            "from the seat",
            "each inhabitant whose zone encloses the own centre town counts as much as {km} km farther "
            "from the seat",
        ),
    ),
    "commuting": (
        1.0,
        (
            "each commuter who no longer leaves the own municipality counts as much as {km} km nearer to "
            "the seat for "
            "one inhabitant",
            "each commuter who no longer leaves the own zone counts as much as {km} km nearer to the seat "
            "for one "
            "inhabitant",
        ),
    ),
    "fiscal": (
        0.1,
        _both(
            "a difference of 10% in income counts, for each inhabitant, as much as {km} km farther from "
            "the seat"
        ),
    ),
    "size": (
        0.1,
        _both(
            "each 10% away from the size aimed at ({target} inhabitants) counts, for each inhabitant, as "
            "much as {km} "
            "km farther from the seat"
        ),
    ),
    "touched": (
        1.0,
        (
            "each {zone} of which a merger has a part counts as much as 1 km farther from the seat for "
            "{people}",
            "each {zone} of which a reference zone has a part counts as much as 1 km farther from the seat "
            "for {people}",
        ),
    ),
    "shortfall": (
        1.0,
        _both(
            "each inhabitant too few or too many for the bounds aimed at counts as much as 1 km farther "
            "from the seat "
            "for {people}"
        ),
    ),
    "cut_edges": (
        1.0,
        _both(
            "each pair of neighbours that is kept apart counts as much as 1 km farther from the seat for "
            "{people}"
        ),
    ),
}
"""By term: how many units are spoken of, and what one of them counts, of mergers and of zones."""
