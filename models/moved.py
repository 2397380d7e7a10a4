"""Old paths of modules that moved; see `note_moved`."""

MOVED = {
    "formulations": "formulations.aside=no_good",
    "programmes": "formulations.centres formulations.draft=builder formulations.partition=set_partition"
    " formulations.reach programme",
    "question": "clashes exemptions frames=neighbours locks",
    "scoring": "scorer shown=reported_values",
    "scenario": "keys=tables overlay reading sweep sweep_axes sweep_points",
}
