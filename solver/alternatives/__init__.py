"""The best plans in order, plans that differ most, and what good plans agree on."""
