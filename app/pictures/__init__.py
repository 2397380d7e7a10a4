"""Pictures of families of plans."""
