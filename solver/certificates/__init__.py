"""How is a proof written down, so that others can check it?"""
