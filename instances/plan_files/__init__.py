"""Which plan does a file hold: a run, an assignment table, lists of members, GeoJSON, JSON?"""

from .assignment_json import is_assignment
from .columns import GROUP_COLUMNS, MUNICIPALITY_COLUMNS, called, code_and_name, label_of
from .plan_vectors import read_plan_vector
from .reading import read_groups
from .runs import ASSIGNMENT_FILE, PLAN_FILE

__all__ = [
    "ASSIGNMENT_FILE",
    "GROUP_COLUMNS",
    "MUNICIPALITY_COLUMNS",
    "PLAN_FILE",
    "called",
    "code_and_name",
    "is_assignment",
    "label_of",
    "read_groups",
    "read_plan_vector",
]
