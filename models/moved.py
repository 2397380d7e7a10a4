"""Old paths of modules that moved; see `note_moved`."""

MOVED = {
    "": "shown=reported_values",
    "formulations": "formulations.aside=no_good",
    "programmes": "formulations.centres formulations.draft=builder formulations.partition=set_partition"
    " formulations.reach programme",
    "question": "clashes exemptions frames=neighbours locks",
    "scenario": "keys=tables overlay reading sweep sweep_axes sweep_points",
}
