"""Where do municipalities lie: vector files, coordinate systems, polygons?"""

from ..common.lazy import face

face(__name__, {}, was="files")
