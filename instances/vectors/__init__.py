"""Where do municipalities lie: vector files, coordinate systems, polygons?"""
