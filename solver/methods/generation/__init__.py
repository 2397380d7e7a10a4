"""Column generation: frames whose candidates are too many to list, answered with exact pricing."""
