"""Pictures of plans and of families of plans."""

from .figure import Picture
from .plan_map import plot_plan, shapes_of

__all__ = ["Picture", "plot_plan", "shapes_of"]
