"""What was asked and cannot be, with the nearest change that makes it possible."""

from __future__ import annotations

from ....solver.infeasibility.diagnosis import Diagnosis
from ....solver.review.absorbing import lone_city_lines
from ....solver.review.lock_prices import LockPrice
from ..content.document import Block, Bullets, Section
from .locks import lock_sentence
from .rules import change_sentence, rule_sentence
from .teller import Teller, key_of, sentence


def conflicts(teller: Teller, region: str) -> Section | None:
    """Say why a region has no plan and what is enough to change, and which wishes of a plan stay unmet."""
    facts, _ = teller.of(region)
    blocks: list[Block] = []
    if facts.result.score_nano is None:
        blocks += _no_plan(teller, region, facts.diagnosis)
    impossible = [
        price
        for price in teller.facts.locks
        if price.status == "no plan with it" and region in price.lock.regions(teller.instance)
    ]
    blocks += _impossible(teller, impossible)
    lines = [sentence(teller.told(line)) for line in lone_city_lines(teller.instance, facts.lone)]
    if lines:
        blocks.append(Bullets(tuple(lines)))
    if not blocks:
        return None
    return Section(f"{key_of(region)}-conflicts", teller.say("What was asked and cannot be"), tuple(blocks))


def _no_plan(teller: Teller, region: str, found: Diagnosis | None) -> list[Block]:
    reason = teller.facts.regions[region].result.reason
    if teller.facts.regions[region].result.status != "infeasible":
        text = teller.say("No plan was found in time; whether there is one is not known")
        return [teller.paragraph(text, tone="warning")]
    text = teller.say("It is proved that no plan of {region} keeps all rules", region=region)
    blocks: list[Block] = [teller.paragraph(text, tone="warning")]
    if found is not None and found.rules:
        blocks += _clash(teller, region, found)
    elif found is not None and found.problems:
        blocks.append(teller.paragraph(*map(teller.told, found.problems)))
    elif reason:
        blocks.append(teller.paragraph(*map(teller.told, reason.split(". "))))
    if found is not None and found.remedies:
        changes = tuple(sentence(change_sentence(teller, remedy.text)) for remedy in found.remedies)
        only = len(changes) == 1
        said = (
            teller.say("This change is enough:")
            if only
            else teller.say("Each of these changes is enough by itself:")
        )
        blocks += [teller.paragraph(said), Bullets(changes)]
    elif found is not None and found.rules:
        text = teller.say("No single change was found that is enough by itself")
        blocks.append(teller.paragraph(text))
    return blocks


def _clash(teller: Teller, region: str, found: Diagnosis) -> list[Block]:
    """Name the rules that leave no plan."""
    rules = tuple(sentence(rule_sentence(teller, region, rule)) for rule in found.rules)
    if len(rules) == 1:
        said = teller.say("This rule leaves no plan by itself:")
    elif found.explanation is not None and found.explanation.irreducible:
        said = teller.say("These rules cannot hold together, and could without any one of them:")
    else:
        said = teller.say("These rules cannot hold together:")
    return [teller.paragraph(said), Bullets(rules)]


def _impossible(teller: Teller, prices: list[LockPrice]) -> list[Block]:
    if not prices:
        return []
    return [
        teller.paragraph(teller.say("Without any one of these agreements there is a plan:")),
        Bullets(tuple(sentence(lock_sentence(teller, price.lock)) for price in prices)),
    ]
