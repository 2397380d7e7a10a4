"""Questions of two dates, drawn."""

from __future__ import annotations

from hypothesis import strategies as st
from refzones.instances import Instance
from refzones.models.scenario.staged import StagedScenario

from .demands import demands, zone_demands
from .strategies import instances


@st.composite
def road_questions(
    draw: st.DrawFn, *, largest: int = 7, agreed: bool = True
) -> tuple[Instance, StagedScenario]:
    """Draw an instance and what is asked of its maps of two dates, by years or dates."""
    connected = draw(st.integers(0, 7)) < 7
    instance = draw(instances(largest=largest, connected=connected, numbers=(1, 1, 1, 1, 2)))
    earlier = draw(demands(instance, agreed=agreed, gentle=True))
    if draw(st.booleans()):
        earlier["count"] = {"max": draw(st.integers(0, 2))}
    target = draw(zone_demands(instance, agreed=agreed))
    for one in (earlier, target):
        one["rules"].pop("enclosed_parts", None)
        one.setdefault("frames", {})["regions"] = True
    years = {key: draw(st.sampled_from((1, 2, 4, 6, 0.5, 3.25))) for key in ("earlier", "target")}
    counted = draw(st.sampled_from(({"until": "2037-01-01"}, {"until": "2033-07-01"}, {"years": years})))
    return instance, StagedScenario.from_dict(
        {
            "level": "staged",
            "unmerged": draw(st.sampled_from(("may_stay", "may_stay", "by_rule"))),
            "merged_again": draw(st.sampled_from(("never", "allowed"))),
            "earlier": earlier | {"date": "2027-01-01"},
            "target": target | {"date": "2031-01-01"},
            **counted,
        }
    )
