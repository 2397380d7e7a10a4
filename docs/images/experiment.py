"""Makes the picture of the experiment on steps that the documentation shows.

Needs the extra `dev`: ``python docs/images/experiment.py``. Few colours keep the picture small.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

HERE = Path(__file__).parent
COLOURS = 32


def main() -> None:
    """Draw the picture of flanders-2025."""
    from PIL import Image
    from refzones.app.pictures import plot_steps
    from refzones.instances import load
    from refzones.models import Scenario
    from refzones.solver import steps_experiment

    found = steps_experiment(load("flanders-2025"), Scenario.preset("mergers"))
    drawn = Image.open(BytesIO(plot_steps(found).png(dpi=110))).convert("RGB")
    small = drawn.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(HERE / "experiment-steps.png", optimize=True)


if __name__ == "__main__":
    main()
