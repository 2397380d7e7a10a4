"""The instances that benchmarks are run on, by a short text."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
from refzones.instances import Instance, load, reject, synthesise
from refzones.models import Scenario

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
"""Where official and published files are looked for, as by the tests; never part of a result."""


SCENARIOS = Path(__file__).parent / "scenarios"
"""The questions of the benchmarks, which stay when presets change."""


def give(text: str, preset: str = "mergers") -> tuple[Instance, Scenario]:
    """Give an instance and what is asked of it.

    Parameters
    ----------
    text : str
        ``flanders-2025`` (or another embedded instance); ``flanders-2025/Waasland``, one of its regions;
        ``flanders-2025/*``, all of them as one frame; ``synthetic/300-15-3-1``, drawn with so many
        municipalities, regions, municipalities a merger and with this seed; ``districting/ME_county``, a
        published file.
    preset : str
        What is asked, where the instance does not bring its own question: "mergers" or "zones".

    Raises
    ------
    InputError
        The text names nothing.
    """
    kind, _, rest = text.partition("/")
    if kind == "districting":
        return _districting(rest)
    scenario = Scenario.read(SCENARIOS / f"{preset}.toml")
    if kind == "synthetic":
        return _drawn(text, rest), scenario
    instance = load(kind)
    if rest == "*":
        return instance.as_one_region(), scenario
    return (instance.restricted([rest]) if rest else instance), scenario


def _drawn(text: str, numbers: str) -> Instance:
    try:
        municipalities, regions, per_merger, seed = numbers.split("-")
        wanted = int(municipalities), int(regions), float(per_merger), int(seed)
    except ValueError:
        reject(
            "a synthetic instance is named by four numbers: municipalities, regions, municipalities a "
            "merger, seed",
            "for instance synthetic/300-15-3-1",
            value=text,
        )
    return synthesise(wanted[0], regions=wanted[1], per_merger=wanted[2], seed=wanted[3])


def districting_file(name: str) -> Path:
    """Path of a published districting instance."""
    return DATA / "districting" / f"{name}.json"


def districting_missing() -> str:
    """Say why the published instances cannot be solved here; empty when they can."""
    folder = DATA / "districting"
    return "" if folder.is_dir() else f"the published instances are not in {folder} (set REFZONES_DATA)"


def _districting(name: str) -> tuple[Instance, Scenario]:
    from refzones.instances.importing.districting import import_districting

    made = import_districting(districting_file(name))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scenario.toml"
        file.write_text(made.scenario, encoding="utf-8")
        return made.instance, Scenario.read(file)


def largest_part(instance: Instance) -> Instance:
    """Keep the largest connected part, for programs that take connected graphs only."""
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph(instance.borders.pairs.tolist())
    graph.add_nodes_from(range(len(instance)))
    part = max(nx.connected_components(graph), key=len)
    return instance.subset(np.array(sorted(part), dtype=np.int64))
