"""The fixed list of commands whose outputs are compared, and the files that they are given.

All run in one folder, in this order: what an earlier one wrote, a later one may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEEDED = (1, 2)
INSTANCES = ("flanders-2025", "flanders-2024")
PRESETS = ("mergers", "zones", "nested")
REGION = "Waasland"
EXAMPLES = {
    "agreed": "Oost-Brabant",
    "ghent-absorbs": "Regio Gent",
    "hospital-everywhere": "Westhoek",
    "ronse-joins": "Vlaamse Ardennen",
    "soft-minimum": "Regio Brugge",
    "three-in-waasland": "Waasland",
    "whole-police-zones": "Waasland",
    "zones-and-mergers": "Midwest",
}
"""Scenarios of `docs/examples`, each with a region that answers it or has no plan."""

SCENARIOS = {
    "all-terms": (
        'preset = "mergers"\n[weights]\ncommuting = 30\nfiscal = 10\nsize = 5\ncut_edges = 0.1\n'
        'moment = 1e-6\n"touched(police)" = 0.2\n'
    ),
    "no-fiscal": (
        'preset = "mergers"\n[weights]\ncommuting = 30\nsize = 5\ncut_edges = 0.1\nmoment = 1e-6\n'
        '"touched(police)" = 0.2\n'
    ),
    "no-plan": 'preset = "mergers"\n[population]\nmin = 120000\nmax = 125000\n',
    "no-count": f'preset = "mergers"\n[count.regions]\n"{REGION}" = [9, 9]\n',
    "no-nested": 'preset = "nested"\n[population]\nmin = 90000\nmax = 95000\n',
    "apart": 'preset = "mergers"\n[locks]\ntogether = [["Aalst", "Lede"]]\napart = [["Lede", "Aalst"]]\n',
    "keep": 'preset = "mergers"\n[existing]\nmode = "keep"\nplan = "groups.csv"\n',
    "inside": 'preset = "mergers"\n[frames]\nplan = "runs/zones-flanders-2025"\n',
    "typing": 'preset = "mergers"\n[population]\nmini = 3\nmax = "many"\n[weights]\ndistanse = 4\n',
    "nobody": 'preset = "mergers"\n[locks]\nalone = ["Atlantis", "Sint-Niklaas"]\n[weights]\nsize = -1\n',
    "empty": "[weights]\n",
    "broken": "population = [1\n",
    "weights-free": 'preset = "mergers"\n[weights]\nreplace = true\ndistance = 5\nsize = 10\n',
}
SWEEPS = {
    "small": (
        'scenario = "mergers"\nregions = ["Waasland", "Middenkust"]\n[grid.weights]\ndistance = [3, 5, 8]\n'
        "[grid.population]\nmin = [25000, 30000]\n"
    ),
    "picture": (
        'scenario = "mergers"\nregions = ["Waasland"]\n[grid.weights]\ndistance = [2, 5, 9]\nsize = [0, 5]\n'
    ),
    "nested": 'scenario = "nested"\nregions = ["Waasland"]\n[grid.weights]\ndistance = [3, 5]\n',
    "wrong": 'scenario = "mergers"\nregions = ["Nowhere"]\n[grid.weights]\ndistanse = [3, 5]\n',
}
GROUPS = "nis,merger\n42023,a\n46020,b\n46021,\n46024,b\n46025,\n46029,a\n46030,\n"  # all of the Waasland
FILES = {
    **{f"{name}.toml": text for name, text in SCENARIOS.items()},
    **{f"sweep-{name}.toml": text for name, text in SWEEPS.items()},
    "groups.csv": GROUPS,
    "some.csv": "nis,merger\n46030,a\n46029,a\n46020,\n46021,\n46024,b\n",
    "list.csv": "merger\nMelle (44040) + Merelbeke (44043)\nDe Pinte (44012) + Nazareth (44048)\n",
    "nobody.csv": "nis,merger\n99999,a\n11001,a\n11001,b\n",
    "old/plan.json": '{"schema_version": 1}\n',
    "newer/plan.json": '{"schema_version": 99}\n',
    "torn/plan.json": '{"schema_version": 2, "instance"',
    "wrong-instance/municipalities.csv": "nis;name\n1;A\n1;B\n",
}


@dataclass(frozen=True)
class Step:
    """One command.

    Attributes
    ----------
    name : str
        Of the file that holds what it prints.
    command : str
        Arguments of ``refzones``, as in a shell; with `api`, the name of a function of `outputs_api`.
    quick : bool
        Whether the quick part has it.
    api : bool
    data : bool
        Whether it needs the official files, and is left out without them.
    """

    name: str
    command: str
    quick: bool = False
    api: bool = False
    data: bool = False


def steps() -> list[Step]:
    """Give the whole list, in order."""
    return [*_instances(), *_solved(), *_plans(), *_families(), *_no_plans(), *_large(), *_bad(), *_api()]


def _instances() -> Iterator[Step]:
    yield Step("help", "--help", quick=True)
    yield Step("instance-synth-tiny", "instance synth tiny -n 30 --regions 2 --seed 3 --flows", quick=True)
    yield Step("instance-synth-nine", "instance synth nine -n 60 --per-merger 5 --seed 9")
    yield Step("instance-check", "instance check tiny", quick=True)
    yield Step("instance-check-wrong", "instance check wrong-instance", quick=True)
    yield Step("instance-list", "instance list")
    for name in (*INSTANCES, "tiny"):
        yield Step(f"instance-show-{name}", f"instance show {name}")
    yield Step("instance-add-flows", "instance add-flows nine tiny/flows.csv --out flowing --ignore-unknown")
    yield Step(
        "instance-import",
        "instance import {configs}/flanders-2025.toml --data {data} --out imported",
        data=True,
    )
    yield Step(
        "instance-districting",
        "instance import --format districting {data}/districting/ME_county.json --out maine",
        data=True,
    )
    yield Step("solve-districting", "solve -i maine -s maine/scenario.toml --out runs/maine", data=True)


def _solved() -> Iterator[Step]:
    for preset in PRESETS:
        yield Step(f"solve-tiny-{preset}", f"solve -i tiny -s {preset} --out runs/tiny-{preset}", quick=True)
        for name in INSTANCES:
            yield Step(f"solve-{preset}-{name}", f"solve -i {name} -s {preset} --out runs/{preset}-{name}")
    yield Step("solve-region", f"solve -r {REGION} --out runs/region", quick=True)
    for name, region in EXAMPLES.items():
        yield Step(
            f"solve-example-{name}", f'solve -s {{examples}}/{name}.toml -r "{region}" --out runs/{name}'
        )
    yield Step("solve-all-terms", f"solve -s no-fiscal.toml -i tiny --out runs/terms --seed {SEEDED[0]}")
    yield Step("solve-keep", f"solve -s keep.toml -r {REGION} --out runs/keep")
    yield Step("solve-inside", "solve -s inside.toml --out runs/inside")
    yield Step("solve-weights", f"solve -s weights-free.toml -r Kempen --seed {SEEDED[1]} --out runs/weights")
    for engine in ("scip", "cpsat", "cbc"):
        yield Step(f"solve-{engine}", f"solve -r Midwest --engine {engine} --out runs/{engine}")
    for how in ("flow", "multiflow", "cut", "cpsat"):
        yield Step(
            f"solve-by-{how}",
            f"solve -r {REGION} --formulation {how} --out runs/by-{how}",
            quick=how == "flow",
        )
    yield Step("solve-zones-by-cut", f"solve -s zones -r {REGION} --formulation cut --out runs/zones-by-cut")


def _plans() -> Iterator[Step]:
    tiny, whole = "runs/tiny-mergers", "runs/mergers-flanders-2025"
    yield Step("verify-tiny", f"verify {tiny} -i tiny --time-limit 300", quick=True)
    yield Step("verify-nested", "verify runs/nested-flanders-2025 --time-limit 300")
    yield Step("verify-other-instance", f"verify {tiny} -i flanders-2025")
    yield Step("verify-no-plan", "verify runs/whole-police-zones")
    yield Step("evaluate-run", f"evaluate {tiny} -i tiny --out evaluated.json", quick=True)
    yield Step("evaluate-nested", "evaluate runs/nested-flanders-2024 --out nested.json")
    yield Step("evaluate-groups", "evaluate groups.csv --out groups.json", quick=True)
    yield Step("evaluate-groups-alone", "evaluate some.csv --others-alone --out alone.json")
    yield Step("bad-evaluate-some", "evaluate some.csv")
    yield Step("evaluate-list", "evaluate list.csv --from-vintage 2024 --others-alone --out list.json")
    yield Step("evaluate-other-rules", f"evaluate {whole} -s zones --out other.json")
    yield Step("compare-two", "compare runs/region runs/by-flow --out compared", quick=True)
    yield Step(
        "compare-presets",
        "compare runs/mergers-flanders-2025 runs/nested-flanders-2025 --out compared-presets",
    )
    yield Step("compare-tiny", "compare runs/tiny-nested runs/tiny-mergers -i tiny --out compared-tiny")
    yield Step("why-together", f"why {whole} --together Aalst Lede --out why-together")
    yield Step("why-region", "why runs/region --together Lokeren Waasmunster --alone Temse", quick=True)
    yield Step("why-has-it", "why runs/region --seat Beveren-Kruibeke-Zwijndrecht Sint-Niklaas")
    yield Step("why-no-plan", f"why {whole} --together Gent Aalter --merger Gavere Merelbeke-Melle")
    yield Step(
        "why-zones",
        "why runs/nested-flanders-2025 --together Aalst Ninove --level zones --out why-zones",
    )
    yield Step("why-existing", "why runs/mergers-flanders-2024 --existing list.csv --out prices.csv")


def _families() -> Iterator[Step]:
    yield Step("alternatives-region", f"alternatives -r {REGION} -k 4 --out alternatives", quick=True)
    yield Step("alternatives-all", "alternatives -k 5 --maps 1 --out alternatives-all")
    yield Step("alternatives-zones", "alternatives -s zones -r Midwest -k 5 --out alternatives-zones")
    yield Step("bad-alternatives-nested", "alternatives -s nested -r Midwest")
    yield Step("alternatives-few", "alternatives -r Middenkust -k 10000 --out alternatives-few")
    yield Step(
        "alternatives-loss", "alternatives -k 3 --diverse --loss 5% -r Limburg --out alternatives-loss"
    )
    yield Step("pareto-region", f"pareto --terms coverage distance -r {REGION} --out pareto", quick=True)
    yield Step("pareto-all", "pareto --terms coverage distance -i flanders-2024 --out pareto-all")
    yield Step("pareto-three", "pareto --terms coverage distance stacking -r Midwest --out pareto-three")
    yield Step("pareto-zones", "pareto --terms coverage distance -s zones -r Midwest --out pareto-zones")
    yield Step("census-region", f"census -r {REGION} --plan runs/region --out census", quick=True)
    yield Step(
        "census-some",
        'census -r "Regio Brugge" -r Midwest -r Westhoek --plan runs/mergers-flanders-2025 --sample 20 --out '
        "census-some",
    )
    yield Step("census-zones", "census -s zones -r Middenkust -r Waasland --out census-zones")
    yield Step("sweep-small", "sweep sweep-small.toml --workers 1 --out swept", quick=True)
    yield Step("sweep-small-again", "sweep sweep-small.toml --workers 1 --out swept")
    yield Step("sweep-picture", "sweep sweep-picture.toml --workers 2 --out swept-picture")
    yield Step("sweep-nested", "sweep sweep-nested.toml --workers 1 --out swept-nested")
    yield Step(
        "sweep-example", "sweep {examples}/sweeps/town-or-nearness.toml --workers 2 --out swept-example"
    )


def _no_plans() -> Iterator[Step]:
    yield Step("none-population", f"solve -s no-plan.toml -r {REGION} --out runs/none", quick=True)
    yield Step("none-somewhere", "solve -s no-plan.toml -r Midwest -r Middenkust --out runs/none-somewhere")
    yield Step("none-count", f"solve -s no-count.toml -r {REGION} --out runs/none-count")
    yield Step("none-nested", f"solve -s no-nested.toml -r {REGION} --out runs/none-nested")
    yield Step("none-by-cut", f"solve -s no-count.toml -r {REGION} --formulation cut --out runs/none-cut")
    yield Step("none-alternatives", f"alternatives -s no-plan.toml -r {REGION} --out runs/none-alternatives")
    yield Step(
        "none-pareto", f"pareto --terms coverage size -s no-plan.toml -r {REGION} --out runs/none-pareto"
    )
    yield Step("none-census", f"census -s no-plan.toml -r {REGION} --out runs/none-census")


def _large() -> Iterator[Step]:
    """Candidates that are not listed; without a time limit, what is done does not depend on speed."""
    yield Step("instance-synth-large", "instance synth large -n 36 --regions 1 --per-merger 6 --seed 2")
    yield Step("solve-large", "solve -i large --out runs/large")


def _bad() -> Iterator[Step]:
    yield Step("bad-option", "solve --sceanrio mergers", quick=True)
    yield Step("bad-region", "solve -r Waaslnd", quick=True)
    yield Step("bad-scenario", "solve -s typing.toml", quick=True)
    yield Step("bad-command", "slove")
    yield Step("bad-preset", "solve -s mergrs")
    yield Step("bad-instance", "solve -i flanders-2023")
    yield Step("bad-names", "solve -s nobody.toml")
    yield Step("bad-locks", "solve -s apart.toml --out runs/apart")
    yield Step("bad-weights", "solve -s empty.toml -r Middenkust --out runs/unweighed")
    yield Step("bad-toml", "solve -s broken.toml")
    yield Step("bad-terms", "solve -s all-terms.toml")
    yield Step("bad-engine", "solve --engine hihgs")
    yield Step("bad-formulation", "solve --formulation flwo -r Midwest")
    yield Step("bad-formulation-nested", "solve -s nested --formulation cut -r Midwest")
    yield Step("bad-limit", "solve --time-limit -1")
    yield Step("bad-workers", "solve --workers 0")
    yield Step("bad-boundaries", "solve --boundaries nowhere.shp")
    yield Step("bad-verify", "verify nowhere")
    yield Step("bad-verify-old", "verify old")
    yield Step("bad-verify-newer", "verify newer")
    yield Step("bad-verify-torn", "verify torn")
    yield Step("bad-evaluate", "evaluate nobody.csv")
    yield Step("bad-evaluate-column", "evaluate groups.csv --column fusies")
    yield Step("bad-evaluate-missing", "evaluate nowhere.csv")
    yield Step("bad-compare", "compare runs/region")
    yield Step("bad-why-name", "why runs/region --together Atlantis Temse")
    yield Step("bad-why-nothing", "why runs/region")
    yield Step("bad-why-regions", "why runs/mergers-flanders-2025 --together Aalst Brugge")
    yield Step("bad-pareto-terms", "pareto --terms coverage")
    yield Step("bad-pareto-term", "pareto --terms coverage distanse")
    yield Step("bad-alternatives", "alternatives -k 0 --loss -1")
    yield Step("bad-census", "census --bins -1 --sample -1")
    yield Step("bad-sweep", "sweep sweep-wrong.toml")
    yield Step("bad-synth", "instance synth small -n 3")
    yield Step("bad-show", "instance show flanders")


def _api() -> Iterator[Step]:
    """Functions of `outputs_api`: what data frames, notebooks and pictures show."""
    for preset in PRESETS:
        yield Step(f"api-frames-{preset}", f"frames {preset}", quick=preset == "mergers", api=True)
        yield Step(f"api-html-{preset}", f"html {preset}", quick=preset == "mergers", api=True)
    for name in ("scenarios", "shapes", "pictures", "evaluation", "comparison", "wishes", "explanations"):
        yield Step(f"api-{name}", name, api=True)
    for name in ("alternatives", "pareto", "census", "sweep", "drawn"):
        yield Step(f"api-{name}", name, api=True)
