"""Draws municipal merger maps and proves that no better one exists.

>>> import refzones
>>> result = refzones.solve(refzones.load("flanders-2025"), refzones.Scenario.preset("mergers"))
>>> result.plan.plot()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from refzones.instances.common.lazy import face

if TYPE_CHECKING:
    from refzones.app.version import __version__
    from refzones.instances import (
        InputError,
        Instance,
        add_flows,
        load,
        read_folder,
        synthesise,
        write_folder,
    )
    from refzones.models import Scenario, SweepSpec, ask, presets
    from refzones.solver import (
        EngineError,
        Limits,
        Loss,
        Plan,
        Result,
        Violation,
        WhatIf,
        agreement,
        best_plans,
        census,
        compare,
        diverse_plans,
        evaluate,
        explain,
        pareto_front,
        price_mergers,
        read_parts,
        read_record,
        record_of,
        solve,
        stability,
        sweep,
        verify,
        what_if,
    )

__all__ = [
    "EngineError",
    "InputError",
    "Instance",
    "Limits",
    "Loss",
    "Plan",
    "Result",
    "Scenario",
    "SweepSpec",
    "Violation",
    "WhatIf",
    "__version__",
    "add_flows",
    "agreement",
    "ask",
    "best_plans",
    "census",
    "compare",
    "diverse_plans",
    "evaluate",
    "explain",
    "load",
    "pareto_front",
    "presets",
    "price_mergers",
    "read_folder",
    "read_parts",
    "read_record",
    "record_of",
    "solve",
    "stability",
    "sweep",
    "synthesise",
    "verify",
    "what_if",
    "write_folder",
]

face(
    __name__,
    {
        "refzones.app.version": "__version__",
        "refzones.instances": "InputError Instance add_flows load read_folder synthesise write_folder",
        "refzones.models": "Scenario SweepSpec ask presets",
        "refzones.solver": "EngineError Limits Loss Plan Result Violation WhatIf agreement best_plans census"
        " compare diverse_plans evaluate explain pareto_front price_mergers read_parts"
        " read_record record_of solve stability sweep verify what_if",
    },
)
