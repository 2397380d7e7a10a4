"""What is asked, in words: scenarios, presets, sweeps?"""

from ...instances.common.lazy import face

face(__name__, {}, was="scenario")
