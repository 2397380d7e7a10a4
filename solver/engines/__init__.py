"""Solvers of integer programmes."""
