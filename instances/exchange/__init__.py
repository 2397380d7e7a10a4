"""How does an instance travel to and from the field's graphs, tables and frames?"""

from .frames import frame_of_instance, instance_of_frame
from .networkx_graphs import graph_of_instance, instance_of_networkx
from .reading import Read, read_graph
from .roles import Roles
from .writing import GRAPH_FORMATS, write_graph

__all__ = [
    "GRAPH_FORMATS",
    "Read",
    "Roles",
    "frame_of_instance",
    "graph_of_instance",
    "instance_of_frame",
    "instance_of_networkx",
    "read_graph",
    "write_graph",
]
