"""The figures of the page on the road."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from refzones.instances import Instance, load
from refzones.instances.plan_files.announced import Announced
from refzones.models import Road, Scenario, read_road
from refzones.solver import Plan, Schedule, best_schedule, foreclosure, road_problem, solve
from refzones.solver.plan_sets.alternatives import Loss
from refzones.solver.road.conflict import Conflict

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "road.md").read_text("utf-8")
INSTANCE, SCENARIO = load("flanders-2025"), Scenario.preset("mergers")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _rows(title: str) -> list[list[str]]:
    """Give the rows of the first table below a text of the page."""
    lines = PAGE.split(title, 1)[1].splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("|"))
    end = next(k for k in range(start, len(lines)) if not lines[k].startswith("|"))
    return [_cells(line) for line in lines[start + 2 : end]]


@pytest.fixture(scope="module")
def plan() -> Plan:
    best = solve(INSTANCE, SCENARIO).plan
    assert best is not None
    return best


def test_the_table_of_flanders_is_what_comes_out(plan: Plan) -> None:
    found = best_schedule(road_problem(INSTANCE, SCENARIO, plan, read_road(DOCS / "images" / "road.toml")))
    assert isinstance(found, Schedule)
    assert found.is_proved
    rows = _rows("### Flanders")
    for row, one in zip(rows, found.standings, strict=True):
        moved = ["-", "-"] if one.date is None else [str(len(one.mergers)), str(one.merging)]
        numbers = [f"{n:,}" for n in (one.municipalities, one.below_minimum, one.councillors)]
        assert row[1:] == moved + numbers
    facility = INSTANCE.population[INSTANCE.facility].sum()
    assert found.standings[-1].below_minimum == facility == 113_832
    assert "twelve facility municipalities" in " ".join(PAGE.split())


def test_the_file_of_the_page_is_one_that_can_be_read_and_solved(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "road.toml"
    path.write_text(PAGE.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    road = read_road(path)
    assert {*re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)}
    named = {
        key
        for text in re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
        for key in re.findall(r"`(\w+)`", text)
    }
    assert named == set(Road.model_fields)
    assert isinstance(best_schedule(road_problem(INSTANCE, SCENARIO, plan, road)), Schedule)


def test_the_conflict_of_the_page_is_what_comes_out(plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "road.toml"
    text = 'preset = "milestones-report"\ncompulsory = true\n[[capacity]]\nmergers = 12\n'
    path.write_text(f'{text}[[capacity]]\nprovince = "Antwerpen"\nmunicipalities = 30\n', encoding="utf-8")
    found = best_schedule(road_problem(INSTANCE, SCENARIO, plan, read_road(path)))
    assert isinstance(found, Conflict)
    told = [rule.text for rule in found.rules] + [c.text for c in (*found.alone, *found.together)]
    block = PAGE.split("```\nthere is no schedule", 1)[1].split("```", 1)[0]
    assert re.findall(r"^  - (.*)$", block, re.MULTILINE) == told


def _announced(instance: Instance) -> tuple[Announced, ...]:
    names = [row[0] for row in _rows("Seven mergers have been discussed")]
    return tuple(
        Announced(name, tuple(sorted(instance.find(part) for part in name.split(" + ")))) for name in names
    )


@pytest.mark.parametrize("exactly", [False, True])
def test_what_is_said_of_announced_mergers_is_what_comes_out(exactly: bool) -> None:
    announced = _announced(INSTANCE)
    assert len(announced) == 7
    found = foreclosure(INSTANCE, SCENARIO, announced, Loss.read("10%"), exactly=exactly)
    alone = {announced[one.places[0]].name: one for one in found.kept if len(one.places) == 1}
    if exactly:
        rows = _rows("the picture turns")
        assert {row[0] for row in rows} == {name for name, one in alone.items() if one.is_possible}
        for name, price, words, lost in rows:
            one = alone[name]
            assert one.price_nano is not None
            assert (price, words, lost) == (
                f"{one.price_nano / 1e9:.3f}",
                one.price_in_words,
                str(len(one.lost)),
            )
            assert one.good_left == 0
        return
    for name, price, left in _rows("Seven mergers have been discussed"):
        one = alone[name]
        if price == "-":
            assert not one.is_possible
            number = re.match(r"[\d,]+", left)
            assert number is None or number[0] in one.why_not
        else:
            assert (one.price_nano, left) == (0, f"{one.good_left} of {one.good}")
