"""Many settings of weights, bounds and locks, each answered and proved."""
