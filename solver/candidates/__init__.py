"""Which mergers may there be?"""

from ...instances.common.lazy import face

face(__name__, {}, was="sets")
