"""Makes the pictures of the road that the documentation shows, of the best plan of flanders-2025.

Needs the extra `dev`: ``python docs/images/road.py``. Few colours keep the pictures small.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COLOURS = 48


def main() -> None:
    """Draw the bars and the map of the first date."""
    from refzones.app.pictures import plot_schedule, plot_schedule_map
    from refzones.instances import load
    from refzones.models import Scenario
    from refzones.models.road import read_road
    from refzones.solver import Plan, solve
    from refzones.solver.road.problem import road_problem
    from refzones.solver.road.schedule import Schedule
    from refzones.solver.road.solving import best_schedule

    instance, scenario = load("flanders-2025"), Scenario.preset("mergers")
    plan = solve(instance, scenario).plan
    assert isinstance(plan, Plan)
    found = best_schedule(road_problem(instance, scenario, plan, read_road(HERE / "road.toml")))
    assert isinstance(found, Schedule)
    save(plot_schedule(found), "road-schedule.png")
    save(plot_schedule_map(found, 0), "road-2027.png")


def save(picture: Any, name: str) -> None:
    """Write a picture with few colours."""
    from PIL import Image

    drawn = Image.open(BytesIO(picture.png(dpi=110))).convert("RGB")
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(HERE / name, optimize=True)


if __name__ == "__main__":
    main()
