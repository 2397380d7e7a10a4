"""`refzones instance from-graph` and `to-graph`, and `solve` after them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from refzones.app.commands.instance_graph import named
from refzones.instances import InputError, load

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REFZONES_DATA", ROOT.parent / "shared" / "data")) / "districting"
MISSING = f"the districting instances are not in {DATA} (set REFZONES_DATA)"

Run = Callable[..., tuple[int, str, str]]

SCENARIO = '[population]\nmin = 300\nmax = 700\n[rules]\nfacility = "free"\n[weights]\ncut_edges = 1\n'


def graph(**changes: Any) -> dict[str, Any]:
    """Six units of 200 people in two rows of three, in the adjacency form."""
    nodes = [
        {
            "id": k,
            "TOTPOP": 200,
            "C_X": 150_000 + 1000 * (k % 3),
            "C_Y": 170_000 + 1000 * (k // 3),
            "zone": "Z",
        }
        for k in range(6)
    ]
    near = [[1, 3], [0, 2, 4], [1, 5], [0, 4], [1, 3, 5], [2, 4]]
    return {
        "directed": False,
        "multigraph": False,
        "graph": [["crs", "EPSG:31370"]],
        "nodes": nodes,
        "adjacency": [[{"id": i} for i in row] for row in near],
    } | changes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "six.json"
    path.write_text(json.dumps(graph()), encoding="utf-8")
    return path


def test_from_a_graph_to_the_proof_and_back(run: Run, file: Path, tmp_path: Path) -> None:
    code, said, _ = run("instance", "from-graph", str(file), "--zone", "z=zone", "--out", "made")
    assert code == 0
    assert "note: read as population = TOTPOP, x = C_X, y = C_Y" in said
    assert "note: without a meaning" not in said
    assert "<Instance made: 6 municipalities, 7 borders, 1 region, 1,200 inhabitants>" in said
    (tmp_path / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    code, said, _ = run("solve", "-i", "made", "-s", "scenario.toml", "--out", "run")
    assert code == 0
    assert "verified: clean" in said
    code, said, _ = run("instance", "to-graph", "made", "--out", "again")
    assert (code, said.splitlines()) == (0, [f"written to {Path('again') / 'made.adjacency.json'}"])
    code, _, _ = run("instance", "from-graph", "again/made.adjacency.json", "--out", "same")
    assert code == 0
    assert load("same").hash == load("made").hash


def test_a_table_of_neighbours_with_a_table_of_units(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pairs.csv").write_text("from,to\n07,08\n08,09\n", encoding="utf-8")
    rows = [
        "GEOID,pop,x,y,beds",
        "07,100,150000,170000,1.250",
        "08,200,151000,170000,2",
        "09,300,152000,170000,",
    ]
    (tmp_path / "units.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    command = (
        "instance",
        "from-graph",
        "pairs.csv",
        "--crs",
        "EPSG:31370",
        "--function",
        "beds",
        "--out",
        "made",
    )
    code, _, said = run(*command)
    assert (code, "needs a table with the attributes of the units; name it: --table FILE" in said) == (
        2,
        True,
    )
    code, said, _ = run(*command, "--table", "units.csv")
    assert code == 0
    made = load("made")
    assert made.codes == ("07", "08", "09")
    assert made.functions["beds"].amount.tolist() == [1.25, 2, 0]
    assert made.borders.pairs.tolist() == [[0, 1], [1, 2]]


def test_a_table_adds_to_a_graph(run: Run, file: Path, tmp_path: Path) -> None:
    rows = [f"{k},Town {k}" for k in range(6)]
    (tmp_path / "names.csv").write_text("\n".join(["code,NAME", *rows]) + "\n", encoding="utf-8")
    code, _, _ = run("instance", "from-graph", str(file), "--table", "names.csv", "--out", "made")
    assert code == 0
    assert load("made").names[5] == "Town 5"
    (tmp_path / "names.csv").write_text("code,NAME\n0,Town\n", encoding="utf-8")
    code, _, said = run("instance", "from-graph", str(file), "--table", "names.csv", "--out", "made")
    assert (code, "the table has no row for this unit; add it" in said) == (2, True)


BAD: dict[str, tuple[tuple[str, ...], dict[str, Any], str]] = {
    "negative": ((), {"nodes": [{**node, "TOTPOP": -1} for node in graph()["nodes"]]}, "must be at least 0"),
    "a list for a name": (
        ("--name", "zone"),
        {"nodes": [{**node, "zone": ["Z"]} for node in graph()["nodes"]]},
        "this must be a number or a text",
    ),
    "directed": ((), {"directed": True}, "the graph is directed"),
    "unknown attribute": (
        ("--region", "zones"),
        {},
        "region: there is no attribute 'zones'; did you mean 'zone'?",
    ),
    "unknown class": (("--class", "zone"), {}, "unknown degree of equipment"),
    "another system": (("--crs", "EPSG:4326"), {}, "the coordinate system is in degrees, not in metres"),
    "name twice": (("--zone", "a=zone", "--zone", "a=id"), {}, "--zone gives the name twice"),
    "no name": (("--zone", "=zone"), {}, "--zone names an attribute; write NAME=ATTRIBUTE"),
    "no table": (("--table", "none.csv"), {}, "none.csv"),
    "embedded name": (("--out", "flanders-2025"), {}, "an embedded instance has this name"),
}


@pytest.mark.parametrize("bad", BAD)
def test_mistakes_leave_nothing_behind(bad: str, run: Run, file: Path, tmp_path: Path) -> None:
    options, changes, said = BAD[bad]
    file.write_text(json.dumps(graph(**changes)), encoding="utf-8")
    code, _, told = run("instance", "from-graph", str(file), "--out", "made", *options)
    assert code == 2
    assert said in told
    assert not (tmp_path / "made").exists()


def test_no_such_file_or_format(run: Run) -> None:
    code, _, told = run("instance", "from-graph", "nowhere.json", "--out", "made")
    assert (code, "nowhere.json" in told) == (2, True)
    code, _, told = run("instance", "to-graph", "flanders-2025", "--out", "made", "--format", "gml")
    assert (code, "there is no such format" in told) == (2, True)


def test_names_of_attributes() -> None:
    assert named("--zone", ["a", "b = c=d"]) == {"a": "a", "b": "c=d"}
    with pytest.raises(InputError):
        named("--zone", ["a="])


@pytest.mark.skipif(not DATA.is_dir(), reason=MISSING)
@pytest.mark.parametrize("name", ["ME_county", "NM_county", "WV_county", "NH_county"])
def test_published_instances_from_the_file_to_the_proof(name: str, run: Run, tmp_path: Path) -> None:
    """Solved from the published file itself, and again from the graph that is written of it."""
    run("instance", "from-graph", str(DATA / f"{name}.json"), "--out", "made")
    code, _, _ = run("instance", "to-graph", "made", "--out", "graph")
    assert code == 0
    run("instance", "from-graph", "graph/made.adjacency.json", "--out", "again")
    assert load("again").hash == load("made").hash
    code, _, _ = run("solve", "-i", "again", "-s", "made/scenario.toml", "--out", "run")
    plan = json.loads((tmp_path / "run" / "plan.json").read_text(encoding="utf-8"))
    if name == "NH_county":
        assert code == 1
        assert plan["regions"][0]["status"] == "infeasible"
        return
    assert code == 0
    best = {
        "ME_county": 19093.26,
        "NM_county": 32944.25,
        "WV_county": 12000.62,
    }  # README of the published files
    assert plan["terms"]["moment"]["value"] / 1e6 == pytest.approx(best[name], abs=0.005)
