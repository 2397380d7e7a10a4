"""The chapter on what a plan does: families, mandates, money, fund, rates and bodies of each region."""

from __future__ import annotations

import pytest
from refzones.app.dossier.chapters.book import compose
from refzones.app.dossier.content.document import Bullets, Figure, Section, Table
from refzones.app.dutch import Language, labels
from refzones.solver.review.cooperation_changes import cooperation_changes
from support.told import all_sections, preset_facts

REGION = "Midwest"


def chapter(preset: str = "mergers", language: Language = "en") -> dict[str, Section]:
    facts = preset_facts(preset, (REGION,) if preset != "zones" else ("Regio Brugge",))
    return {one.key: one for one in all_sections(compose(facts, language, ["effects"]).sections)}


def tables(section: Section) -> list[Table]:
    return [block for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_families_stand_in_order_with_three_figures_a_row(language: Language) -> None:
    found = tables(chapter(language=language)["midwest-effects"])
    assert [one.caption for one in found] == list(labels(language)["families"].values())
    for table in found:
        for _, before, after, change in table.rows:
            if isinstance(before, Figure) and isinstance(after, Figure):
                assert isinstance(change, Figure)
                assert change.value == pytest.approx(after.value - before.value)
                assert change.text.startswith("+") == (round(change.value, 6) > 0 and change.text != "0")


def test_mandates_of_mergers_sum_to_those_of_the_region() -> None:
    sections = chapter()
    (mandates,) = tables(sections["midwest-mandates"])
    democracy = next(
        one for one in tables(sections["midwest-effects"]) if one.caption == "Democracy and reach"
    )
    (councillors,) = (row for row in democracy.rows if row[0] == "Councillors")
    for place, total in ((1, councillors[1]), (2, councillors[2])):
        cells = [row[place] for row in mandates.rows]
        assert sum(cell.value for cell in cells if isinstance(cell, Figure)) == total.value  # nobody is alone


def test_what_the_fund_gives_others_pay() -> None:
    for table in tables(chapter()["midwest-fund"]):
        changes = {str(row[0]): row[3].value for row in table.rows if isinstance(row[3], Figure)}
        others, region = changes.pop("All other municipalities"), changes.pop("The region as a whole")
        assert region == -others != 0
        assert sum(changes.values()) == region


def test_rates_are_of_every_member_and_those_of_a_merger_are_one() -> None:
    for table in tables(chapter()["midwest-rates"]):
        mergers = {row[1] for row in table.rows}
        assert len(table.rows) == 15
        for merger in mergers:
            rows = [row for row in table.rows if row[1] == merger]
            for place in range(3, len(table.headings)):
                assert len({getattr(row[place], "value", row[place]) for row in rows}) == 1


def test_bodies_are_named() -> None:
    facts = preset_facts("mergers", (REGION,))
    assert facts.effects is not None
    (bullets,) = chapter()["midwest-bodies"].blocks
    assert isinstance(bullets, Bullets)
    text = "\n".join(bullets.items)
    changes = cooperation_changes(facts.instance, facts.effects.plan)
    assert {one.body for _, some in changes for one in some if one.body not in text} == set()


def test_sources_and_what_is_not_known_are_told_once() -> None:
    sections = chapter()
    (table,) = tables(sections["effects"])
    assert all(row[1] for row in table.rows)
    items = [
        item for block in sections["effects"].blocks if isinstance(block, Bullets) for item in block.items
    ]
    assert any("refzones instance add-f" in item for item in items)
    assert len(set(items)) == len(items)


def test_zones_merge_nothing() -> None:
    assert chapter("zones") == {}
