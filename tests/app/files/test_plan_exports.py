"""Plans in the formats of other programs."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from refzones.app.files import plan_exports
from refzones.app.files.plan_exports import PLAN_FORMATS, PlanFormat, export_plan, plan_format
from refzones.instances import InputError, Instance, load, read_groups
from refzones.instances.common.problems import Problems
from refzones.instances.groups import resolve_groups

FLANDERS = load("flanders-2025")


@pytest.mark.parametrize("name", PLAN_FORMATS)
def test_any_partition_comes_back(name: str) -> None:
    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.integers(0, 40), min_size=len(FLANDERS), max_size=len(FLANDERS)))
    def there_and_back(number: list[int]) -> None:
        kinds = sorted(set(number))
        parts = [tuple(i for i, k in enumerate(number) if k == kind) for kind in kinds]
        form = plan_format(name)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"some{form.ending}"
            export_plan(FLANDERS, parts, [str(kind) for kind in kinds], form, file)
            problems = Problems()
            assert sorted(resolve_groups(FLANDERS, read_groups(file), problems)) == sorted(parts)
            assert not problems

    there_and_back()


def _parts(instance: Instance) -> list[tuple[int, ...]]:
    return [tuple(range(2)), tuple(range(2, len(instance)))]


def test_gerrychain_reads_both_of_its_forms(tmp_path: Path) -> None:
    gerrychain = pytest.importorskip("gerrychain")
    graph = gerrychain.Graph.from_networkx(FLANDERS.to_networkx())
    names = ["one", "two"]
    for name in ("gerrychain", "districtr"):
        export_plan(FLANDERS, _parts(FLANDERS), names, plan_format(name), tmp_path / f"{name}.json")
    assignment = json.loads((tmp_path / "gerrychain.json").read_text(encoding="utf-8"))
    partition = gerrychain.Partition(graph, assignment)
    assert sorted(map(len, partition.parts.values())) == [2, 283]
    again = json.loads((tmp_path / "districtr.json").read_text(encoding="utf-8"))
    assert {code: part + 1 for code, part in again["assignment"].items()} == assignment
    assert again["problem"]["numberOfParts"] == len(again["parts"]) == 2
    of_file = gerrychain.Partition.from_districtr_file(graph, tmp_path / "districtr.json")
    assert sorted(map(len, of_file.parts.values())) == [2, 283]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"for redist has a name that ends in \.csv; name it plan\.csv"):
        export_plan(FLANDERS, _parts(FLANDERS), ["a", "b"], plan_format("redist"), tmp_path / "plan.json")
    with pytest.raises(InputError, match="--to: there is no such format; did you mean 'redist'"):
        plan_format("redisct")


def test_what_reads_back_as_another_plan_is_not_written(tmp_path: Path) -> None:
    def forged(instance: Instance, number: Any, names: Any) -> str:
        return plan_exports.PLAN_FORMATS["redist"].write(instance, [1] * len(number), names)

    with pytest.raises(AssertionError, match="is another plan"):
        export_plan(
            FLANDERS, _parts(FLANDERS), ["a", "b"], PlanFormat("forged", ".csv", forged), tmp_path / "a.csv"
        )
    assert list(tmp_path.iterdir()) == []
