"""What do plans and sets of plans look like in pictures?"""

from ..maps import lettering  # noqa: F401  # puts matplotlib right before it is used
from .figure import Picture
from .of_agreement import plot_agreement
from .of_census import plot_census, plot_probabilities
from .of_front import plot_pareto
from .of_schedule import plot_schedule, plot_schedule_map
from .of_steps import plot_steps
from .of_sweep import plot_sweep
from .plan_map import plot_plan, shapes_of

__all__ = [
    "Picture",
    "plot_agreement",
    "plot_census",
    "plot_pareto",
    "plot_plan",
    "plot_probabilities",
    "plot_schedule",
    "plot_schedule_map",
    "plot_steps",
    "plot_sweep",
    "shapes_of",
]
