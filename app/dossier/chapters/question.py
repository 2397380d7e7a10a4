"""What was asked, in words: bounds, rules and what counts."""

from __future__ import annotations

from collections.abc import Iterator

from ....instances.yearly import year_of
from ....models.question.each_lock import locks_of
from ....models.scenario.scenario import Scenario
from ..content.document import Block, Bullets, Section
from .locks import lock_sentence
from .parts import part_word
from .rules import number_words
from .teller import Teller, key_of, sentence
from .weights import weights_table


def question(teller: Teller, region: str) -> Section:
    """Say what was asked of a region."""
    blocks: list[Block] = [teller.paragraph(_asked(teller, region), tone="lead")]
    sections = []
    for prefix, asked in teller.scenario.levels_by_prefix.items():
        rules = Bullets(tuple(map(sentence, _rules(teller, region, asked))))
        weights = weights_table(teller, region, prefix)
        if len(teller.scenario.levels) == 1:
            blocks += [rules, *weights]
        else:
            title = teller.say("Of zones") if asked.level == "zones" else teller.say("Of mergers")
            key = f"{key_of(region)}-question-{asked.level}"
            sections.append(Section(key, title, (rules, *weights)))
    locks = [
        one for one in locks_of(teller.instance, teller.scenario) if region in one.regions(teller.instance)
    ]
    if locks:
        blocks.append(teller.paragraph(teller.say("What is agreed is kept:")))
        blocks.append(Bullets(tuple(sentence(lock_sentence(teller, lock)) for lock in locks)))
    else:
        blocks.append(teller.paragraph(teller.say("Nothing is agreed beforehand for this region")))
    return Section(f"{key_of(region)}-question", teller.say("What was asked"), tuple(blocks), tuple(sections))


def _asked(teller: Teller, region: str) -> str:
    match teller.scenario.level:
        case "zones":
            return teller.say(
                "asked is the best division of the municipalities of {region} into connected reference zones "
                "that keeps all rules below",
                region=region,
            )
        case "nested":
            return teller.say(
                "asked is the best division of the municipalities of {region} into connected reference "
                "zones and "
                "connected mergers inside these, decided together, that keeps all rules below",
                region=region,
            )
    return teller.say(
        "asked is the best division of the municipalities of {region} into connected mergers that keeps "
        "all rules "
        "below",
        region=region,
    )


def _rules(teller: Teller, region: str, asked: Scenario) -> Iterator[str]:
    part = part_word(teller, asked.level)
    yield from _bounds(teller, asked, part)
    yield from _count(teller, region, asked)
    yield from _who_stands_alone(teller, region, asked)
    yield _seat(teller, asked, part)
    yield from _enclosed(teller, asked, part)
    yield from _requires(teller, asked, part)
    yield from _frames(teller, asked, part)


def _bounds(teller: Teller, asked: Scenario, part: str) -> Iterator[str]:
    bounds, say = asked.population, teller.say
    soft_floor, soft_ceiling = bounds.lowest < bounds.min, bounds.highest > bounds.max
    sizes = {"part": part, "least": bounds.min, "most": bounds.max}
    if not (soft_floor or soft_ceiling):
        yield say("each {part} has at least {least} and at most {most} inhabitants", **sizes)
    else:
        yield say("each {part} is to have {least} to {most} inhabitants", **sizes)
    if soft_floor:
        yield say(
            "fewer is possible, down to {floor}, at a price for each inhabitant missing", floor=bounds.lowest
        )
    elif soft_ceiling:
        yield say("fewer is not possible")
    if soft_ceiling:
        yield say(
            "more is possible, up to {ceiling}, at a price for each inhabitant too many",
            ceiling=bounds.highest,
        )
    elif soft_floor:
        yield say("more is not possible")
    if bounds.also:
        years = [year_of(name) for name in bounds.also]
        columns = [
            f"'{name}'" if year is None else say("the inhabitants of {year}", year=str(year))
            for name, year in zip(bounds.also, years, strict=True)
        ]
        yield say("the outermost bounds hold for {columns} too", columns=columns)


def _count(teller: Teller, region: str, asked: Scenario) -> Iterator[str]:
    bounds = asked.count.of(region)
    if bounds is None:
        return
    least, most = bounds
    if least == most:
        words = (
            teller.count(least, "one zone", "{number} zones")
            if asked.level == "zones"
            else teller.count(least, "one merger", "{number} mergers")
        )
    else:
        some = [number_words(teller, asked, least, at_most=False)] if least else []
        some += [number_words(teller, asked, most, at_most=True)] if most is not None else []
        words = teller.listed(some)
    yield teller.say("the region gets {mergers}", mergers=words)
    yield teller.say("municipalities that stay as they are by a rule are not counted in this")


