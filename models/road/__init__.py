"""What is asked of the road: milestones, capacities, agreements?"""

from .milestones import Milestone, Milestones
from .reading import known_roads, named_road, read_road
from .road import Agreement, Capacity, Order, Road

__all__ = [
    "Agreement",
    "Capacity",
    "Milestone",
    "Milestones",
    "Order",
    "Road",
    "known_roads",
    "named_road",
    "read_road",
]
