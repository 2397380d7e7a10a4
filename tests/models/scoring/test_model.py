import pytest
from refzones.instances import load
from refzones.instances.common.problems import InputError
from refzones.models import Model, Scenario


def test_model_holds_one_question_and_its_scorer() -> None:
    instance, scenario = load(), Scenario.preset("mergers")
    model = Model.of(instance, scenario)
    assert model.instance is model.scorer.instance is instance
    assert model.scenario is model.scorer.scenario is scenario


def test_model_asks_for_regions_alone() -> None:
    instance = load()
    here, there = instance.members(0)[0], instance.members(1)[0]
    locks = {"together": [[instance.codes[here], instance.codes[there]]]}
    scenario = Scenario.from_dict({"preset": "mergers", "locks": locks})
    with pytest.raises(InputError, match="different regions"):
        Model.of(instance, scenario)
    elsewhere = [instance.regions[2]]
    assert Model.of(instance, scenario, elsewhere).question.neighbours
