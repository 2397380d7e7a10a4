"""What is asked: scenario, terms, rules and formulations."""
