"""Nano-points: the whole numbers that scores are."""

NANO = 1_000_000_000
"""Nano-points in a point; plans are compared on whole nano-points."""

MOST_NANO = 2**57
"""Most nano-points that the mergers of a plan may sum to: duals, up to some hundred times the score of one
merger, then fit in 64 bits too."""
