"""How a plan was proved, and how anybody can check it."""

from __future__ import annotations

from ..content.document import Cell, Facts, Section, Table
from .teller import Teller, capital


def proof(teller: Teller) -> Section:
    """Say what was proved, by what, and how to check it."""
    plan = teller.record.plan
    places = {region.name: k for k, region in enumerate(plan.regions)}
    rows: list[tuple[Cell, ...]] = []
    for name in teller.facts.regions:
        k = places[name]
        path = ("plan", "regions", k)
        region = plan.regions[k]
        rows.append(
            (
                name,
                capital(teller.label("statuses", region.status)),
                teller.figure(*path, "candidates"),
                "" if region.score is None else teller.figure(*path, "score", digits=6),
                "" if region.bound is None else teller.figure(*path, "bound", digits=6),
            )
        )
    heads = tuple(
        teller.say(text)
        for text in (
            "Region",
            "What is known",
            "Possible mergers or zones that were listed",
            "Score",
            "No plan scores more than",
        )
    )
    facts = Facts(
        (
            (
                teller.say("Programs"),
                ", ".join(f"{name} {version}" for name, version in plan.engine.versions.items()),
            ),
            (teller.say("Data"), f"{plan.instance.name} (SHA-256 {plan.instance.hash})"),
            (teller.say("Plan"), f"SHA-256 {plan.digest}"),
            (teller.say("Command that checks all of it again"), f"refzones verify {teller.run}"),
        )
    )
    return Section(
        "proof",
        teller.say("How it was proved, and how to check it"),
        (
            teller.paragraph(
                teller.say(
                    "Proved optimal: it is proved that no plan that keeps the rules of the region scores "
                    "more, "
                    "so that score and bound are the same"
                ),
                teller.say(
                    "For this dossier, the plan and all other plans in it were checked once more, rule by "
                    "rule and score by score, by a part of the program that shares nothing with the search"
                ),
            ),
            Table(teller.say("Proof by region"), heads, tuple(rows)),
            facts,
        ),
        own_page=True,
    )
