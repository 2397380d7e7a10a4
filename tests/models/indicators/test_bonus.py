"""Merger bonus: known answers by hand, brute force by the words of the scheme, and what is not published."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.dutch import in_dutch
from refzones.instances import InputError, Instance, load
from refzones.instances.vintages import all_changes
from refzones.models import Scenario
from refzones.models.indicators import build_indicator
from refzones.models.indicators.bonus import Bonus
from support.build import build_instance

OF_2025 = {
    # inhabitants of 2024 times 500 from 35,000; 400 from 30,000; 300 from 25,000; 200 from 20,000
    "Antwerpen": 50_000_000,  # 556,138, the most
    "Beveren-Kruibeke-Zwijndrecht": 43_745_000,  # 87,490 x 500
    "Pajottegem": 7_584_900,  # 25,283 x 300
    "Tielt": 12_700_000,  # 31,750 x 400
    "Wingene": 4_129_000,  # 20,645 x 200
    "Nazareth-De Pinte": 4_679_200,  # 23,396 x 200
    "Lochristi": 12_370_000,  # 30,925 x 400
    "Merelbeke-Melle": 18_605_000,  # 37,210 x 500
    "Lokeren": 25_156_000,  # 50,312 x 500
    "Hasselt": 44_792_500,  # 89,585 x 500
    "Tessenderlo-Ham": 12_139_600,  # 30,349 x 400
    "Bilzen-Hoeselt": 21_431_000,  # 42,862 x 500
    "Tongeren-Borgloon": 21_859_000,  # 43,718 x 500
}


def bonus(scheme: str, instance: Instance, **demands: Any) -> Bonus:
    found = build_indicator(f"bonus({scheme})", instance, Scenario(weights={}, **demands))
    assert isinstance(found, Bonus)
    return found


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2024")


@pytest.fixture(scope="module")
def mergers(flanders: Instance) -> dict[str, list[int]]:
    """The thirteen mergers of 2025, by the name of what they became."""
    found: dict[str, list[int]] = {}
    for change in all_changes():
        if change.year == 2025:
            found.setdefault(change.name, []).append(flanders.index[change.old_code])
    return found


def test_the_thirteen_mergers_of_2025(flanders: Instance, mergers: dict[str, list[int]]) -> None:
    scheme = bonus("2025", flanders)
    amounts = scheme.of_plan(list(mergers.values())).numbers
    assert dict(zip(mergers, amounts.tolist(), strict=True)) == OF_2025
    (note, told) = scheme.remarks(list(mergers.values()))
    assert "inhabitants_2022" in told
    assert "counted" in told
    assert in_dutch(note)
    assert in_dutch(told)


def test_the_seven_mergers_of_2019_come_to_what_was_told(flanders: Instance) -> None:
    """95 million for all and 8 for Kruisem, said the press; inhabitants of a later day give somewhat more."""
    merged = np.flatnonzero(flanders.merged_in == 2019)
    assert len(merged) == 7
    people = [one for i in merged for one in (1, int(flanders.population[i]) - 1)]  # as two each
    pairs = build_instance(people, borders=[(k, k + 1) for k in range(len(people) - 1)])
    amounts = bonus("2019", pairs).of_plan([(2 * k, 2 * k + 1) for k in range(7)]).numbers
    assert 95e6 < amounts.sum() < 105e6
    assert 7.5e6 < amounts[merged.tolist().index(flanders.find("Kruisem"))] < 8.5e6


def test_inhabitants_of_the_day_that_counts(flanders: Instance) -> None:
    """Where they are known, those of 1 January 2022 and not those of the instance."""
    pair = [flanders.find("Aalst"), flanders.find("Denderleeuw")]
    people = int(sum(flanders.yearly[2022][i] for i in pair))
    assert people != flanders.population[pair].sum()
    small = [flanders.find("Damme"), flanders.find("Zuienkerke")]
    assert bonus("2025", flanders).of_plan([pair]).numbers.tolist() == [min(50_000_000, 500 * people)]
    assert bonus("2025", flanders).of_plan([small]).numbers.tolist() == [0]


def test_who_stays_alone_is_paid_nothing(flanders: Instance) -> None:
    for scheme in ("2019", "2025", "2026"):
        assert not bonus(scheme, flanders).before(np.arange(len(flanders))).any()


@given(
    st.lists(st.integers(1, 60_000), min_size=2, max_size=4),
    st.lists(st.integers(1, 100_000), max_size=3, unique=True).map(sorted),
    st.data(),
)
def test_amounts_are_those_of_the_words(people: list[int], below: list[int], data: st.DataObject) -> None:
    """An amount is whole, at most the most, and that of the step which the inhabitants are on."""
    rates = data.draw(st.lists(st.integers(0, 700), min_size=len(below) + 1, max_size=len(below) + 1))
    fixed, most = data.draw(st.integers(0, 2_000_000)), data.draw(st.none() | st.integers(0, 10_000_000))
    mine: dict[str, Any] = {
        "title": "Mine",
        "source": "a test",
        "fixed": fixed,
        "per_inhabitant": {"below": below, "values": rates},
        "most": {} if most is None else {"merger": most},
    }
    instance = build_instance(people, borders=[(k, k + 1) for k in range(len(people) - 1)])
    total = sum(people)
    rate = next((rate for end, rate in zip(below, rates, strict=False) if total < end), rates[-1])
    expected = fixed + rate * total
    found = bonus("mine", instance, schemes={"mine": mine})
    assert found.of_plan([range(len(people))]).numbers.tolist() == [
        expected if most is None else min(expected, most)
    ]
    ends = [(one.lowest, one.highest) for one in found.scheme.steps]
    assert ends[0][0] == 0
    assert ends[-1][1] is None
    assert all(
        one[1] is not None and one[1] + 1 == following[0] and one[0] <= one[1]
        for one, following in pairwise(ends)
    )


def test_what_is_not_published_is_not_known(flanders: Instance, mergers: dict[str, list[int]]) -> None:
    scheme = bonus("2026", flanders)
    amounts = dict(zip(mergers, scheme.of_plan(list(mergers.values())).numbers.tolist(), strict=True))
    assert amounts["Wingene"] == 1_000_000 + 400 * 20_645
    assert amounts["Tielt"] == 1_000_000 + 500 * 31_750
    unknown = {name for name, amount in amounts.items() if np.isnan(amount)}
    assert unknown == {name for name, of in mergers.items() if flanders.population[of].sum() >= 40_000}
    told = scheme.remarks(list(mergers.values()))
    assert any(f"for {len(unknown)} of 13 mergers no amount is published" in one for one in told)
    assert all(in_dutch(one) for one in told)
    assert not scheme.is_linear


def test_a_plan_above_the_whole_of_a_scheme_is_told(flanders: Instance) -> None:
    small = [i for i in range(len(flanders)) if flanders.population[i] < 15_000]
    pairs = [small[k : k + 2] for k in range(0, 40, 2)]  # wherever they lie
    told = bonus("2026", flanders).remarks(pairs)
    assert any("the scheme has 150,000,000 in all" in one for one in told)
    assert all(in_dutch(one) for one in told)
    assert bonus("2026", flanders).remarks([[0], [1]]) == ()


def test_what_is_not_known_cannot_be_weighed(flanders: Instance) -> None:
    scheme = bonus("2026", flanders)
    members, municipalities = np.ones((1, 3)), np.array([0, 1, 2])
    with pytest.raises(InputError, match="is not published") as caught:
        scheme.known_amounts(members, municipalities)
    (problem,) = caught.value.problems
    assert "'Merger bonus announced in 2026' pays from 40,000 inhabitants" in problem.what
    assert in_dutch(str(problem))
    small = [flanders.find("Damme"), flanders.find("Zuienkerke")]
    assert scheme.known_amounts(np.ones((1, 2)), np.array(small)) > 1_000_000


MISTAKES = [
    ({"per_inhabitant": {"below": [20, 10], "values": [1, 2, 3]}}, "out of order: 10 follows 20"),
    ({"per_inhabitant": {"below": [10], "values": [1]}}, "1 ends of steps need 2 values, not 1"),
    ({"per_inhabitant": {"below": [10], "values": [1, -2]}}, "must be at least 0"),
    ({"per_inhabitant": {"below": [10], "values": [1, "closed"]}}, "must be a whole number"),
    ({"per_inhabitant": {"below": [10], "values": [1, 2.5]}}, "without a decimal point"),
    ({"most": {"merge": 1}}, "unknown key 'most.merge'; did you mean 'merger'?"),
    ({"source": ""}, "source: "),
    ({"fixed": -1}, "fixed: must be at least 0"),
    (
        {"inhabitants": "inhabitants_1800"},
        "of a column that the instance lacks",
    ),
]


@pytest.mark.parametrize(("change", "message"), MISTAKES)
def test_mistakes_in_a_scheme_are_told(change: dict[str, Any], message: str) -> None:
    mine = {"title": "Mine", "source": "a test", "per_inhabitant": {"below": [], "values": [500]}}
    with pytest.raises(InputError) as caught:
        bonus("mine", build_instance([10, 20], borders=[(0, 1)]), schemes={"mine": mine | change})
    assert any(message in str(one) for one in caught.value.problems)
    assert all("mine" in str(one) for one in caught.value.problems)


def test_a_source_must_be_given() -> None:
    mine = {"title": "Mine", "per_inhabitant": {"below": [], "values": [500]}}
    with pytest.raises(InputError, match=r"schemes.mine: the key 'source' is missing; add it"):
        bonus("mine", build_instance([10, 20], borders=[(0, 1)]), schemes={"mine": mine})


def test_a_scheme_that_is_not_there() -> None:
    with pytest.raises(InputError, match="did you mean '20"):
        bonus("2024", build_instance([10, 20], borders=[(0, 1)]))
