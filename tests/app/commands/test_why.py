"""`refzones why`: how wishes are written, what is answered, what is wrong."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from refzones.instances import Instance, load, write_folder
from refzones.models import Scenario
from refzones.solver import Result, solve
from refzones.solver.results.points_in_words import points_in_words
from refzones.solver.results.record import read_record, record_of
from support.build import build_instance

SCENARIO = Scenario.from_dict({"population": {"min": 30_000, "max": 70_000}, "weights": {"distance": 1}})
NESTED = Scenario.from_dict(
    {
        **SCENARIO.model_dump(exclude={"zones"}),
        "level": "nested",
        "zones": {"population": {"min": 60_000, "max": 130_000}, "weights": {"distance": 1}},
    }
)


def row() -> Instance:
    """Two regions of four in a row, the last one a facility municipality."""
    people = [20_000, 30_000, 40_000, 30_000] * 2
    return build_instance(people, pairwise(range(8)), region=[0] * 4 + [1] * 4, facility=[7])


def write_plan(result: Result, folder: str) -> None:
    """A run without its tables and map."""
    Path(folder).mkdir()
    text = record_of(result).model_dump_json(indent=1)
    (Path(folder) / "plan.json").write_text(text, encoding="utf-8")


@pytest.fixture
def plan(run, tmp_path: Path) -> Result:
    """The folders `small` and `plan`, and what the plan holds."""
    instance = row()
    write_folder(instance, tmp_path / "small")
    result = solve(load(tmp_path / "small"), SCENARIO)
    write_plan(result, "plan")
    return result


WHY = ("why", "plan", "-i", "small")


# How a wish is written


@pytest.mark.parametrize(
    "wish",
    [
        ("--together", "M1", "M2"),
        ("--together", "M1,M2"),
        ("--together", "m1 + 10002"),
        ("--together=M1;M2",),
    ],
)
def test_every_way_of_writing_is_the_same_wish(run, plan: Result, wish: tuple[str, ...]) -> None:
    code, output, _ = run(*WHY, *wish)
    assert code == 1
    assert "locks.together: M1, M2" in output


# What is answered


def test_a_wish_that_costs(run, plan: Result) -> None:
    code, output, errors = run(*WHY, "--together", "M2", "M3")
    truth = solve(row(), SCENARIO.model_copy(update={"locks": locks(together=(("M2", "M3"),))}))
    assert truth.score_nano is not None
    assert plan.score_nano is not None
    cost = (plan.score_nano - truth.score_nano) / 1e9
    assert (code, errors) == (0, "")
    words = points_in_words(row(), SCENARIO, ["R0"], plan.score_nano - truth.score_nano)
    assert words.startswith("as if everyone in R0 were ")
    assert f"the wish costs {cost:.3f} points, {words} (score {plan.score_nano / 1e9:.3f} without" in output
    assert f"R0: costs {cost:.3f} points" in output
    assert f"+{cost:.3f}" in output
    assert "solved again: R0\n" in output
    assert "proved: no plan of R0 is better, with the wish or without" in output
    assert "M2 + M3: 70,000" in output
    assert "M5 + M4" not in output


def locks(**keys: object) -> object:
    from refzones.models.scenario.tables import Locks

    return Locks(**keys)  # type: ignore[arg-type]


def test_several_wishes_at_once(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--alone", "M0", "M1", "--together", "M4", "M5", "--seat", "M5", "M2")
    assert code == 0
    assert "solved again: R0\n" in output
    assert "proved: no plan of R0, R1 is better" in output


def test_what_the_plan_has(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--merger", "M0", "M1", "--apart", "M2", "M3")
    assert code == 0
    assert output.splitlines() == [
        "the plan has it already: it costs 0",
        "proved: no plan of R0 is better, with the wish or without",
    ]
    code, output, _ = run(*WHY, "--apart", "M2", "M5")
    assert code == 0
    assert output.splitlines() == ["the plan has it already: it costs 0", "proved"]


def test_a_wish_that_lifts_a_rule_may_gain(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--alone", "M0")
    assert code == 0
    assert "the wish gains" in output
    assert "who is wished alone, and a merger that is wished as it is, need not keep the bounds" in output


def test_a_wish_against_a_rule(run, plan: Result) -> None:
    code, output, errors = run(*WHY, "--together", "M6", "M7", "--out", "folder")
    assert (code, errors) == (1, "")
    assert output.splitlines() == [
        "the wish contradicts a rule: locks.together: M7 (10007) is a facility municipality and stands "
        'alone. these rules cannot hold together: locks.together: M6, M7; rules.facility = "alone": M7 '
        "(10007) (they could without any one of them). Enough by itself: drop the lock together: M6, M7 or "
        "let M7 join (rules.joined)",
        "no plan has what is wished",
    ]
    assert not Path("folder").exists()


def test_a_wish_that_no_plan_has(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--together", "M0", "M2", "--out", "folder")
    assert code == 1
    assert "R0: infeasible: no merger that keeps all rules can hold M0 (10000), M2 (10002)" in output
    assert "Enough by itself: drop the lock together: M0, M2 or maximum 90,000 instead of 70,000" in output
    assert output.endswith("no plan has what is wished\n")
    assert not Path("folder").exists()


def test_an_unproved_plan(run, plan: Result) -> None:
    data = json.loads(Path("plan/plan.json").read_text(encoding="utf-8"))
    region = data["regions"][0]
    region["status"] = data["status"] = "feasible"
    region["bound_nano"] += 5
    data["bound_nano"] += 5
    for part in (region, data):
        part["bound"] = part["bound_nano"] / 1e9
        part["gap"] = (part["bound_nano"] - part["score_nano"]) / max(abs(part["score_nano"]), 1)
    Path("plan/plan.json").write_text(json.dumps(data), encoding="utf-8")
    code, output, _ = run(*WHY, "--together", "M2", "M3")
    assert code == 0
    assert "the plan is not proved in R0: without the wish there may be a better one" in output
    costs = next(line for line in output.splitlines() if line.startswith("the wish costs"))
    points = costs.split()[3]
    # what is at most so much is rounded up
    assert (
        f"not proved: held against the bounds, the wish costs from {points} "
        f"to {float(points) + 0.001:.3f} points" in output
    )
    code, output, _ = run(*WHY, "--together", "M0", "M1")
    assert code == 0
    assert "the plan has it already: it costs 0" in output
    assert "the wish costs from 0 to 0.000000005 points" in output
    code, output, _ = run(*WHY, "--together", "M4", "M5")
    assert "proved: no plan of R1 is better, with the wish or without" in output


def test_no_time(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--together", "M2", "M3", "--time-limit", "0.000000001")
    assert code == 1
    assert "R0: no plan within limit: the time limit passed" in output


def test_mergers_and_zones_of_a_nested_plan(run, plan: Result) -> None:
    base = solve(load(Path("small")), NESTED)
    write_plan(base, "nested")
    code, output, _ = run("why", "nested", "-i", "small", "--apart", "M0", "M1", "--alone", "M0")
    assert code == 0
    assert "zones.distance" in output
    code, output, _ = run("why", "nested", "-i", "small", "--together", "M0", "M3", "--level", "zones")
    assert code == 0
    code, _, errors = run(*WHY, "--alone", "M0", "--level", "zones")
    assert code == 2
    assert "value 'zones': the plan has no zones: it is at level 'mergers'; leave the level out" in errors


def test_the_plan_with_the_wish_is_written_and_can_be_wished_about_again(run, plan: Result) -> None:
    code, output, _ = run(*WHY, "--together", "M2", "M3", "--out", "wished")
    assert code == 0
    assert output.endswith("verified: clean; written to wished\n")
    assert run("verify", "wished", "-i", "small")[0] == 0
    written = {file.name for file in Path("wished").iterdir()}
    assert written == {"plan.json", "assignment.csv", "mergers.csv", "plan.geojson", "map.png"}
    record = read_record(Path("wished"))
    truth = solve(row(), record.scenario)
    assert record.plan(row()).mergers == truth.mergers
    assert record.scenario.locks.together == (("M2", "M3"),)
    assert [region.name for region in record.regions] == ["R0", "R1"]
    code, output, _ = run("why", "wished", "-i", "small", "--together", "M2", "M3")
    assert (code, output.splitlines()[0]) == (0, "the plan has it already: it costs 0")


# Prices of a list


def test_prices_of_a_list(run, plan: Result) -> None:
    Path("list.csv").write_text(
        "merger;old\n"
        "Low;M0 (10000) + M1 (10001)\n"
        "High;M2 (10002) + M3 (10003)\n"
        "Facility;M6 (10006) + M7 (10007)\n"
        "Across;M3 (10003) + M4 (10004)\n"
        "Other;X (20003) + Y (20004)\n",
        encoding="utf-8",
    )
    code, output, _ = run(*WHY, "--existing", "list.csv", "--out", "prices.csv")
    assert code == 0
    lines = output.splitlines()
    assert any("Low: M0 + M1" in line and "50,000" in line and "exactly" in line for line in lines)
    assert any("High: M2 + M3" in line and "70,000" in line and " no " in line for line in lines)
    assert any("Facility" in line and "against a rule" in line for line in lines)
    assert "3: together: locks.together: M7 (10007) is a facility municipality and stands alone. " in output
    assert "4: together: M3 (10003), M4 (10004) are in different regions (R0, R1)" in output
    assert "5: instance 'small' has none of these municipalities" in output
    with Path("prices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [r["merger"] for r in rows] == ["Low", "High", "Facility", "Across", "Other"]
    assert (rows[0]["together_nano"], rows[0]["exactly_nano"], rows[0]["in_plan"]) == ("0", "0", "exactly")
    _, output, _ = run(*WHY, "--together", "M2", "M3")
    assert f"the wish costs {float(rows[1]['together']):.3f} points" in output


def test_prices_of_a_table_and_of_another_run(run, plan: Result) -> None:
    Path("table.csv").write_text(
        "nis,zone,merger\n10000,A,\n10001,A,P\n10002,A,P\n10003,A,Q\n", encoding="utf-8"
    )
    code, output, _ = run(*WHY, "--existing", "table.csv")
    assert code == 0
    assert "P: M1 + M2" in output
    assert "Q" not in output
    code, output, _ = run(*WHY, "--existing", "plan")
    assert code == 0  # a run is read from its record, whatever else is there
    write_plan(solve(load(Path("small")), NESTED), "nested")
    code, output, _ = run("why", "nested", "-i", "small", "--existing", "table.csv", "--level", "zones")
    assert code == 0
    assert "A: M0 + M1 + M2 + M3" in output


# Bad input


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((*WHY,), "nothing is wished; add --together, --apart, --alone, --seat, --merger or --existing"),
        ((*WHY, "--together"), "Option '--together' requires an argument"),
        ((*WHY, "--together", "M0"), "together: a group needs at least two municipalities"),
        ((*WHY, "--together", "M0", "Gent", "--alone", "Genk"), "value 'Gent': --together: no municipality"),
        ((*WHY, "--together", "M0", "Gent", "--alone", "Genk"), "value 'Genk': --alone: no municipality"),
        ((*WHY, "--alone", "19999"), "--alone: no municipality has this code; those here"),
        ((*WHY, "--merger", "M3", "M4"), "mergers: M3 (10003), M4 (10004) are in different regions (R0, R1)"),
        ((*WHY, "--together", "M0", "10000"), "together: M0 (10000) stands twice in one group; keep it once"),
        (
            (*WHY, "--alone", "M0", "--level", "merger"),
            "value 'merger': --level: there is no such level; did",
        ),
        (
            (*WHY, "--alone", "M0", "--existing", "x.csv"),
            "each merger of its file by itself, without --alone",
        ),
        ((*WHY, "--existing", "x.csv"), "x.csv"),
        ((*WHY, "--alone", "M0", "--out", "small/municipalities.csv"), "this is a file, not a folder"),
        ((*WHY, "--existing", "list.csv", "--out", "small"), "this is a folder, not a file"),
        ((*WHY, "--alone", "M0", "--time-limit", "-1"), "time"),
        (("why", "nowhere", "--alone", "M0"), "nowhere: there is no such file or folder"),
        (("why", "list.csv", "--alone", "M0"), "list.csv: a wish is held against a plan of refzones"),
        (("why", "plan", "--alone", "M0", "-i", "flanders-2024"), "the plan was made for other data"),
        (("why", "--alone", "M0", "plan"), "Missing argument 'PLAN'"),
    ],
)
def test_bad_input(run, plan: Result, arguments: tuple[str, ...], message: str) -> None:
    Path("list.csv").write_text("nis,merger\n10000,A\n10001,A\n", encoding="utf-8")
    code, _, errors = run(*arguments)
    assert code == 2
    assert message in " ".join(errors.split())


def test_two_of_one_name(run, plan: Result) -> None:
    from dataclasses import replace

    twins = replace(row(), names=("M0", "M1", "Halle", "Halle", *row().names[4:]))
    write_folder(twins, Path("twins"))
    write_plan(solve(load(Path("twins")), SCENARIO), "other")
    code, _, errors = run("why", "other", "-i", "twins", "--alone", "Halle")
    assert code == 2
    assert "more than one municipality has this name; use the code: Halle (10002), Halle (10003)" in errors
    assert run("why", "other", "-i", "twins", "--alone", "10002")[0] == 0


def test_a_region_that_the_plan_is_not_for(run, plan: Result) -> None:
    write_plan(solve(load(Path("small")), SCENARIO, regions=["R0"]), "part")
    code, _, errors = run("why", "part", "-i", "small", "--alone", "M5")
    assert code == 2
    assert "the plan is not for region 'R1'; it is for R0" in errors
    assert run("why", "part", "-i", "small", "--alone", "M3")[0] == 0


def test_a_plan_that_was_altered_is_no_plan_to_hold_a_wish_against(run, plan: Result) -> None:
    text = Path("plan/plan.json").read_text(encoding="utf-8")
    data = json.loads(text)
    data["mergers"][0]["score_nano"] += 1
    Path("plan/plan.json").write_text(json.dumps(data), encoding="utf-8")
    code, _, errors = run(*WHY, "--alone", "M3")
    assert code == 2
    assert "the plan does not pass verification" in errors
    assert "'refzones verify' lists everything" in errors
    data = json.loads(text)
    data["regions"][0]["bound_nano"] += 1
    Path("plan/plan.json").write_text(json.dumps(data), encoding="utf-8")
    code, _, errors = run(*WHY, "--alone", "M3")
    assert code == 2
    assert "the plan does not pass verification" in errors
