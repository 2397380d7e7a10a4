"""How is a compact formulation solved in rounds: plans that are forbidden, separators that are added?"""
