"""Objective terms."""
