"""The map of an evaluation: what it says above, what it marks, and where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from refzones.app.files.evaluation_map import check_map_file, subtitle, write_evaluation_map
from refzones.app.maps.shapes import generalised_shapes
from refzones.instances import InputError
from refzones.models import Scenario
from refzones.solver import Evaluation, Plan, evaluate
from support.build import build_instance

ROW = build_instance(
    [20_000, 40_000, 40_000, 70_000],
    [(0, 1), (1, 2)],
    points=[(0.0, 0.0), (5_000.0, 0.0), (10_000.0, 0.0), (20_000.0, 0.0)],
    region=[0, 0, 0, 1],
)
ASKED = Scenario.from_dict({"weights": {"distance": 1}})
RED = "#b3261e"


def evaluated(groups: list[tuple[int, ...]], *regions: str) -> Evaluation:
    plan = Plan.of(ROW, ASKED, groups).labelled({(1, 2): "East"})
    return evaluate(ROW, ASKED, plan, regions=regions or None)


def test_words_above_the_map() -> None:
    broken, kept = evaluated([(0,), (1, 2), (3,)]), evaluated([(0, 1), (2,), (3,)])
    counts = "3 municipalities after merging (1 merger of two or more, 2 unchanged)"
    assert subtitle(broken, "en") == f"{counts}; M0 breaks a rule"
    assert subtitle(kept, "en") == f"{counts}; all rules are kept"
    dutch = "3 gemeenten na fusie (1 fusie van twee of meer, 2 ongewijzigd); M0 overtreedt een regel"
    assert subtitle(broken, "nl") == dutch
    count = Scenario.from_dict({"weights": {"distance": 1}, "count": {"max": 1}})
    whole = evaluate(ROW, count, Plan.of(ROW, count, [(0, 1), (2,), (3,)]))
    assert subtitle(whole, "en").endswith("; the plan as a whole breaks a rule")


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_kinds_of_files(ending: str, tmp_path: Path) -> None:
    path, shapes = tmp_path / f"map.{ending}", generalised_shapes(ROW)
    check_map_file(path)
    write_evaluation_map(path, evaluated([(0,), (1, 2), (3,)]), shapes, name="mine", language="en")
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    assert path.read_bytes().startswith(starts[ending])
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_broken_rules_are_marked(tmp_path: Path) -> None:
    shapes = generalised_shapes(ROW)

    def drawn(*groups: tuple[int, ...]) -> str:
        file = tmp_path / "map.svg"
        write_evaluation_map(file, evaluated(list(groups)), shapes, name="mine", language="en")
        return file.read_text(encoding="utf-8")

    assert RED in drawn((0,), (1, 2), (3,))
    assert RED not in drawn((0, 1), (2,), (3,))


def test_files_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"--map: a map has a name that ends in \.png, \.svg or \.pdf"):
        check_map_file(tmp_path / "map.jpg")
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="with --map"):
        check_map_file(tmp_path / "file" / "map.png")
