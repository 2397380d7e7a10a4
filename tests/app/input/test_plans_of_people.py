"""Plans as people have them, by every command that takes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from refzones.instances import Instance, load
from refzones.instances.vintages import all_changes
from refzones.instances.writing import write_folder
from refzones.models import Scenario
from refzones.solver import solve
from support.best import best_groups, best_of
from support.build import build_instance

from ..conftest import Run

BEST = best_groups("Waasland")
GAP_0 = "gap 0 points (0)"


def table(header: str, rows: list[str]) -> None:
    Path("plan.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


def test_blank_rows_outside_what_is_asked_are_left_out(run: Run) -> None:
    together = {code: group for code, group in BEST.items() if list(BEST.values()).count(group) > 1}
    assert 0 < len(together) < len(BEST)  # a row of the Waasland is blank too
    table("nis,merger", [f"{code},{together.get(code, '')}" for code in load().codes])
    code, output, errors = run("evaluate", "plan.csv")
    assert (code, errors) == (0, "")
    assert GAP_0 in output
    assert f"best {best_of('Waasland').score:.3f} " in output  # of the Waasland alone


BEVEREN, LOKEREN = "46030", "46029"  # since 2025
NOW = {"11056": BEVEREN, "46003": BEVEREN, "46013": BEVEREN, "46014": LOKEREN, "44045": LOKEREN}
NOW |= {code: code for code in BEST if code not in (BEVEREN, LOKEREN)}
OLD = {code: BEST[now] for code, now in NOW.items()}


@pytest.mark.parametrize("names", [False, True])
def test_plan_of_before_2025(run: Run, names: bool) -> None:
    old = load("flanders-2024")
    shown = {code: old.names[old.index[code]] if names else code for code in OLD}
    table("gemeente,merger", [f"{shown[code]},{group}" for code, group in OLD.items()])
    code, _, errors = run("evaluate", "plan.csv")
    assert code == 2
    # by name, Lokeren is taken for what it is now
    assert f"{4 if names else 5} municipalities are of another moment: " in errors
    assert "bring them to this moment: --from-vintage 2024" in errors
    assert "did you mean" not in errors
    if not names:
        assert "all of these municipalities are in instance 'flanders-2024'" in errors
    code, output, errors = run("evaluate", "plan.csv", "--from-vintage", "2024")
    assert (code, errors) == (0, "")
    assert GAP_0 in output


def test_mixture_of_two_moments(run: Run) -> None:
    rows = [f"{code},{group}" for code, group in OLD.items() if NOW[code] != BEVEREN]
    table("nis,merger", [*rows, f"{BEVEREN},{BEST[BEVEREN]}"])
    code, _, errors = run("evaluate", "plan.csv")
    assert code == 2
    assert "2 municipalities are of another moment" in errors
    assert "others are of this moment, such as Beveren-Kruibeke-Zwijndrecht (46030)" in errors
    code, output, _ = run("evaluate", "plan.csv", "--from-vintage", "2018")
    assert (code, GAP_0 in output) == (0, True)


def test_plan_that_divides_what_is_one_municipality_now(run: Run) -> None:
    table("nis,merger", [f"{code},{'X' if code == '44045' else group}" for code, group in OLD.items()])
    code, _, errors = run("evaluate", "plan.csv", "--from-vintage", "2024")
    assert code == 2
    assert "Lokeren (46014), Moerbeke (44045) are one municipality since 2025, Lokeren (46029)" in errors
    code, _, errors = run("evaluate", "plan.csv", "--from-vintage", "yesterday")
    assert (code, "--from-vintage must be a year" in errors) == (2, True)


@pytest.mark.parametrize("command", ["compare", "why", "census"])
def test_other_commands_bring_plans_here_too(run: Run, command: str) -> None:
    table("nis,merger", [f"{code},{group}" for code, group in OLD.items()])
    assert run("solve", "-r", "Waasland", "--out", "best")[0] == 0
    arguments = {
        "compare": ("compare", "best", "plan.csv"),
        "why": ("why", "best", "--existing", "plan.csv"),
        "census": ("census", "-r", "Waasland", "--plan", "plan.csv"),
    }[command]
    code, _, errors = run(*arguments, "--from-vintage", "2024")
    assert (code, errors) == (0, "")


def test_existing_plan_of_before(run: Run) -> None:
    table("nis,merger", [f"{code},{group}" for code, group in OLD.items()])
    scenario = 'preset = "mergers"\n[existing]\nmode = "keep"\nplan = "plan.csv"\n'
    Path("s.toml").write_text(scenario + "from_vintage = 2024\n", encoding="utf-8")
    assert run("solve", "-r", "Waasland", "-s", "s.toml", "--out", "kept")[0] == 0
    assert run("verify", "kept")[0] == 0
    plan = json.loads(Path("kept/plan.json").read_text(encoding="utf-8"))
    kept = {code for code, group in BEST.items() if group == BEST[BEVEREN]}
    assert kept in [set(merger) for merger in plan["scenario"]["existing"]["mergers"]]
    Path("s.toml").write_text(scenario, encoding="utf-8")
    code, _, errors = run("solve", "-r", "Waasland", "-s", "s.toml", "--out", "kept")
    assert code == 2
    assert errors.count("error: ") == 1
    assert "existing.mergers: 5 municipalities are of another moment: " in errors
    assert "bring them to this moment: existing.from_vintage = 2024 (the 300 municipalities" in errors
    Path("s.toml").write_text(scenario + "to_vintage = 2024\n", encoding="utf-8")
    code, _, errors = run("solve", "-s", "s.toml")
    assert "existing.to_vintage says nothing without existing.from_vintage" in errors
    Path("s.toml").write_text(scenario + 'from_vintage = "x"\n', encoding="utf-8")
    assert "existing.from_vintage must be a year" in run("solve", "-s", "s.toml")[2]


def test_official_list_with_rows_of_other_regions(run: Run) -> None:
    mergers: dict[str, list[str]] = {}
    for change in all_changes():
        if change.year == 2025:
            mergers.setdefault(change.now, []).append(change.was)
    rows = [f'"{" + ".join(members)}","{now}"' for now, members in mergers.items()]
    table(
        "Fuserende gemeenten,Nieuwe gemeenten",
        [*rows, "Bastogne (82003) + Bertogne (82005),Bastogne (82039)"],
    )
    near = {"name": "near", "weights": {"distance": 1}}
    Path("near.toml").write_text('name = "near"\n[weights]\ndistance = 1\n', encoding="utf-8")
    asked = ("-i", "flanders-2024", "-s", "near.toml", "--others-alone")
    code, output, errors = run("evaluate", "plan.csv", *asked)
    assert code == 1  # it breaks rules
    assert errors == "note: plan.csv: 2 municipalities outside Flanders left out: 82003, 82005\n"
    old = load("flanders-2024")
    touched = {old.regions[old.region[old.index[c.old_code]]] for c in all_changes() if c.year == 2025}
    best = solve(old, Scenario.from_dict(near), regions=sorted(touched))
    assert f"best {best.score:.3f} " in output
    # as a plan to extend, in a scenario
    Path("s.toml").write_text('preset = "mergers"\nexisting.plan = "plan.csv"\n', encoding="utf-8")
    code, _, errors = run("solve", "-i", "flanders-2024", "-r", "Waasland", "-s", "s.toml", "--out", "out")
    assert (code, errors) == (0, "")
    assert run("verify", "out")[0] == 0


def test_list_of_other_regions_only(run: Run) -> None:
    table("Old,New", ["Bastogne (82003) + Bertogne (82005),Bastogne (82039)"])
    code, _, errors = run("evaluate", "plan.csv")
    assert code == 2
    assert "no municipality of instance 'flanders-2025' is in the file" in errors


def test_shapes_with_codes_of_before(run: Run) -> None:
    pytest.importorskip("geopandas")
    square = {"type": "Polygon", "coordinates": [[[4, 51], [4.1, 51], [4.1, 51.1], [4, 51]]]}
    features = [
        {"type": "Feature", "properties": {"nis": code, "merger": group}, "geometry": square}
        for code, group in OLD.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    Path("plan.geojson").write_text(text, encoding="utf-8")
    code, _, errors = run("evaluate", "plan.geojson")
    assert (code, "5 municipalities are of another moment" in errors) == (2, True)
    code, output, _ = run("evaluate", "plan.geojson", "--from-vintage", "2024")
    assert (code, GAP_0 in output) == (0, True)


# Parts of one name


@pytest.fixture
def twins() -> Instance:
    """Two regions, in each two villages of one name with a neighbour."""
    instance = build_instance(
        [20_000, 30_000, 20_000, 30_000, 30_000, 20_000, 30_000, 20_000],
        [(0, 1), (1, 2), (2, 3), (4, 5), (5, 6), (6, 7)],
        region=[0] * 4 + [1] * 4,
        points=[(5_000.0 * (i % 4), 50_000.0 * (i // 4)) for i in range(8)],
    )
    names = ("Saint-Nicolas", "Aa", "Be", "Saint-Nicolas", "Saint-Nicolas", "Ce", "Saint-Nicolas", "De")
    from dataclasses import replace

    return replace(instance, names=names, name="twins")


def test_proved_run_with_parts_of_one_name_has_no_gap(run: Run, twins: Instance) -> None:
    write_folder(twins, Path("twins"))
    text = "[population]\nmin = 40000\nmax = 60000\n[weights]\ndistance = 1\n"
    Path("s.toml").write_text(text, encoding="utf-8")
    assert run("solve", "-i", "twins", "-s", "s.toml", "--out", "best")[0] == 0
    names = [merger["name"] for merger in json.loads(Path("best/plan.json").read_text("utf-8"))["mergers"]]
    assert len(set(names)) < len(names)  # what this test is about
    for plan in ("best", "best/assignment.csv", "best/mergers.csv", "best/plan.json"):
        code, output, _ = run("evaluate", plan, "-i", "twins", "-s", "s.toml")
        assert (plan, code, GAP_0 in output) == (plan, 0, True)
    code, output, _ = run("compare", "best", "best/assignment.csv", "-i", "twins", "--out", "same")
    assert (code, "both plans have the same mergers" in output) == (0, True)
    keep = '[existing]\nmode = "keep"\nplan = "best"\n'
    Path("k.toml").write_text(text + keep, encoding="utf-8")
    assert run("solve", "-i", "twins", "-s", "k.toml", "--out", "kept")[0] == 0
    kept, best = (json.loads(Path(f"{n}/plan.json").read_text("utf-8")) for n in ("kept", "best"))
    assert [m["members"] for m in kept["mergers"]] == [m["members"] for m in best["mergers"]]


def test_name_of_two_municipalities_is_told_with_their_codes(run: Run, twins: Instance) -> None:
    write_folder(twins, Path("twins"))
    text = '[weights]\ndistance = 1\n[locks]\ntogether = [["Saint-Nicolas", "Aa"]]\n'
    Path("s.toml").write_text(text, encoding="utf-8")
    code, _, errors = run("solve", "-i", "twins", "-s", "s.toml")
    assert code == 2
    assert (
        "more than one municipality has this name; use the code: Saint-Nicolas (10000), Saint-Nicolas ("
        in errors
    )
