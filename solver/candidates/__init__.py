"""Which mergers may there be?"""

from ...instances.common.lazy import face

face(
    __name__,
    {
        "enumeration": "MOST_CANDIDATES TooManyCandidatesError connected_sets enumerate_candidates"
        " keeping_rules"
    },
    was="sets",
)
