"""Which candidates make the best partition, and what proves it?"""

from ...instances.common.lazy import face

face(__name__, {}, was="fixing")
