"""Figures on what a plan does, in the record of a dossier."""

from __future__ import annotations

from refzones.app.dossier.facts.effects import (
    indicator_figures,
    merger_effects,
    others_effects,
    rate_figures,
    region_effects,
)
from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import Plan, effects_of


def test_a_region_its_mergers_and_all_others() -> None:
    instance, scenario = load(), Scenario.preset("mergers")
    members = instance.members(instance.regions.index("Midwest")).tolist()
    plan = Plan.of(instance, scenario, [members[:4], members[4:8], *([i] for i in members[8:])])
    names = ["councillors", "fund(report)", "property_tax_rate(lowest)"]
    effects = effects_of(instance, scenario, plan, names)
    assert indicator_figures(effects).keys() == set(names)
    region, others = region_effects(effects, plan.mergers), others_effects(effects, plan.mergers)
    for name, whole in zip(names[:2], effects.whole, strict=False):
        assert region[name].before + others[name].before == whole.before
        assert region[name].after + others[name].after == whole.after
    assert others["councillors"].change == 0
    assert region["fund(report)"].change == -others["fund(report)"].change
    merged = merger_effects(effects, plan.mergers)
    assert len(merged) == 2
    assert sum(one.effects["councillors"].change for one in merged) == region["councillors"].change
    rates = rate_figures(effects, plan.mergers)
    assert [one.nis for one in rates] == [instance.codes[i] for i in members[:8]]
    for one in rates:
        own = [
            other.rates["property_tax_rate(lowest)"].before for other in rates if other.merger == one.merger
        ]
        assert one.rates["property_tax_rate(lowest)"].after == min(own)
    assert rate_figures(effects, plan.mergers[2:]) == []
