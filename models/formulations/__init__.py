"""How a scenario is written as a mathematical programme."""
