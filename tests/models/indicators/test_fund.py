"""Municipal fund: sums to the euro, effects of mergers by hand, merger-proof blocks, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch import in_dutch
from refzones.instances import InputError, Instance, load
from refzones.instances.entities import CLASSES
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.fund import Fund
from support.build import build_instance

Parts = Sequence[Sequence[int]]


def fund(name: str, instance: Instance, scheme: dict[str, Any] | None = None) -> Fund:
    schemes = {} if scheme is None else {name: {"title": "Mine", "source": "a test", "year": 2030} | scheme}
    found = build_indicator(f"fund({name})", instance, Scenario(weights={}, schemes=schemes))
    assert isinstance(found, Fund)
    return found


def alone(instance: Instance) -> Parts:
    return [(i,) for i in range(len(instance))]


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    n = draw(st.integers(2, 8))
    amounts = st.lists(st.integers(0, 10**6), min_size=n, max_size=n)
    return build_instance(
        draw(st.lists(st.integers(1, 200_000), min_size=n, max_size=n)),
        borders=[(k, k + 1) for k in range(n - 1)],
        classes=draw(st.lists(st.sampled_from(CLASSES), min_size=n, max_size=n)),
        attributes={
            "need": draw(st.lists(st.floats(0, 1e6, width=32), min_size=n, max_size=n)),
            "had": draw(amounts),
            "other": draw(amounts),
        },
    )


@st.composite
def rules(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    """A rule by which a block is shared."""
    rule: dict[str, Any] = {
        "by": draw(st.sampled_from(["inhabitants", "area", "need"])),
        "joined": draw(st.sampled_from(["whole", "members"])),
    }
    if draw(st.booleans()):
        rule["group"] = "some"
    if draw(st.booleans()):
        rule["classes"] = draw(st.dictionaries(st.sampled_from(CLASSES), st.floats(0, 10), min_size=1))
    if draw(st.booleans()):
        below = draw(st.lists(st.integers(1, 300_000), max_size=3, unique=True).map(sorted))
        values = draw(st.lists(st.floats(0, 5), min_size=len(below) + 1, max_size=len(below) + 1))
        rule["steps"] = {"below": below, "values": values}
    return rule


@st.composite
def schemes(draw: st.DrawFn, instance: Instance) -> dict[str, Any]:
    some = draw(st.lists(st.sampled_from(instance.names), min_size=1, unique=True))
    number = draw(st.integers(1, 4))
    blocks = {f"b{k}": draw(rules(instance)) for k in range(number)}
    scheme: dict[str, Any] = {"groups": {"some": some}, "blocks": blocks}
    if draw(st.booleans()):
        cuts = sorted(draw(st.lists(st.integers(0, 1000), min_size=number - 1, max_size=number - 1)))
        for block, start, end in zip(blocks.values(), [0, *cuts], [*cuts, 1000], strict=True):
            block["share"] = (end - start) / 1000
        return scheme | {"total": draw(st.integers(1, 10**10))}
    for block in blocks.values():
        block["amounts"] = draw(st.sampled_from(["had", "other"]))
        block["by"] = draw(st.sampled_from([block["by"], "given"]))
    return scheme


def plans(instance: Instance) -> st.SearchStrategy[Parts]:
    n = len(instance)
    groups = st.lists(st.integers(0, n - 1), min_size=n, max_size=n)
    return groups.map(lambda of: [[i for i in range(n) if of[i] == k] for k in dict.fromkeys(of)])


@given(st.data())
def test_sums_are_those_of_the_fund_to_the_euro(data: st.DataObject) -> None:
    """In every scheme and for every plan, before and after, of each block and of all."""
    instance = data.draw(instances())
    scheme = data.draw(schemes(instance))
    parts = data.draw(plans(instance))
    try:
        found = fund("mine", instance, scheme)
    except InputError:
        return  # nobody has a part in any block
    before, after = found.by_block(alone(instance)), found.by_block(parts)
    pots = [block.pot for block in found.blocks]
    assert before.sum(axis=0).tolist() == after.sum(axis=0).tolist() == pots
    assert found.shown == sum(pots)
    if "total" in scheme and not found.not_shown:
        assert found.shown == scheme["total"]
    if "total" not in scheme:
        for k, block in enumerate(found.blocks):
            assert before[:, k].tolist() == instance.attributes[block.rule.amounts].tolist()
    assert found.of_plan(parts).value(range(len(parts))) == sum(pots)
    assert found.by_block(alone(instance)).tolist() == before.tolist()


@given(st.data())
def test_blocks_are_merger_proof_where_they_say_so(data: st.DataObject) -> None:
    """The share of the sum is the sum of shares: of inhabitants, area and sums, or where members count."""
    instance = data.draw(instances())
    scheme = data.draw(schemes(instance))
    parts = data.draw(plans(instance))
    try:
        found = fund("mine", instance, scheme)
    except InputError:
        return
    before, after = found.by_block(alone(instance)), found.by_block(parts)
    for k, block in enumerate(found.blocks):
        plain = not (block.rule.group or block.rule.classes or block.rule.steps)
        if block.values and not (plain or block.rule.joined == "members"):
            continue
        for part, amount in zip(parts, after[:, k], strict=True):
            if block.values:
                assert block.measure(part) == sum(block.measure((i,)) for i in part)
            had = before[list(part), k].sum()
            assert abs(amount - had) <= len(part) + 1 if block.values else amount == had


def test_by_hand() -> None:
    """Two cities share 1,000 euro by inhabitants; one takes in a village, and the other pays."""
    instance = build_instance([60, 40, 20, 80], borders=[(0, 2), (2, 1), (1, 3)])
    scheme = {
        "total": 1000,
        "groups": {"cities": ["M0", "10001"]},
        "blocks": {"cities": {"share": 1, "group": "cities"}},
    }
    found = fund("mine", instance, scheme)
    assert found.of_plan(alone(instance)).numbers.tolist() == [600, 400, 0, 0]
    # 80 of 120 and 40 of 120
    assert found.of_plan([[0, 2], [1], [3]]).numbers.tolist() == [667, 333, 0]
    scheme["blocks"]["cities"]["joined"] = "members"  # type: ignore[index]
    assert fund("mine", instance, scheme).of_plan([[0, 2], [1], [3]]).numbers.tolist() == [600, 400, 0]


def test_the_class_is_that_of_the_best_equipped_member() -> None:
    instance = build_instance([10, 10, 10], borders=[(0, 1), (1, 2)], classes=["a0", "c3", "a2"])
    block = {"share": 1, "classes": {"a0": 3, "a2": 1}}
    found = fund("mine", instance, {"total": 400, "blocks": {"centre": block}})
    assert found.of_plan(alone(instance)).numbers.tolist() == [300, 0, 100]
    assert found.of_plan([[0, 1], [2]]).numbers.tolist() == [343, 57]  # 60 and 10 of 70


def test_steps_are_those_of_the_new_municipality() -> None:
    instance = build_instance([10, 10, 30], borders=[(0, 1), (1, 2)])
    block = {"share": 1, "steps": {"below": [20], "values": [1, 3]}}
    found = fund("mine", instance, {"total": 110, "blocks": {"centre": block}})
    assert found.of_plan(alone(instance)).numbers.tolist() == [10, 10, 90]
    assert found.of_plan([[0, 1], [2]]).numbers.tolist() == [44, 66]


def test_amounts_of_today_change_by_what_the_rule_changes() -> None:
    """Antwerpen and Gent: a merger of one moves what the rule moves, from the amounts as they are."""
    instance = build_instance([60, 40, 20], borders=[(0, 2), (1, 2)], attributes={"had": [500, 500, 0]})
    block = {"amounts": "had", "by": "inhabitants", "group": "cities"}
    found = fund("mine", instance, {"groups": {"cities": ["M0", "M1"]}, "blocks": {"cities": block}})
    assert found.of_plan(alone(instance)).numbers.tolist() == [500, 500, 0]
    assert found.of_plan([[0, 2], [1]]).numbers.tolist() == [567, 433]  # + 667 - 600, + 333 - 400


def test_the_borsbeek_effect() -> None:
    """Antwerpen with Borsbeek: every other centre pays, and none of the others."""
    flanders = load("flanders-2024")
    found = fund("report", flanders)
    pair = [flanders.find("Antwerpen"), flanders.find("Borsbeek")]
    parts = [pair, *([i] for i in range(len(flanders)) if i not in pair)]
    before, after = found.by_block(alone(flanders)), found.by_block(parts)
    centre = [block.name for block in found.blocks].index("centre_function")
    change = {i: after[k, centre] - before[i, centre] for k, (i, *_) in enumerate(parts) if k}
    payers = {i for i, one in change.items() if one < -1}
    assert payers == {i for i in change if flanders.classes[i] in ("a0", "a1", "a2")}
    assert min(change, key=lambda i: change[i]) == flanders.find("Gent")
    assert -sum(change.values()) == after[0, centre] - before[pair, centre].sum() > 1e6
    others = np.delete(np.arange(before.shape[1]), centre)
    for k, part in enumerate(parts):
        assert np.abs(after[k, others] - before[part][:, others].sum(axis=0)).max() <= 2


def test_presets_say_what_they_do_not_know() -> None:
    flanders = load("flanders-2025")
    told = fund("report", flanders).remarks([])
    assert set(fund("report", flanders).not_shown) == {"social_capacity", "fiscal_capacity"}
    assert "is an illustration" in told[0]
    assert any(one.startswith("2,070,300,000 of 3,090,000,000 euro") for one in told)
    assert all(in_dutch(one) for one in told)
    with pytest.raises(InputError, match="fund_largest_cities_eur") as caught:
        fund("present", flanders)
    (problem,) = caught.value.problems
    assert "lokaalbestuur.vlaanderen.be" in problem.remedy
    assert in_dutch(str(problem))


def test_members_of_a_group_are_found_after_they_merged() -> None:
    flanders = load("flanders-2025")
    blocks = {"towns": {"share": 1, "group": "towns"}}
    scheme = {"total": 100, "groups": {"towns": ["Tongeren", "Genk"]}, "blocks": blocks}
    amounts = fund("mine", flanders, scheme).of_plan(alone(flanders)).numbers
    assert {flanders.names[i] for i in np.flatnonzero(amounts)} == {"Tongeren-Borgloon", "Genk"}


GAPS = [
    ({"share": 1, "by": "nothing"}, "lacks what this scheme is about (nothing)"),
    ({"share": 1, "gap": "nobody knows"}, "block 'b' is not shown: nobody knows"),
    ({"share": 1, "group": "g"}, "the instance lacks Gent of the group 'g'"),
    ({"share": 1, "classes": {"a0": 1}}, "degree of equipment is not known for M0, M1"),
    ({"share": 1, "by": "minus"}, "'minus' is below 0 for M1"),
    ({"share": 1, "by": "none"}, "nobody has a part in it"),
    ({"share": 1, "by": "inhabitants_2020"}, "'inhabitants_2020' is not known for M0"),
]


@pytest.mark.parametrize(("block", "message"), GAPS)
def test_what_cannot_be_shown_is_told(block: dict[str, Any], message: str) -> None:
    instance = build_instance(
        [1, 2], borders=[(0, 1)], attributes={"minus": [1, -1], "none": [0, 0]}, yearly={2020: [np.nan, 1]}
    )
    scheme = {"total": 10, "groups": {"g": ["Gent", "M0"]}, "blocks": {"b": block}}
    with pytest.raises(InputError) as caught:
        fund("mine", instance, scheme)
    (problem,) = caught.value.problems
    assert message in str(problem)
    assert in_dutch(str(problem))
    half = {"total": 10, "groups": scheme["groups"], "blocks": {"a": {"share": 0}, "b": block}}
    assert set(fund("mine", instance, half).not_shown) == {"b"}
    assert all(in_dutch(one) for one in fund("mine", instance, half).remarks([]))
