"""Rules that cannot hold together, and what is enough to change, as planners say it."""

from __future__ import annotations

import re

from ....models.scenario.scenario import Scenario
from ....solver.infeasibility.rules import Rule
from .locks import lock_sentence
from .teller import Teller

_KEY = re.compile(r' \((?:[a-z_]+\.)+[a-z_]+(?: = [^()]*(?:"[^"]*"[^()]*)*)?\)')
"""A key of a scenario file behind the words for it, with or without its value."""

_COUNT = re.compile(r'(?:zones\.)?count(?:\.regions\."[^"]*")?: ')
"""The key of the number of mergers before what it is to be."""


def rule_sentence(teller: Teller, region: str, rule: Rule) -> str:
    """Say a rule of a scenario."""
    if rule.lock is not None:
        return lock_sentence(teller, rule.lock)
    asked = teller.scenario.levels_by_prefix[rule.level]
    bounds, say = asked.population, teller.say
    least, most = asked.count.of(region) or (0, None)
    match rule.kind:
        case "high":
            text = say("at most {number} inhabitants", number=bounds.highest)
        case "low":
            text = say("at least {number} inhabitants", number=bounds.lowest)
        case "fewest":
            text = number_words(teller, asked, least, at_most=False)
        case "most":
            text = number_words(teller, asked, most or 0, at_most=True)
        case "absorb":
            text = say(
                "neighbours that a large municipality takes in have at most {number} inhabitants together",
                number=asked.rules.absorb_up_to,
            )
        case "facility" | "above_max" | "merged" | "isolated" | "staying":
            names = [teller.instance.names[i] for i in rule.municipalities]
            why = teller.label("standalone", rule.kind)
            text = say("{names} stays as it is: {why}", names=names, why=why)
        case "unsplit" | "within":
            text = say("the borders of: {layer}", layer=teller.label("layers", str(rule.key[1])))
        case "function":
            text = say(
                "in each of them this function: {function}", function=teller.function(str(rule.key[1]))
            )
        case "enclosed":
            text = say("no ring around a municipality")
        case _:
            text = teller.told(rule.text)
    return text


def number_words(teller: Teller, asked: Scenario, number: int, *, at_most: bool) -> str:
    """Say a bound on the number of mergers, or zones."""
    zones = asked.level == "zones"
    if at_most:
        return (
            teller.count(number, "at most one zone", "at most {number} zones")
            if zones
            else teller.count(number, "at most one merger", "at most {number} mergers")
        )
    return (
        teller.count(number, "at least one zone", "at least {number} zones")
        if zones
        else teller.count(number, "at least one merger", "at least {number} mergers")
    )


def change_sentence(teller: Teller, text: str) -> str:
    """Say a change of a scenario, without the keys that a file has for it."""
    told = _KEY.sub("", teller.told(text))
    if not _COUNT.match(told):
        return told
    what = teller.say("number of zones") if told.startswith("zones.") else teller.say("number of mergers")
    if teller.scenario.level == "zones":
        what = teller.say("number of zones")
    return _COUNT.sub(lambda _: f"{what}: ", told)
