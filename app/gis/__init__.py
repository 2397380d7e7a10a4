"""Which layers does a GIS show of a plan, and how are they drawn?"""
