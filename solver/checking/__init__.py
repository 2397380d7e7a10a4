"""Does a certificate prove what a plan or a census claims: a check that shares no code with the search?

Nothing in here may import the search, its candidates, the scorer or its terms. Rules and scores are those of
`solver.verification`; parts are listed, prices applied and trees walked here, in whole numbers of Python.
"""
