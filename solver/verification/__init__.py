"""Does a plan keep the rules, and is its score right: a second reading of both?

Nothing in here may import the search, its candidates, the scorer or its terms.
"""
