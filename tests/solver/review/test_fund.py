"""Who gains and who pays in the municipal fund, and how unequal it is, for plans of Flanders."""

from __future__ import annotations

import numpy as np
import pytest
from refzones.instances import Instance, load
from refzones.models import Scenario
from refzones.models.indicators.fund_schemes import FundScheme
from refzones.models.indicators.scheme_files import known_scheme
from refzones.solver.results.plan import Plan
from refzones.solver.review.effects import effects_of
from refzones.solver.review.fund import FundEffects, fund_effects
from refzones.solver.review.inequality import gini

ASKED = Scenario.from_dict({"weights": {}})


@pytest.fixture(scope="module")
def flanders() -> Instance:
    return load("flanders-2024")


def with_borsbeek(flanders: Instance, scenario: Scenario = ASKED, scheme: str = "report") -> FundEffects:
    pair = (flanders.find("Antwerpen"), flanders.find("Borsbeek"))
    return fund_effects(flanders, scenario, Plan.of(flanders, scenario, [pair]), scheme)


def test_the_borsbeek_effect(flanders: Instance) -> None:
    """Antwerpen and Borsbeek gain, nobody else does, and Gent pays most."""
    found = with_borsbeek(flanders)
    assert found.changes.sum() == 0
    first, *others = found.gaining
    assert found.name_of(first) == "Antwerpen, Borsbeek"
    assert all(found.changes[k] <= 2 for k in others)  # roundings
    assert found.name_of(found.paying[0]) == "Gent"
    assert found.changes[first] + sum(found.changes[k] for k in others) == found.paid_by_others


def test_nobody_pays_where_each_member_counts_as_before(flanders: Instance) -> None:
    scheme = known_scheme("report", FundScheme).model_dump(mode="json", exclude_unset=True)
    scheme["blocks"]["centre_function"]["joined"] = "members"
    scenario = Scenario.from_dict({"weights": {}, "schemes": {"proof": scheme}})
    found = with_borsbeek(flanders, scenario, "proof")
    assert np.abs(found.changes).max() <= 4  # roundings to whole euro, one a block
    assert found.fund.name == "fund(proof)"


def test_a_pot_of_two_cities_moves_from_one_to_the_other(flanders: Instance) -> None:
    """Of each million that Antwerpen and Gent share by inhabitants, Borsbeek moves 4,562 euro.

    Gent has 269,597 of 814,356 inhabitants in 2024, then of 825,735: 331,056 euro, then 326,494.
    """
    scheme = {
        "title": "A million for Antwerpen and Gent",
        "source": "by inhabitants",
        "total": 1_000_000,
        "year": 2024,
        "groups": {"cities": ["Antwerpen", "Gent"]},
        "blocks": {"cities": {"share": 1, "group": "cities"}},
    }
    scenario = Scenario.from_dict({"weights": {}, "schemes": {"pot": scheme}})
    found = with_borsbeek(flanders, scenario, "pot")
    assert {found.name_of(k): found.changes[k] for k in (*found.gaining, *found.paying)} == {
        "Antwerpen, Borsbeek": 4_562,
        "Gent": -4_562,
    }


def test_it_agrees_with_the_indicator(flanders: Instance) -> None:
    found = with_borsbeek(flanders)
    pair = found.parts[0]
    effects = effects_of(flanders, ASKED, Plan.of(flanders, ASKED, [pair]), ["fund(report)"])
    (one,) = effects.measured
    assert one.after.numbers.tolist() == found.after.sum(axis=1).tolist()
    assert one.before.numbers.tolist() == found.alone.tolist()


def test_inequality_before_and_after(flanders: Instance) -> None:
    found = with_borsbeek(flanders)
    before, after = found.inequality_before(), found.inequality_after()
    assert before.gini == gini(found.alone, flanders.population.astype(float))
    assert 0 < before.within < before.between < before.gini < 1
    assert before.overlap >= 0
    assert after.gini != before.gini
    assert found.inequality_before("police").gini == pytest.approx(before.gini)
    assert found.inequality_before("police").within < before.within


def test_a_group_is_the_class_of_the_best_equipped_member(flanders: Instance) -> None:
    """One merger of all is one group: nothing is unequal any more."""
    everybody = tuple(range(len(flanders)))
    found = fund_effects(flanders, ASKED, Plan.of(flanders, ASKED, [everybody]))
    assert found.parts == (everybody,)
    assert found.inequality_after().gini == pytest.approx(0, abs=1e-12)
    assert found.changes.tolist() == [0]
