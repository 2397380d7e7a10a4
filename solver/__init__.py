"""How a scenario is answered and proved."""
