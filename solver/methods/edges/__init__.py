"""How is a component divided into a fixed number of mergers with the fewest cut edges?"""
