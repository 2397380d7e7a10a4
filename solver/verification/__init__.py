"""What the independent verifier consists of: the rules as read anew, checks, figures, words.

Nothing in here may import the search, its candidates, the scorer or its terms.
"""
