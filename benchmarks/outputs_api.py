"""What data frames, notebooks and pictures show: run by `outputs.py` in the environment that is looked at.

``python outputs_api.py NAME [ARGUMENT]`` prints, and writes pictures to ``pictures``. Left out are reprs,
and names that are not meant for users.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from refzones.instances import load
from refzones.models import Scenario
from refzones.solver import solve

REGIONS = ["Waasland", "Middenkust"]
SWEEP = {
    "scenario": "mergers",
    "regions": REGIONS[:1],
    "grid": {"weights": {"distance": [3.0, 5.0], "size": [0.0, 5.0]}},
}


def _result(preset: str = "mergers", instance: str = "flanders-2025") -> Any:
    return solve(load(instance), Scenario.preset(preset), regions=REGIONS)


def _parts(plan: Any) -> list[tuple[int, ...]]:
    return [merger.members for merger in plan.mergers]


def _loss(text: str) -> Any:
    try:
        from refzones.solver import Loss
    except ImportError:  # until 0.1.0 it was no name for users, and there was no other way to call these
        from refzones.solver.alternatives.loss import Loss
    return Loss.read(text)


def _print(title: str, frame: Any) -> None:
    """Print a data frame as CSV with its types, times left out."""
    frame = frame.drop(columns=[name for name in frame.columns if name == "seconds"])
    print(f"== {title}: {len(frame)} rows")
    print({str(name): str(kind) for name, kind in frame.dtypes.items()})
    print(frame.to_csv(index=False, lineterminator="\n"), end="")


def _draw(name: str, figure: Any) -> None:
    Path("pictures").mkdir(exist_ok=True)
    figure.write(Path("pictures") / f"{name}.png", dpi=60)


def frames(preset: str) -> None:
    """Rows of mergers, zones, municipalities and regions."""
    result = _result(preset)
    for rows in ("mergers", "zones", "municipalities", "regions"):
        _print(f"result {rows}", result.to_frame(rows))
    for rows in ("mergers", "zones", "municipalities"):
        _print(f"plan {rows}", result.plan.to_frame(rows))


def html(preset: str) -> None:
    """What a notebook shows."""
    result = _result(preset)
    print(result._repr_html_())
    print(result.plan._repr_html_())


def scenarios() -> None:
    """Scenarios written out."""
    for preset in ("mergers", "zones", "nested"):
        print(Scenario.preset(preset).to_toml())


def shapes() -> None:
    """Geometry of mergers."""
    for preset in ("mergers", "nested"):
        frame = _result(preset).to_geoframe()
        print(frame.crs, sorted(frame.attrs.items()))
        print(frame.geometry.to_wkt(rounding_precision=3).to_csv(lineterminator="\n"))


def pictures() -> None:
    """Maps of plans."""
    for preset in ("mergers", "zones", "nested"):
        _draw(f"plan-{preset}", _result(preset).plot())
    _draw("plan-titled", _result().plan.plot(title="A title", names=False))


def evaluation() -> None:
    """A plan under the rules of another scenario."""
    from refzones.solver import evaluate, verify

    result = _result("nested")
    evaluated = evaluate(result.instance, Scenario.preset("mergers"), _parts(result.plan))
    print(evaluated.loss_nano, evaluated.gap, [str(violation) for violation in evaluated.violations])
    optimum = evaluated.optimum
    print(optimum.status, optimum.score_nano, [region.name for region in optimum.by_region])
    plan = _result("mergers").plan
    for violation in verify(result.instance, Scenario.preset("zones"), plan, regions=REGIONS):
        print(violation.kind, violation)


def comparison() -> None:
    """Two plans side by side."""
    from refzones.solver import compare

    first, second = _result("mergers"), _result("nested")
    plans = {"best": (_parts(first.plan), ()), "nested": (_parts(second.plan), ())}
    compared = compare(first.instance, first.scenario, plans)
    for level in compared.levels:
        for row in level.similarity:
            print([None if one is None else (one.rand, one.adjusted_rand) for one in row])
    print([(plan.name, [str(violation) for violation in plan.violations]) for plan in compared.plans])


def wishes() -> None:
    """What wishes cost."""
    from refzones.solver import Wish, wish

    result = _result()
    wished = [
        Wish(together=(("Temse", "Lokeren"),)),
        Wish(apart=(("Sint-Niklaas", "Waasmunster"),)),
        Wish(alone=("Waasmunster",)),
        Wish(seat=("Lokeren",)),
        Wish(mergers=(("Waasmunster", "Lokeren"),)),
    ]
    for one in wished:
        answer = wish(result.instance, result, one)
        print(answer.held, answer.possible, answer.proved, answer.cost_nano, answer.reasons)
        print([(term.name, term.cost_nano) for term in answer.terms])
        for change in answer.changed:
            print(change.region, [[part.members for part in side] for side in (change.before, change.after)])


def explanations() -> None:
    """Why there is no plan."""
    from refzones.solver.explanation import explain

    asked = Scenario.preset("mergers")
    asked = asked.model_copy(
        update={"population": asked.population.model_copy(update={"min": 120_000, "max": 125_000})}
    )
    for region in REGIONS:
        explanation = explain(load("flanders-2025"), asked, region)
        assert explanation is not None, "these bounds fit no plan"
        print(explanation.in_words(), explanation.minimal, explanation.municipalities, explanation.undecided)


def alternatives() -> None:
    """The best plans, plans that differ, and what they agree on."""
    from refzones.solver import agreement, best_plans, diverse_plans

    question = load("flanders-2025"), Scenario.preset("mergers")
    best = best_plans(*question, 5, regions=REGIONS)
    _print("best plans", best.to_frame())
    _print("second plan", best.plan(2, REGIONS[0]).to_frame())
    _print("diverse plans", diverse_plans(*question, 4, _loss("0.5"), regions=REGIONS).to_frame())
    _print("agreement", agreement(*question, _loss("0.2"), regions=REGIONS).to_frame())


def pareto() -> None:
    """Trade-offs, and how far weights move."""
    from refzones.solver import pareto_front, stability

    question = load("flanders-2025"), Scenario.preset("mergers")
    for terms in (("coverage", "distance"), ("coverage", "distance", "stacking")):
        front = pareto_front(*question, terms, regions=REGIONS)
        _print(" ".join(terms), front.to_frame())
    _print("stability", stability(*question, regions=REGIONS).to_frame())


def census() -> None:
    """All plans."""
    from refzones.solver import census as count

    counted = count(load("flanders-2025"), Scenario.preset("mergers"), regions=REGIONS)
    _print("regions", counted.to_frame())
    _print("pairs", counted.pair_frame())
    _print("distribution", counted.distribution_frame())
    for plan in counted.draw(3, seed=4):
        _print("drawn", plan.to_frame())
    for standing in counted.standings(_result().plan):
        print(standing.percentile)


def sweep() -> None:
    """Answers in several settings."""
    from refzones.solver import sweep as answer

    answers = answer(SWEEP, workers=1)
    for name in ("settings", "answers", "plans"):
        _print(name, getattr(answers, name))
    _print("plan 1", answers.plan(1).to_frame())


def drawn() -> None:
    """Pictures of families of plans."""
    from refzones.solver import agreement, pareto_front
    from refzones.solver import census as count
    from refzones.solver import sweep as answer

    question = load("flanders-2025"), Scenario.preset("mergers")
    _draw("agreement", agreement(*question, _loss("0.2"), regions=REGIONS).plot())
    _draw("front", pareto_front(*question, ("coverage", "distance"), regions=REGIONS).plot(REGIONS[0]))
    counted = count(*question, regions=REGIONS[:1])
    _draw("census", counted.plot(region=REGIONS[0]))
    _draw("probabilities", counted.plot_probabilities(region=REGIONS[0]))
    _draw("winners", answer(SWEEP, workers=1).plot(REGIONS[0]))


SHOWN: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        frames,
        html,
        scenarios,
        shapes,
        pictures,
        evaluation,
        comparison,
        wishes,
        explanations,
        alternatives,
        pareto,
        census,
        sweep,
        drawn,
    )
}

if __name__ == "__main__":
    SHOWN[sys.argv[1]](*sys.argv[2:])
