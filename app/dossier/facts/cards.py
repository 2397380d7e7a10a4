"""What there is to say of each merger of a plan, in figures."""

from __future__ import annotations

import numpy as np

from ....instances.instance import Instance
from ....models.scenario.scenario import Scenario
from ....models.seats import METRES_PER_KM
from ....solver.results.mergers import Merger
from ....solver.results.terms import term_records
from .record import Member, MergerFigures, TermFigures, Without
from .sizes import FAR_KM, mean_km, metres_to_seat, share_beyond, zones_in


def merger_figures(
    instance: Instance, asked: Scenario, part: Merger, without: Without, zone: str = ""
) -> MergerFigures:
    """Describe a merger, or a zone.

    Parameters
    ----------
    instance : Instance
    asked : Scenario
        Of its level.
    part : Merger
    without : Without
        The best plan without it.
    zone : str
        Name of the zone that a merger lies in, where zones are decided too.
    """
    metres = metres_to_seat(instance, part)
    area, people = float(instance.area[list(part.members)].sum()), part.population(instance)
    farthest = int(np.argmax(metres))
    return MergerFigures(
        name=part.name(instance),
        seat=instance.codes[part.seat],
        standalone=part.standalone,
        inhabitants=people,
        area=area,
        density=people / area if area else 0.0,
        members=[
            Member(
                nis=instance.codes[i],
                name=instance.names[i],
                inhabitants=int(instance.population[i]),
                area=float(instance.area[i]),
                km=float(far) / METRES_PER_KM,
            )
            for i, far in zip(part.members, metres, strict=True)
        ],
        mean_km=mean_km(instance, part, metres),
        farthest=instance.codes[part.members[farthest]],
        farthest_km=float(metres[farthest]) / METRES_PER_KM,
        beyond_5=share_beyond(instance, part, metres, FAR_KM[0]),
        beyond_10=share_beyond(instance, part, metres, FAR_KM[1]),
        functions={
            key: [instance.names[i] for i in part.members if function.present[i]]
            for key, function in instance.functions.items()
        },
        layers={name: zones_in(instance, name, part) for name in instance.layers},
        terms={
            name: TermFigures(value=term.value, points=term.points)
            for name, term in term_records(instance, asked, [part]).items()
        },
        without=without,
        zone=zone,
    )
