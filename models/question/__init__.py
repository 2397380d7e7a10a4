"""What is asked of this instance: names resolved, locks united, borders as wished?"""

from ...instances.common.lazy import face

face(__name__, {"builder": "ask"}, was="question")
