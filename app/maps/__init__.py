"""Merger maps: shapes, colours, the printed map and the GeoJSON of a plan."""