def _who_stands_alone(teller: Teller, region: str, asked: Scenario) -> Iterator[str]:
    instance, rules, say = teller.instance, asked.rules, teller.say
    members = instance.members(instance.regions.index(region))
    if instance.facility[members].any():
        yield (
            say("facility municipalities stay as they are")
            if rules.facility == "alone"
            else say("facility municipalities take part like all others")
        )
    if (instance.population[members] > asked.population.max).any():
        yield (
            _too_large(teller, asked)
            if rules.above_max == "alone"
            else say(
                "a municipality of more than {most} inhabitants may take in neighbours that have {number} "
                "inhabitants together at most",
                most=asked.population.max,
                number=rules.absorb_up_to,
            )
        )
    if rules.isolated == "alone":
        yield say("a municipality that has no other to merge with stays as it is")
    staying = {instance.find(text) for text in rules.staying}.intersection(members.tolist())
    if staying:
        names = [instance.names[i] for i in sorted(staying)]
        yield say("for the time being these stay as they are: {names}", names=names)
    if (instance.merged_in[members] > 0).any() and (asked.level != "zones" or rules.merged != "free"):
        yield _recent(teller, asked)


def _too_large(teller: Teller, asked: Scenario) -> str:
    most = asked.population.max
    if asked.level == "zones":
        return teller.say("a municipality of more than {most} inhabitants is a zone by itself", most=most)
    return teller.say("a municipality of more than {most} inhabitants stays as it is", most=most)


def _recent(teller: Teller, asked: Scenario) -> str:
    match asked.rules.merged:
        case "priced":
            return teller.say("a municipality that came out of a recent merger may merge again, at a price")
        case "alone":
            return teller.say("a municipality that came out of a recent merger stays as it is")
        case "kept":
            return teller.say(
                "a municipality that came out of a recent merger stays as it is where it has at least "
                "{least} "
                "inhabitants",
                least=asked.population.lowest,
            )
    return teller.say("a municipality that came out of a recent merger may merge like all others")


def _seat(teller: Teller, asked: Scenario, part: str) -> str:
    if asked.rules.seat == "best_equipped":
        return teller.say(
            "the seat of a {part} is its best-equipped municipality; of equals, the one nearest to all "
            "inhabitants",
            part=part,
        )
    return teller.say("the seat of a {part} is the municipality nearest to all its inhabitants", part=part)


def _enclosed(teller: Teller, asked: Scenario, part: str) -> Iterator[str]:
    rules, say = asked.rules, teller.say
    if rules.enclosed == "allowed":
        return
    if rules.enclosed == "priced":
        yield say("a {part} that encloses a centre town pays a price for it", part=part)
        return
    yield say("no {part} lies in a ring around a municipality that stays outside it", part=part)
    if rules.enclosed_parts == "all":
        yield say("no {part} of two or more has one other as its only neighbour", part=part)


def _requires(teller: Teller, asked: Scenario, part: str) -> Iterator[str]:
    if asked.requires.classes:
        yield teller.say(
            "each {part} has at least one municipality with degree of equipment {classes}",
            part=part,
            classes=teller.listed(asked.requires.classes, either=True),
        )
    for key in asked.requires.functions:
        name = teller.function(key) if key in teller.instance.functions else key
        yield teller.say(
            "each {part} has at least one municipality with this function: {function}",
            part=part,
            function=name,
        )


def _frames(teller: Teller, asked: Scenario, part: str) -> Iterator[str]:
    frames, say = asked.frames, teller.say
    if frames.regions:
        yield say("no {part} crosses the border of the reference region", part=part)
    else:
        yield say("the reference regions do not bind: all of them are looked at as one")
    if frames.unsplit:
        layers = [teller.label("layers", name) for name in frames.unsplit]
        yield say("these are never divided: {layers}", layers=layers)
    if frames.within:
        layers = [teller.label("layers", name) for name in frames.within]
        yield say("no {part} crosses the borders of these: {layers}", part=part, layers=layers)
    if frames.zones and frames.source:
        yield say("no {part} crosses the zones of {file}", part=part, file=frames.source)
    elif frames.zones:
        yield say("no {part} crosses the zones that were given", part=part)
    if asked.borders.min_length:
        yield say(
            "municipalities are neighbours where they share at least {number} metres of border",
            number=asked.borders.min_length,
        )
