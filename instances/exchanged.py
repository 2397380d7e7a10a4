"""What an instance makes of graphs and frames of other libraries, and gives to them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import geopandas as gpd
    import networkx as nx


def _exchange() -> Any:
    """Load the room that reads and writes such objects: it builds on instances, not instances on it."""
    return import_module(".exchange", __package__)


class Exchanged:
    """The methods of `Instance` that take and give objects of other libraries."""

    @classmethod
    def from_networkx(cls, graph: nx.Graph[Any], name: str = "", crs: str = "", **roles: Any) -> Self:
        """Build an instance of a dual graph: nodes are municipalities, edges say which are neighbours.

        A graph of `to_networkx` needs no further arguments. Of other graphs attributes are known by their
        usual names, such as TOTPOP, or are named.

        Parameters
        ----------
        graph : networkx.Graph
            Undirected, without loops. The node ids, as text, are the codes.
        name : str
            Of the instance.
        crs : str
            Coordinate reference system of x and y; by default ``graph.graph["crs"]``.
        **roles : str, or mapping of str to str
            Which attribute is what: population, code, label, region, x, y, area, equipment, facility,
            merged_in, and length for edges; zones, functions, attributes, texts, yearly and figures are
            mappings from the name in the instance, or lists where names stay. See `exchange.Roles`.

        Returns
        -------
        Instance
            Without a region all nodes are in one, named ``all``; without lengths all borders count as 1 km.

        Raises
        ------
        InputError
            An attribute is not there, or a value cannot be used; all problems are listed.

        Examples
        --------
        >>> import networkx as nx
        >>> from refzones.instances import Instance
        >>> graph = nx.path_graph(["a", "b"])
        >>> nx.set_node_attributes(graph, {"a": 900, "b": 1100}, "TOTPOP")
        >>> nx.set_node_attributes(graph, {"a": 150000.0, "b": 151000.0}, "C_X")
        >>> nx.set_node_attributes(graph, 170000.0, "C_Y")
        >>> Instance.from_networkx(graph, "pair", crs="EPSG:31370")
        <Instance pair: 2 municipalities, 1 borders, 1 region, 2,000 inhabitants>
        """
        made: Self = _exchange().instance_of_networkx(graph, name, crs, **roles)
        return made

    def to_networkx(self) -> nx.Graph[str]:
        """Give the instance as a dual graph, which gerrychain and libpysal take too.

        Node ids are codes; attributes are those of `municipalities.csv`, and zones, functions, figures and
        columns of one's own by their names. Edges have ``shared_perim``, in metres. Commuter flows, villages
        and earlier municipalities are left out.

        Returns
        -------
        networkx.Graph
            `from_networkx` makes an instance with the same hash of it, unless there are flows.

        Examples
        --------
        >>> from refzones.instances import load
        >>> graph = load("flanders-2025").to_networkx()
        >>> graph.nodes["44021"]["name"], graph.number_of_edges()
        ('Gent', 754)
        """
        graph: nx.Graph[str] = _exchange().graph_of_instance(self)
        return graph

    @classmethod
    def from_geodataframe(cls, frame: gpd.GeoDataFrame, name: str = "", crs: str = "", **roles: Any) -> Self:
        """Build an instance of a frame with one row a municipality.

        Areas, points and neighbours are measured in its polygons: neighbours share a line, not only a point.
        A column ``neighbours``, as `to_geodataframe` writes it, counts instead.

        Parameters
        ----------
        frame : geopandas.GeoDataFrame
            Codes are a column ``code``, or the one that is named; else the index.
        name : str
            Of the instance.
        crs : str
            Projected coordinate reference system in metres that the shapes are brought to; by default theirs.
        **roles : str, or mapping of str to str
            Which column is what, as for `from_networkx`.

        Returns
        -------
        Instance

        Raises
        ------
        InputError
            A column is not there, or a value or a shape cannot be used; all problems are listed.

        Examples
        --------
        >>> import geopandas as gpd
        >>> from refzones.instances import Instance
        >>> from shapely import box
        >>> cells = [box(150000, 170000, 151000, 171000), box(151000, 170000, 152000, 171000)]
        >>> columns = {"code": ["a", "b"], "pop": [900, 1100]}
        >>> frame = gpd.GeoDataFrame(columns, geometry=cells, crs="EPSG:31370")
        >>> Instance.from_geodataframe(frame, "pair").borders.length
        array([1000.])
        """
        made: Self = _exchange().instance_of_frame(frame, name, crs, **roles)
        return made

    def to_geodataframe(self, shapes: Mapping[str, Any] | None = None) -> gpd.GeoDataFrame:
        """Give the instance as a frame with one row a municipality; needs the extra ``geo``.

        Parameters
        ----------
        shapes : mapping of str to geometry, optional
            Polygon of each municipality by its code, in the coordinate reference system of the instance: an
            instance holds none. By default the geometry is its point.

        Returns
        -------
        geopandas.GeoDataFrame
            The columns are those of `to_networkx`, with ``code`` and ``neighbours``. `from_geodataframe`
            makes an instance with the same hash of it, unless there are flows.

        Raises
        ------
        InputError
            A municipality has no shape, or geopandas is not installed.

        Examples
        --------
        >>> from refzones.instances import load
        >>> frame = load("flanders-2025").to_geodataframe()
        >>> int(frame.population.sum())
        6864766
        """
        return _exchange().frame_of_instance(self, shapes)
