"""Why is there no plan, and what is enough to change?"""
